"""The steps of mapping a sheet of which nothing was proposed, or which lacks something yet, and which of them are done.

Only whether; the words are the page's.
"""

from collections.abc import Iterator

from sync.domain.grid import Tab
from webapp.desk.desk import Desk
from webapp.desk.roles import Role, kinds_in
from webapp.desk.understanding import Entry, entries_of

# Each step with the roles of which one is enough, those that are needed first.
NEEDED = {
    "objective": (Role("objective", "text"), Role("objective", "id")),
    "keyResult": (Role("key_result", "text"),),
}
MEASURED = {
    "target": (Role("key_result", "target"), Role("key_result", "progress"), Role("key_result", "metric")),
    "current": (Role("key_result", "current"), Role("key_result", "progress")),
    "score": (Role("key_result", "score"), Role("objective", "score")),
}
FACTS = (Role("objective", "period"), Role("objective", "unit"))


def steps(desk: Desk, tab: Tab) -> list[tuple[str, bool]]:
    """Each step with whether it is done; none where inspect proposed a mapping that lacks nothing."""
    understanding = desk.at_first
    own = list(entries_of(understanding, tab))
    known = {role for entry in understanding.entries for role in _placed(entry)}
    lacks = not understanding.entries or any(entry.mapping is None for entry in own)
    if not lacks and not (desk.began_empty and own):
        return []
    done = [(step, any(role in known for role in roles)) for step, roles in (NEEDED | MEASURED).items()]
    reads = bool(understanding.reading.key_results)
    has_rules = any("skip" in entry.table or "until" in entry.table for entry in own) or (reads and not desk.cards)
    facts = any(role in known for role in FACTS)
    return [*done, ("rows", has_rules), ("facts", facts), ("save", desk.is_saved)]


def _placed(entry: Entry) -> Iterator[Role]:
    for record in ("objective", "key_result"):
        for fields in kinds_in(entry.table, record):
            yield from (Role(record, field) for field in fields)
