"""What of a view changed since it was stored whole.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("spreadsheet", sa.String, sa.ForeignKey("spreadsheet.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("entry", sa.Text, nullable=False),
    )
