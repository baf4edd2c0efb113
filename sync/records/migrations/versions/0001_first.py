"""First tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "spreadsheet",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("snapshot", sa.Text, nullable=False),
        sa.Column("taken_at", sa.DateTime, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("looked_at", sa.DateTime),
        sa.Column("tabs", sa.JSON, nullable=False),
    )
    op.create_table(
        "contacted",
        sa.Column("spreadsheet", sa.String, primary_key=True),
        sa.Column("sheet_id", sa.Integer, primary_key=True),
        sa.Column("score_column", sa.String, primary_key=True),
    )
    op.create_table(
        "problem",
        sa.Column("spreadsheet", sa.String, sa.ForeignKey("spreadsheet.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("severity", sa.String, nullable=False),
        sa.Column("cell", sa.JSON),
        sa.Column("facts", sa.JSON, nullable=False),
    )
    op.create_table(
        "score",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("spreadsheet", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("value", sa.String),
    )
    op.create_index("score_by_key", "score", ["key", "at"])
    op.create_table(
        "written",
        sa.Column("spreadsheet", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.String),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "pass",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("spreadsheet", sa.String, nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("finished_at", sa.DateTime, nullable=False),
        sa.Column("result", sa.String, nullable=False),
        sa.Column("reads", sa.Integer, nullable=False),
        sa.Column("writes", sa.Integer, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
    )
    op.create_index("pass_by_spreadsheet", "pass", ["spreadsheet", "id"])
