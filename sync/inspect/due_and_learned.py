"""When a goal is due, what was learned of it and what becomes of it: columns beside objectives and key results."""

from sync.domain.keys import key_of
from sync.inspect.binding import Binding, Bound
from sync.inspect.draft import DraftLine, by_header
from sync.reading.cycle_words import DECISIONS

_MOSTLY = 0.5


def learned_lines(binding: Binding) -> dict[str, DraftLine]:
    """What was learned, and what becomes of a goal, beside it."""
    lines = {}
    for role in ("lesson", "decision", "final_comment"):
        bound = binding.get(role)
        if bound is not None and (role != "decision" or decides(bound)):
            lines[role] = by_header(bound, binding)
    return lines


def due_line(binding: Binding) -> dict[str, DraftLine]:
    """The day by which a key result is due, where its column holds days."""
    bound = binding.get("due")
    return {} if bound is None or not has_days(bound) else {"due": by_header(bound, binding)}


def has_days(bound: Bound) -> bool:
    return bound.column.filled > 0 and bound.column.dates >= _MOSTLY


def decides(bound: Bound) -> bool:
    """Whether a word is understood as a decision."""
    return any(key_of(value) in DECISIONS for value in bound.column.values)
