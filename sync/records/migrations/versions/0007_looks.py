"""When each spreadsheet was seen to change, and who waits for a look at it.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing is known of changes before this."""
    op.create_table(
        "look",
        sa.Column("spreadsheet", sa.String, primary_key=True),
        sa.Column("changed_at", sa.DateTime),
        sa.Column("since", sa.DateTime),
        sa.Column("asked_at", sa.DateTime),
        sa.Column("pressed_at", sa.DateTime),
    )
