"""The current value of each key result as it was last seen and when it changed; who reads a spreadsheet; an index.

Revision ID: 0006
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_CURRENT_VALUE = sa.table(
    "current_value",
    *(sa.column("spreadsheet"), sa.column("key"), sa.column("value")),
    sa.column("at", sa.DateTime),
)


def upgrade() -> None:
    """What the last good views hold is what was seen last. When it changed only the scores tell: one that changed after
    it was first known did so because its key result was looked after.
    """
    op.create_table(
        "current_value",
        sa.Column("spreadsheet", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.String),
        sa.Column("at", sa.DateTime),
    )
    op.add_column("look", sa.Column("account", sa.String))
    # Every page asks when each spreadsheet was read, and its view stands before that in the row.
    op.create_index("spreadsheet_taken_at", "spreadsheet", ["id", "taken_at"])
    connection = op.get_bind()
    score = sa.table("score", sa.column("key"), sa.column("at", sa.DateTime))
    changed = (
        sa.select(score.c.key, sa.func.max(score.c.at).label("at")).group_by(score.c.key).having(sa.func.count() > 1)
    )
    at = {row.key: row.at for row in connection.execute(changed).all()}
    views = connection.execute(sa.text("SELECT id, snapshot FROM spreadsheet")).all()
    rows = [
        {"spreadsheet": id_, "key": key, "value": value, "at": at.get(key)}
        for id_, stored in views
        for key, value in _values(stored).items()
    ]
    if rows:
        connection.execute(sa.insert(_CURRENT_VALUE), rows)


def _values(stored: str) -> dict[str, str | None]:
    """The current values of a stored view, by key; none of a view that is not as this version knows it."""
    try:
        return dict(_of_key_results(json.loads(stored, parse_float=str, parse_int=str)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _of_key_results(view: Any) -> Iterator[tuple[str, str | None]]:
    for found in view["key_results"]:
        current = found.get("current") or {}
        number = current.get("number")
        if number is not None or not current.get("fault"):
            yield str(found["key"]), None if number is None else str(number)
