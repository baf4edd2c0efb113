"""The tables. A change here needs a migration in `migrations/versions`; a test compares the two."""

import zlib
from base64 import b64decode, b64encode
from decimal import Decimal

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData()


class Exact(TypeDecorator[Decimal]):
    """A Decimal kept as text, because SQLite would make a float of it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class NumberOrText(TypeDecorator[Decimal | str]):
    """A Decimal, or a text, which is kept behind an apostrophe as in a sheet's cell."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | str | None, dialect: Dialect) -> str | None:
        return f"'{value}" if isinstance(value, str) else None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | str | None:
        return None if value is None else value[1:] if value.startswith("'") else Decimal(value)


class Packed(TypeDecorator[bytes]):
    """JSON of any length, compressed to about a tenth, as a text; what an earlier version stored stands there as it is.

    Raises ValueError for what is neither.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else b64encode(zlib.compress(value, level=1)).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        if value.startswith("{"):
            return value.encode()
        try:
            return zlib.decompress(b64decode(value, validate=True))
        except zlib.error as error:
            raise ValueError("what is packed is damaged") from error


# The last good view of each spreadsheet, and what the next pass needs to know.
spreadsheet = Table(
    "spreadsheet",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("snapshot", Packed, nullable=False),  # JSON of a Snapshot without its problems
    Column("taken_at", DateTime, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("looked_at", DateTime),  # the last full read
    Column("tabs", JSON, nullable=False),  # [[sheet id, title, title in the configuration, rows, recalculates], …]
    # Of the snapshot, its problems and what changed since: "…:…:…".
    Column("digest", String, nullable=False, server_default=""),
    Column("periods", JSON, nullable=False, server_default="[]"),  # their names as written: ["Q4/2026", …]
    # Every page asks when each was read, and the view stands before that in the row.
    Index("spreadsheet_taken_at", "id", "taken_at"),
)

# What of a view changed since its snapshot was stored: objectives and key results that take the place of those in it.
change = Table(
    "change",
    metadata,
    Column("spreadsheet", String, ForeignKey("spreadsheet.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("entry", Text, nullable=False),  # JSON of the item and its score
)

# Score columns that are ours: noted before the first write, so that a crash right after it is no first contact.
contacted = Table(
    "contacted",
    metadata,
    Column("spreadsheet", String, primary_key=True),
    Column("sheet_id", Integer, primary_key=True),
    Column("score_column", String, primary_key=True),
)

problem = Table(
    "problem",
    metadata,
    Column("spreadsheet", String, ForeignKey("spreadsheet.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("cell", JSON),  # sheet id, tab, row, column
    Column("facts", JSON, nullable=False),
)

# Scores as they changed: a row only where the score differs from the one before.
score = Table(
    "score",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("spreadsheet", String, nullable=False),
    Column("key", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("value", Exact),
    Index("score_by_key", "key", "at"),
    Index("score_by_spreadsheet", "spreadsheet", "key", "id"),
)

# The current value of each key result as it was last seen; `at` is when it was seen to change, if ever.
current_value = Table(
    "current_value",
    metadata,
    Column("spreadsheet", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", Exact),
    Column("at", DateTime),
)

# What we last wrote into each slot (`grid.slot_of`), so that we empty only what is ours.
written = Table(
    "written",
    metadata,
    Column("spreadsheet", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", NumberOrText),
    Column("at", DateTime, nullable=False),
)

pass_ = Table(
    "pass",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("spreadsheet", String, nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("finished_at", DateTime, nullable=False),
    Column("result", String, nullable=False),
    Column("reads", Integer, nullable=False),
    Column("writes", Integer, nullable=False),
    Column("message", Text, nullable=False),
    Index("pass_by_spreadsheet", "spreadsheet", "id"),
)

# A write that was sent and not yet seen to have landed: what is needed to put things right after a crash.
journal = Table(
    "journal",
    metadata,
    Column("spreadsheet", String, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("entry", LargeBinary, nullable=False),  # compressed JSON
)

# Who may make a pass over a spreadsheet, where several machines share the database.
lease = Table(
    "lease",
    metadata,
    Column("spreadsheet", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("until", DateTime, nullable=False),
)

# When people were last seen to have changed a spreadsheet, and who waits for a look at it; `sync.records.looks` tells.
look = Table(
    "look",
    metadata,
    Column("spreadsheet", String, primary_key=True),
    Column("changed_at", DateTime),
    Column("since", DateTime),
    Column("asked_at", DateTime),
    Column("pressed_at", DateTime),
    Column("account", String),
)

# What a spreadsheet held of a period when that was closed. Stays when the spreadsheet goes.
closed_result = Table(
    "closed_result",
    metadata,
    Column("spreadsheet", String, primary_key=True),
    Column("period", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("results", Text, nullable=False),  # JSON of a Snapshot
)

# Periods that people closed before their time, or opened again.
closing = Table(
    "closing",
    metadata,
    Column("period", String, primary_key=True),
    Column("is_closed", Integer, nullable=False),
    Column("at", DateTime, nullable=False),
)

# What was said to rooms and people, and what was to be said; no texts. `content` is a hash.
notice = Table(
    "notice",
    metadata,
    Column("room", String, primary_key=True),
    Column("scope", String, primary_key=True),
    Column("about", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("due", DateTime, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("content", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
    Column("next_try", DateTime),
    Column("subjects", JSON, nullable=False),  # keys of what it told of
)

# Numbers for /metrics: one for each name and label, such as passes by result and answers by status.
figure = Table(
    "figure",
    metadata,
    Column("name", String, primary_key=True),
    Column("label", String, primary_key=True),
    Column("value", Float, nullable=False),
)
