"""Words among what we wrote, when each spreadsheet was seen to change, what was said to rooms and people, an index.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing is known of changes before this. May take some seconds where the history is long.

    What was written (`written`) may be a text from now on, behind an apostrophe: a version that knows only numbers must
    leave the database alone.
    """
    op.create_table(
        "look",
        sa.Column("spreadsheet", sa.String, primary_key=True),
        sa.Column("changed_at", sa.DateTime),
        sa.Column("since", sa.DateTime),
        sa.Column("asked_at", sa.DateTime),
        sa.Column("pressed_at", sa.DateTime),
    )
    op.create_table(
        "notice",
        sa.Column("room", sa.String, primary_key=True),
        sa.Column("scope", sa.String, primary_key=True),
        sa.Column("about", sa.String, primary_key=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("due", sa.DateTime, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("unsure", sa.Integer, nullable=False),
        sa.Column("next_try", sa.DateTime),
        sa.Column("subjects", sa.JSON, nullable=False),
    )
    # A changed pass looked through everybody's history.
    op.create_index("score_by_spreadsheet", "score", ["spreadsheet", "key", "id"])
