"""What tells objective rows from key result rows in one column where no mark does: empty numbers, colours, formulas.

A formula that adds up or averages rows names the key results of its objective. A way of telling rows apart that agrees
with all such formulas is sure; any other is a question.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.inspect.binding import Binding, Bound
from sync.inspect.columns import is_filled
from sync.inspect.formulas import Sum, sums_in
from sync.inspect.limits import TOTALS, columns_of_formulas, totals_of
from sync.inspect.markers import Marker

# The condition for objectives, the one for key results, and for each row whether it is an objective.
_Split = tuple[dict[str, Any], dict[str, Any], list[bool]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A marker with the code and facts of its reason, and whether formulas agree with it.

    `unit` is a source of the line that stands above several objectives, with the condition for rows that are none.
    """

    marker: Marker
    why: str
    facts: Mapping[str, object] = field(default_factory=dict)
    sure: bool = False
    unit: tuple[dict[str, Any], dict[str, Any]] | None = None


def outlines(binding: Binding, text: Bound) -> Iterator[Outline]:
    """Every way to tell the rows apart that begins with an objective and ends with a key result."""
    tab, place = binding.head.tab, text.column.index
    sums = sums_in(tab, columns_of_formulas(binding), binding.head.rows())
    totals = totals_of(binding)
    rows = [row for row in binding.head.rows() if row not in totals and is_filled(tab.value(row, place))]
    rows = [row for row in rows if not re.match(TOTALS, tab.text(row, place))]
    for why, column, (objective, key_result, kinds) in _splits(binding, text, rows):
        if not kinds or not kinds[0] or kinds[-1]:
            continue
        objectives = [row for row, kind in zip(rows, kinds, strict=True) if kind]
        texts = tab.text(objectives[0], place), tab.text(rows[kinds.index(False)], place)
        marker = Marker(column, objective, key_result, False, texts)
        formula = _agreeing(sums, objectives, [row for row in rows if row not in objectives])
        if formula:
            yield Outline(marker, "by_formula", {"cell": formula}, sure=True)
        else:
            yield Outline(marker, why, unit=_lines_above(binding, text, rows, kinds))


def _splits(binding: Binding, text: Bound, rows: Sequence[int]) -> Iterator[tuple[str, int, _Split]]:
    tab, target = binding.head.tab, binding.get("target")
    if target is not None:
        column = target.column.index
        kinds = [not is_filled(tab.value(row, column)) for row in rows]
        place = _place(target)
        yield "empty_numbers", column, ({**place, "blank": True}, {**place, "blank": False}, kinds)
    column, place = text.column.index, _place(text)
    fills = [tab.fills.get((row, column), "none") for row in rows]
    others = sorted(set(fills[1:]) - set(fills[:1]))
    if len(others) == 1 and fills[0] != "none":
        own = {**place, "fill": fills[0]}, {**place, "fill": others[0]}
        yield "by_colour", column, (*own, [fill == fills[0] for fill in fills])


def _place(bound: Bound) -> dict[str, Any]:
    return {"header": bound.source} if isinstance(bound.source, str) else dict(bound.source)


def _agreeing(sums: Mapping[int, Sum], objectives: Sequence[int], key_results: Sequence[int]) -> str:
    """The cell of the first formula, where each objective has one over its own key results, and no key result has."""
    named = [sums[row].rows for row in objectives if row in sums]
    covered = {row for rows in named for row in rows}
    fits = len(named) == len(objectives) and covered == {*key_results} and sum(map(len, named)) == len(covered)
    return sums[objectives[0]].cell if fits else ""


def _lines_above(
    binding: Binding, text: Bound, rows: Sequence[int], kinds: Sequence[bool]
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Lines without key results that begin or end with a word which no other line has: "SALES DEPARTMENT"."""
    tab, place = binding.head.tab, text.column.index
    above = [row for row, one, other in zip(rows, kinds, kinds[1:], strict=False) if one and other]
    lines, others = (
        [tab.text(row, place).strip() for row in found] for found in (above, [r for r in rows if r not in above])
    )
    for end, form in ((0, r"(?i){}\b.*"), (-1, r"(?i).*\b{}")):
        words = {line.split()[end].casefold() for line in lines if line.split()}
        pattern = form.format(re.escape(next(iter(words)))) if len(words) == 1 else ""
        if pattern and len(lines) > 1 and not any(re.fullmatch(pattern, other) for other in others):
            flag, bare = pattern[:4], pattern[4:]
            source = {**_place(text), "above": True, "pattern": f"{flag}^({bare})$"}
            return source, {**_place(text), "matches": f"{flag}(?!{bare}$)"}
    return None
