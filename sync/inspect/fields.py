"""The fields around objectives and key results: who, where, when, parents, weights; from columns or labels above."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sync.domain.cells import cell_name
from sync.domain.grid import Tab
from sync.domain.keys import key_of
from sync.inspect.binding import Binding, Bound
from sync.inspect.columns import Column
from sync.inspect.draft import DraftLine, by_header
from sync.inspect.due_and_learned import due_line, learned_lines
from sync.inspect.measuring import score_line
from sync.inspect.placing import is_numbering
from sync.inspect.roles import MEASURES
from sync.reading.header_words import LEAST, period_in, roles_of
from sync.reading.plain import plain
from sync.reading.words import KINDS, LEVELS, STATUSES

_UNITS = {
    "%", "usd", "vnd", "eur", "km", "kg", "phut", "gio", "ngay", "nguoi", "khach", "don", "bai", "buoi", "diem",
    "trieu", "ty", "lan", "hours", "days", "units", "orders", "nps", "points", "people", "cai",
    "san pham", "percent", "trd",
}  # fmt: skip
PERIOD_TEXT = (
    r"(?i)\b((?:Q|Quý|Quarter|HK|Tháng|T)\s*-?\s*(?:\d{1,2}|I{1,3}V?|IV)(?!\w)(?:\s*[-/ ]\s*(?:năm\s*)?20\d\d)?)"
)
_YEAR = re.compile(r"20\d\d")
_LONGEST_NAME = 40
_WEIGHT_TEXT = r"(\d+(?:[.,]\d+)?\s*%)"


def objective_lines(
    binding: Binding, objective: Bound | None, rows: Sequence[int], mixed: bool
) -> dict[str, DraftLine]:
    """All of an objective's fields but its text."""
    lines: dict[str, DraftLine] = {}
    identity = _objective_id(binding, objective, mixed)
    if identity is not None:
        lines["id"] = by_header(identity, binding)
    lines |= _of_people(binding, objective, rows, mixed)
    unit = binding.get("unit")
    if unit is not None and not _is_measure(binding):
        line = by_header(unit, binding)
        lines["unit"] = replace(line, sure=line.sure and not _may_be_another(binding, unit, objective, rows))
    for role in ("parent", "related"):
        bound = binding.get(role)
        if bound is not None:
            lines[role] = by_header(bound, binding)
    for role, words in (("level", LEVELS), ("status", STATUSES), ("kind", KINDS)):
        bound = binding.get(role)
        if bound is not None and any(key_of(value) in words for value in bound.column.values):
            lines[role] = by_header(bound, binding)
    lines |= _period(binding)
    lines |= _labelled(binding, lines)
    weight, score = binding.get("objective_weight"), binding.get("objective_score")
    if weight is not None:
        lines["weight"] = by_header(weight, binding)
    if score is not None:
        lines["score"] = score_line(binding, score)
    return lines


def key_result_lines(binding: Binding, objective_id: DraftLine | None, mixed: bool) -> dict[str, DraftLine]:
    """A key result's fields but its text and how it is measured."""
    lines: dict[str, DraftLine] = {}
    identity = binding.get("key_result_id") or binding.get("id")
    taken = objective_id is not None and identity is not None and objective_id.value == identity.source
    named = identity is not None and identity.column.filled and identity.column.distinct > 0.95
    if identity is not None and named and not mixed and not taken and not _only_counts(binding, identity):
        lines["id"] = by_header(identity, binding)
    for role in ("owner", "weight", "confidence"):
        bound = binding.get(role)
        if bound is not None:
            lines[role] = by_header(bound, binding)
    lines |= due_line(binding) | learned_lines(binding)
    measure = binding.get("unit") if _is_measure(binding) else binding.get("measure")
    if measure is not None:
        lines["measure"] = by_header(measure, binding)
    return lines


def _only_counts(binding: Binding, bound: Bound) -> bool:
    """1, 2, 3 below "#" count the rows, and are others as soon as a row is inserted."""
    named = any(char.isalpha() for char in binding.head.texts[bound.column.index])
    return not named and is_numbering(bound.column)


def _objective_id(binding: Binding, objective: Bound | None, mixed: bool) -> Bound | None:
    """An ID of the objective: named so, or one that repeats whenever the objective does."""
    named = binding.get("objective_id")
    if named is not None and named.column.filled:
        return named
    generic = binding.get("id")
    if generic is None or objective is None or mixed or not generic.column.filled:
        return None
    if binding.get("key_result") is None and not binding.repeat:
        return generic if generic.column.distinct == 1 else None
    tab, rows = binding.head.tab, binding.head.rows()
    pairs = {(tab.text(row, generic.column.index), tab.text(row, objective.column.index)) for row in rows}
    ids, texts = {one for one, _ in pairs if one}, {other for _, other in pairs if other}
    beside = len({one for one, other in pairs if one and other}) == len(ids)
    return generic if beside and len(ids) == len(texts) == len({pair for pair in pairs if pair[0]}) else None


def _of_people(binding: Binding, objective: Bound | None, rows: Sequence[int], mixed: bool) -> dict[str, DraftLine]:
    """The objective's owner. One who changes from key result to key result owns those, not the objective."""
    owner = binding.get("objective_owner")
    if owner is None and binding.get("owner") is not None:
        found = binding.get("owner")
        owner = found if found and (mixed or not varies(binding.head.tab, rows, objective, found)) else None
    owner = owner or binding.get("person")
    return {} if owner is None else {"owner": by_header(owner, binding)}


def varies(tab: Tab, rows: Sequence[int], objective: Bound | None, other: Bound) -> bool:
    """Whether a column changes within one objective."""
    if objective is None:  # it stands above the rows of its block
        return any(row + 1 in rows and _differ(tab, row, other.column.index) for row in rows)
    seen: dict[str, str] = {}
    current = ""
    for row in rows:
        current = key_of(tab.text(row, objective.column.index)) or current
        value = key_of(tab.text(row, other.column.index))
        if value and seen.setdefault(current, value) != value:
            return True
    return False


def _differ(tab: Tab, row: int, column: int) -> bool:
    """Whether two rows below each other have different texts in a column."""
    one, two = (key_of(tab.text(place, column)) for place in (row, row + 1))
    return bool(one and two) and one != two


def _may_be_another(binding: Binding, unit: Bound, objective: Bound | None, rows: Sequence[int]) -> bool:
    """Whether another column may be the team: one that is called so too, or one of names, the same for all of an
    objective, below an unknown header. An empty one may be for units of measure, one that changes within an objective
    the teams of its key results.
    """
    if varies(binding.head.tab, rows, None, unit) and varies(binding.head.tab, rows, objective, unit):
        return True
    if not unit.column.filled and "measure" in binding.worths.get(unit.column.index, {}):
        return True
    taken = {other.column.index for other in binding.roles.values()}
    return any(
        index not in taken
        and binding.head.texts[index]
        and _are_names(binding.columns[index])
        and (worths.get("unit", 0) >= LEAST or max(worths.values(), default=0) < LEAST)
        and not varies(binding.head.tab, rows, objective, binding.bound(index))
        for index, worths in binding.worths.items()
    )


def _are_names(column: Column) -> bool:
    """Whether a column holds short texts that are no dates, addresses, marks or sentences."""
    other = max(column.dates, column.emails, column.marks, column.lines)
    return column.is_text and column.length <= _LONGEST_NAME and other < 0.5


def _is_measure(binding: Binding) -> bool:
    """Whether a column that may be a team or a unit of measure ("Đơn vị") is the latter."""
    unit = binding.get("unit")
    if unit is None or binding.get("measure") is not None or "measure" not in binding.worths.get(unit.column.index, {}):
        return False
    values = [plain(value.replace("%", "percent")) for value in unit.column.values]
    known = sum(value in _UNITS for value in values)
    key_result, column = binding.get("key_result"), unit.column.index
    # What stands between a key result and its numbers is what those are counted in.
    beside = {bound.column.index for role in MEASURES if (bound := binding.get(role)) is not None}
    between = key_result is not None and key_result.column.index < column and bool({column - 1, column + 1} & beside)
    return len(values) > 0 and (between or known * 2 >= len(values))


def _period(binding: Binding) -> dict[str, DraftLine]:
    bound = binding.get("period")
    if bound is not None and bound.column.filled:
        return {"period": _with_year(binding, bound)}
    if binding.period:
        return {"period": DraftLine({"value": binding.period}, "period_group", {"period": binding.period}, False)}
    titled = _titled(binding)
    if titled is not None:
        return {"period": titled}
    if period_in(binding.head.tab.title):
        return {"period": DraftLine({"tab_title": True, "pattern": PERIOD_TEXT}, "tab_title", {})}
    return {}


def _with_year(binding: Binding, bound: Bound) -> DraftLine:
    """The period, with the year that stands in a column of its own; before a bare number the header's "Quarter"."""
    line = by_header(bound, binding)
    if any(re.search(r"20\d\d", value) for value in bound.column.values):
        return line
    columns = [binding.columns[i] for i in binding.worths if i != bound.column.index and binding.head.texts[i]]
    years = [column for column in columns if column.filled and all(map(_YEAR.fullmatch, column.values))]
    if len(years) != 1:
        return line
    header = " ".join(binding.head.texts[years[0].index].split())
    parts = [line.value, binding.head.reference(years[0].index)]
    bare = [value for value in bound.column.values if value.isdigit()]
    word = " ".join(binding.head.texts[bound.column.index].split())
    named = all(period_in(f"{word} {value}") for value in bare)
    value = {"join": [{"value": word}, *parts] if bare and named else parts}
    facts = {**line.facts, "other": header}
    return replace(line, value=value, why="with_year", facts=facts, sure=line.sure and named)


def _titled(binding: Binding) -> DraftLine | None:
    """A title line above the table that names the period."""
    tab = binding.head.tab
    for row in range(min(binding.head.row - int(binding.head.two), len(tab.values))):
        for column in range(len(tab.values[row])):
            value = tab.value(row, column)
            if isinstance(value, str) and ":" not in value and re.search(PERIOD_TEXT, value):
                cell = cell_name(row, column)
                return DraftLine({"cell": cell, "pattern": PERIOD_TEXT}, "title_line", {}, False)
    return None


def _labelled(binding: Binding, known: dict[str, DraftLine]) -> dict[str, DraftLine]:
    """Period, team and owner from labelled cells above the table."""
    found: dict[str, DraftLine] = {}
    for role, label in labels(binding):
        field = {"person": "owner"}.get(role, role)
        if field in ("period", "unit", "owner", "level") and field not in known and field not in found:
            found[field] = DraftLine({"label": label}, "label", {"label": label}, False)
    return found


def labels(binding: Binding) -> Iterator[tuple[str, str]]:
    """The role and text of each labelled cell above the header that has something behind it."""
    tab = binding.head.tab
    for row in range(min(binding.head.row - int(binding.head.two), len(tab.values))):
        for column in range(len(tab.values[row])):
            value = tab.value(row, column)
            label, colon, rest = value.partition(":") if isinstance(value, str) else ("", "", "")
            roles = roles_of(re.sub(r"\d+", " ", label)) if 0 < len(label) <= 40 else {}
            best = max(roles, key=lambda role: roles[role], default="")
            behind = rest.strip() or any(tab.text(row, right) for right in range(column + 1, len(tab.values[row])))
            if best and roles[best] >= 0.75 and behind and (colon or column < 3):
                yield best, " ".join(label.split())


def weight_in_text(texts: Sequence[str]) -> DraftLine | None:
    """A weight inside the objectives' texts, where the percents there make a whole."""
    found = [re.search(_WEIGHT_TEXT, text) for text in texts]
    numbers = [float(match[1].rstrip("% ").replace(",", ".")) for match in found if match]
    if len(numbers) < 2 or len(numbers) < len(texts) or abs(sum(numbers) - 100) > 1:
        return None
    return DraftLine({"field": "text", "pattern": _WEIGHT_TEXT}, "weight_in_text", {}, False)
