"""Results of closed periods, what people decided of them, and which periods each spreadsheet has.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """A spreadsheet that is there already has no periods until its next full read."""
    op.create_table(
        "closed_result",
        sa.Column("spreadsheet", sa.String, primary_key=True),
        sa.Column("period", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("results", sa.Text, nullable=False),
    )
    op.create_table(
        "closing",
        sa.Column("period", sa.String, primary_key=True),
        sa.Column("is_closed", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.add_column("spreadsheet", sa.Column("periods", sa.JSON, nullable=False, server_default="[]"))
