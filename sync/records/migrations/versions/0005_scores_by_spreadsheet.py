"""An index on the scores of one spreadsheet: a changed pass looked through everybody's history.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """May take some seconds where the history is long."""
    op.create_index("score_by_spreadsheet", "score", ["spreadsheet", "key", "id"])
