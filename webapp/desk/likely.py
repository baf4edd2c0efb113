"""What a column most likely is: a few roles, by its header's words and what stands in it. Offers, decides nothing."""

from collections.abc import Collection, Iterator, Mapping

from sync.inspect.columns import Column, column_of
from sync.inspect.heads import Head
from sync.inspect.roles import CERTAIN, worths_of
from sync.reading.header_words import LEAST
from webapp.desk.roles import Role, roles

MOST = 5
# The roles of inspect that are called otherwise in the mapping language, or belong to another record.
_NAMED = {
    "objective": Role("objective", "text"),
    "key_result": Role("key_result", "text"),
    "text": Role("key_result", "text"),
    "initiative": Role("initiative", "text"),
    "person": Role("key_result", "owner"),
    "objective_id": Role("objective", "id"),
    "key_result_id": Role("key_result", "id"),
    "objective_owner": Role("objective", "owner"),
    "objective_score": Role("objective", "score"),
    "objective_weight": Role("objective", "weight"),
}
_OF_OBJECTIVES = ("unit", "period", "level", "kind", "parent", "related", "status")
_SENTENCES = (Role("key_result", "text"), Role("objective", "text"))
_NAMES = (Role("key_result", "owner"), Role("objective", "unit"), Role("key_result", "measure"))
_MARKS = (Role("objective", "id"), Role("key_result", "id"))
_AMOUNTS = (Role("key_result", "target"), Role("key_result", "current"), Role("key_result", "start"))
_SHARES = (Role("key_result", "weight"), Role("key_result", "score"), Role("key_result", "progress"))
_PLACES = (Role("key_result", "score"), Role("objective", "score"), Role("key_result", "current"))
# What such a header says belongs to no OKR.
_ASIDE = ("other", "comment")
_LONGEST_MARK, _LONGEST_NAME, _LONGEST_AMOUNT = 3, 12, 20
_HALF, _MOSTLY = 0.5, 0.75


def likely(head: Head, column: int, placed: Collection[Role]) -> list[Role]:
    """The likeliest roles of a column first; those that no other column has yet before the others."""
    if column not in head.columns:
        return []
    held = column_of(head.tab, column, head.rows())
    worths = worths_of(head.texts[column], held)
    if any(worths.get(name, 0) >= CERTAIN for name in _ASIDE):
        return []
    found = dict.fromkeys([*_by_words(worths), *_by_content(held)])
    return sorted(found, key=lambda role: role in placed)[:MOST]


def _by_words(worths: Mapping[str, float]) -> Iterator[Role]:
    for name in sorted(worths, key=lambda name: -worths[name]):
        role = _NAMED.get(name) or Role("objective" if name in _OF_OBJECTIVES else "key_result", name)
        if worths[name] >= LEAST and role in roles():
            yield role


def _by_content(held: Column) -> tuple[Role, ...]:
    if all(
        value.startswith("#") for value in held.values
    ):  # nothing, or formulas that fail as long as nothing is there
        return _PLACES
    if _may_be_amounts(held):
        return (*_SHARES, *_AMOUNTS) if _are_shares(held) else (*_AMOUNTS, *_SHARES)
    if held.length <= _LONGEST_MARK and held.distinct > _MOSTLY:
        return (*_MARKS, *_NAMES)
    # An objective is written once for several key results.
    sentences = _SENTENCES if held.filled >= _MOSTLY * held.rows else _SENTENCES[::-1]
    return (*_NAMES, *sentences) if held.length <= _LONGEST_NAME else (*sentences, *_NAMES)


def _may_be_amounts(held: Column) -> bool:
    """Numbers, or short texts with a number: "40 cửa hàng"."""
    counted = sum(any(char.isdigit() for char in value) for value in held.typed) + len(held.numbers)
    return not held.is_text or (held.length <= _LONGEST_AMOUNT and counted >= _MOSTLY * held.filled)


def _are_shares(held: Column) -> bool:
    """Percentages of which most are parts of a whole."""
    return held.percent > _HALF and sum(number <= 1 for number in held.numbers) > _HALF * held.filled
