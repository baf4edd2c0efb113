"""What we wrote may be a text as well, behind an apostrophe.

Revision ID: 0006
"""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing that is there changes: a version that knows only numbers must leave the database alone."""
