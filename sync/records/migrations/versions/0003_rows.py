"""`spreadsheet.tabs` tells how many rows a tab held. A version before this one cannot read that.

Revision ID: 0003
"""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """What is there already counts as holding none, until the next full read."""
