"""Which column is which: header words weighed against what is in the column, quarters and numbered groups chosen.

Gives each role its column; what that means for a mapping is for `shapes`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sync.domain.keys import key_of
from sync.inspect.columns import Column, numbers_of
from sync.inspect.heads import Head, Reference, mentions
from sync.inspect.placing import numbers_placed, texts_placed
from sync.inspect.relations import relation_in, weight_in
from sync.reading.header_words import LEAST, is_time, period_in, period_number, roles_of
from sync.reading.numbers import number_language
from sync.reading.plain import plain

NUMBERS = (
    "start",
    "target",
    "current",
    "score",
    "weight",
    "points",
    "total",
    "value",
    "objective_score",
    "objective_weight",
)
MEASURES = ("start", "target", "current", "score")
SENTENCES = ("objective", "key_result", "text", "initiative", "comment")
_NUMBER = re.compile(r"\d+")
_OF_OKR = re.compile(r"\b(okr|objective|muc tieu)\b")
# A header with less than this says nothing to us.
SAYS_NOTHING = 0.5
# What a header says by itself, and what the sheet's own numbers say of a column.
CERTAIN, EVIDENT = 0.85, 0.9


@dataclass(frozen=True, slots=True)
class Bound:
    """A role's column: how the mapping names it, and how well it fits."""

    column: Column
    source: Reference
    worth: float


@dataclass(frozen=True, slots=True)
class Binding:
    """The roles of a header's columns. `repeat` are the numbers or names of groups that stand side by side."""

    head: Head
    columns: Mapping[int, Column]
    roles: Mapping[str, Bound]
    repeat: tuple[str, ...] = ()
    period: str = ""
    worths: Mapping[int, Mapping[str, float]] = field(default_factory=dict)

    def get(self, role: str) -> Bound | None:
        return self.roles.get(role)

    def bound(self, column: int, worth: float = LEAST) -> Bound:
        """A column chosen by other means than its header."""
        return Bound(self.columns[column], self.head.reference(column), worth)


def bind(head: Head, columns: Mapping[int, Column], period: str, locale: str) -> Binding:
    """Give the roles to the columns; of several periods side by side, only `period` counts.

    Words first, then what the numbers say of each other, then what is left by content and place.
    """
    periods = periods_of(head)
    chosen = period if period in periods.values() else ""
    usable = [column for column in head.columns if periods.get(column, chosen) == chosen]
    items, groups, templates = _repeats(head, usable)
    repeated = {column for group in groups for column in group}
    worths = {column: _worths(head.texts[column], columns[column]) for column in usable if column not in repeated}
    roles = {role: Bound(columns[i], head.reference(i), worth) for role, i, worth in _assigned(worths)}
    _relate(roles, head, {i: columns[i] for i in worths}, locale)
    if items:
        first = {column: _worths(_NUMBER.sub(" ", head.texts[column]), columns[column]) for column in groups[0]}
        for role, i, worth in _assigned(first):
            role = "key_result" if role == "text" and head.two else role
            roles[role] = Bound(columns[i], templates[i], worth)
    _settle(roles, worths)
    _score_of_objectives(roles, head, worths, columns)
    _weigh(roles, head, {i: columns[i] for i in worths if max(worths[i].values(), default=0) < LEAST}, locale)
    if not items and mentions(head.tab, head.row):
        _place(roles, head, {i: columns[i] for i in worths if max(worths[i].values(), default=0) < SAYS_NOTHING})
    return Binding(head, columns, roles, items, _label(head, chosen), worths)


def _score_of_objectives(
    roles: dict[str, Bound], head: Head, worths: Mapping[int, Mapping[str, float]], columns: Mapping[int, Column]
) -> None:
    """Of two columns of scores, the one that is merged as the objectives are, or is called after them, is theirs."""
    objective, score = roles.get("objective"), roles.get("score")
    if objective is None or score is None or "objective_score" in roles:
        return
    alike = [i for i, found in worths.items() if found.get("score", 0) >= LEAST]
    merged = _merged_rows(head, objective.column.index)
    theirs = [i for i in alike if merged and _merged_rows(head, i) == merged]
    theirs = theirs or [i for i in alike if _OF_OKR.search(plain(head.texts[i]))]
    others = [i for i in alike if i not in theirs]
    if len(theirs) == 1 and others:
        roles["objective_score"] = Bound(columns[theirs[0]], head.reference(theirs[0]), score.worth)
        if score.column.index == theirs[0]:
            roles["score"] = Bound(columns[others[0]], head.reference(others[0]), score.worth)


def _merged_rows(head: Head, column: int) -> list[tuple[int, int]]:
    """The rows over which cells of a column are merged below the header."""
    return [
        (area.top, area.bottom)
        for area in head.tab.merges
        if area.left <= column < area.right and area.top > head.row and area.bottom - area.top > 1
    ]


def _relate(roles: dict[str, Bound], head: Head, columns: Mapping[int, Column], locale: str) -> None:
    """The roles that the sheet's own progress gives to columns, unless their headers clearly say otherwise."""
    language, rows = number_language(locale), head.rows()
    counted = [i for i, column in columns.items() if column.numeric >= 0.5 and not _is_reference(head.texts[i])]
    counted = [i for i in counted if not _is_one_of_many(head, i)]
    amounts = {i: numbers_of(head.tab, i, rows, language) for i in counted}
    certain = {role: bound.column.index for role, bound in roles.items() if bound.worth >= CERTAIN}
    known = {role: index for role, index in certain.items() if role in MEASURES}
    usable = {i: found for i, found in amounts.items() if i not in certain.values() or i in known.values()}
    likely = {role: bound.column.index for role, bound in roles.items()}
    relation = relation_in(usable, known, likely)
    for role, index in relation.roles.items() if relation else ():
        for other in [name for name, bound in roles.items() if bound.column.index == index and name != role]:
            del roles[other]
        if role not in roles or roles[role].column.index != index or roles[role].worth < EVIDENT:
            roles[role] = Bound(columns[index], head.reference(index), EVIDENT)


def _weigh(roles: dict[str, Bound], head: Head, unknown: Mapping[int, Column], locale: str) -> None:
    """Numbers that make a whole below every objective are weights."""
    objective = roles.get("objective")
    if objective is None or "weight" in roles:
        return
    language, rows, taken = number_language(locale), head.rows(), {bound.column.index for bound in roles.values()}
    free = [i for i, column in unknown.items() if i not in taken and column.numeric >= 0.5]
    amounts = {i: numbers_of(head.tab, i, rows, language) for i in free}
    found = weight_in(amounts, _groups(head, objective.column.index, rows))
    if found is not None:
        roles["weight"] = Bound(unknown[found], head.reference(found), EVIDENT)


def _groups(head: Head, column: int, rows: list[int]) -> list[list[int]]:
    """The rows of each objective: with its text, or blank below it."""
    groups: dict[str, list[int]] = {}
    current = ""
    for row in rows:
        current = key_of(head.tab.text(row, column)) or current
        groups.setdefault(current, []).append(row)
    return list(groups.values())


def _is_reference(header: str) -> bool:
    return any(role.endswith("id") or role == "parent" for role in roles_of(header)) or plain(header).endswith(" id")


def _is_one_of_many(head: Head, column: int) -> bool:
    """A week or a month, or a column beside others whose headers differ by a number only."""
    stem = _stem(head.texts[column])
    alike = sum(_stem(text) == stem for text in head.texts if text)
    return is_time(head.texts[column]) or ("{}" in stem and alike > 2)


def _place(roles: dict[str, Bound], head: Head, unknown: Mapping[int, Column]) -> None:
    """What is left, on a tab that speaks of OKRs, by what it holds and where it stands."""
    unknown = {index: column for index, column in unknown.items() if not _is_reference(head.texts[index])}
    unknown = {index: column for index, column in unknown.items() if not _is_one_of_many(head, index)}
    for placed in (_texts, _numbers):
        taken = [bound.column.index for bound in roles.values()]
        free = [column for index, column in unknown.items() if index not in taken]
        for role, index in placed(free, roles).items():
            roles[role] = Bound(unknown[index], head.reference(index), LEAST)


def _numbers(free: list[Column], roles: Mapping[str, Bound]) -> dict[str, int]:
    return numbers_placed(free, {role: bound.column.index for role, bound in roles.items()})


def _texts(free: list[Column], roles: Mapping[str, Bound]) -> dict[str, int]:
    taken = {role: bound.column.index for role, bound in roles.items()}
    certain = {role for role in ("objective", "key_result") if role in roles and roles[role].worth >= CERTAIN}
    if "key_result" in roles and "key_result" not in certain:
        return {}  # "KPI" alone makes no OKRs
    return texts_placed(free, taken, is_certain=bool(certain))


def _settle(roles: dict[str, Bound], worths: Mapping[int, Mapping[str, float]]) -> None:
    """A lone column that may be either ("Tên mục tiêu / Name of KPI") holds key results below lines of sections."""
    objective = roles.get("objective")
    if objective is None or "key_result" in roles:
        return
    other = worths.get(objective.column.index, {}).get("key_result", 0)
    if other >= max(LEAST, 0.9 * objective.worth):
        roles["key_result"] = roles.pop("objective")


def periods_of(head: Head) -> dict[int, str]:
    """The period that each column belongs to, where several periods stand side by side."""
    found: dict[int, str] = {}
    for column in head.columns:
        period = period_in(head.groups[column]) if head.two else ""
        if not period and _measures(head.texts[column]):
            period = period_in(head.texts[column])
        if period:
            found[column] = period
    return found if len(set(found.values())) > 1 else {}


def _measures(text: str) -> bool:
    roles = roles_of(text)
    return any(roles.get(role, 0) >= LEAST for role in MEASURES)


def _label(head: Head, chosen: str) -> str:
    """The period as the sheet writes it."""
    texts = [*head.groups, *head.texts]
    found = next((" ".join(text.split()) for text in texts if chosen and period_in(text) == chosen), "")
    return found if head.two else chosen.replace(" ", "").upper()


def choose_period(heads: Iterable[Head], today: str) -> str:
    """The newest period that has current values; else that of `today` (such as "q 4"); else the first with targets."""
    filled: dict[str, list[int]] = {}
    order: dict[str, int] = {}
    for head in heads:
        columns = head.evidence()
        for column, period in periods_of(head).items():
            label = head.groups[column] if head.two else head.texts[column]
            order[period] = max(order.get(period, 0), period_number(label))
            roles, evidence = roles_of(head.texts[column]), columns[column]
            counts = filled.setdefault(period, [0, 0])
            typed = evidence.filled if not evidence.formulas else 0
            counts[0] += typed if roles.get("current", 0) >= LEAST else 0
            counts[1] += typed if roles.get("target", 0) >= LEAST else 0
    newest = sorted(filled, key=lambda period: order[period], reverse=True)
    measured = [period for period in newest if filled[period][0]]
    planned = [period for period in reversed(newest) if filled[period][1]]
    return next(iter([*measured, *(p for p in newest if p == today), *planned, *reversed(newest)]), "")


def _worths(header: str, column: Column) -> dict[str, float]:
    """How well a column fits each role, by its header and by what it holds."""
    return {role: worth * _agrees(role, column) for role, worth in roles_of(header).items() if header}


def _agrees(role: str, column: Column) -> float:
    """How well what a column holds agrees with a role, from 0 to 1."""
    if not column.filled:
        return 0.85 if role in NUMBERS else 0.75
    if role in NUMBERS:
        return 0.15 + 0.85 * column.numeric
    if role in SENTENCES:
        if role == "key_result" and not column.is_text and column.may_be_text:
            return 0.7
        if role == "key_result" and column.filled > 3 and column.distinct <= 0.5:
            return 0.6  # "Kết quả" beside "Dẫn dắt" is a kind of measure
        return 1.0 if column.is_text and column.length >= 4 else 0.7 if column.is_text else 0.05
    if role in ("owner", "person", "objective_owner", "author"):
        return (1.0 if column.length <= 60 else 0.3) if column.is_text or column.emails else 0.1
    if role in ("unit", "level", "kind", "direction", "metric", "measure"):
        named = column.numeric < 0.5 or len(column.typed) == column.filled  # "10A" is a class
        return 1.0 if column.length <= 40 and named else 0.2
    if role == "period" and column.numeric >= 0.8 and not all(map(_may_be_period, column.numbers)):
        return 0.1
    if role == "date":
        return 1.0 if column.dates > 0.5 or column.numbers else 0.3
    return 1.0


def _may_be_period(number: float) -> bool:
    """A quarter, a month or a year."""
    return number % 1 == 0 and (1 <= number <= 12 or 2000 <= number <= 2100)


def _assigned(worths: Mapping[int, Mapping[str, float]]) -> list[tuple[str, int, float]]:
    """Best fits first; every role and every column once."""
    pairs = [(worth, -column, role) for column, found in worths.items() for role, worth in found.items()]
    taken: dict[str, int] = {}
    result = []
    for worth, negative, role in sorted(pairs, reverse=True):
        column = -negative
        least = LEAST if role in NUMBERS else LEAST * 0.75
        if worth >= least and role not in taken and column not in taken.values():
            taken[role] = column
            result.append((role, column, worth))
    return result


def _repeats(head: Head, usable: list[int]) -> tuple[tuple[str, ...], list[list[int]], dict[int, Reference]]:
    """Groups of columns that repeat with a number: the items, the columns of each, and sources with "{}"."""
    return _named_groups(head, usable) if head.two else _numbered(head, usable)


def _named_groups(head: Head, usable: list[int]) -> tuple[tuple[str, ...], list[list[int]], dict[int, Reference]]:
    by_group: dict[str, list[int]] = {}
    for column in usable:
        group = " ".join(head.groups[column].split())
        if _NUMBER.search(group) and not period_in(group):
            by_group.setdefault(group, []).append(column)
    stem = next(iter(by_group), "")
    alike = {group: found for group, found in by_group.items() if _stem(group) == _stem(stem)}
    lowers = [tuple(key_of(head.texts[column]) for column in found) for found in alike.values()]
    if len(alike) < 2 or len(set(lowers)) > 1 or len(lowers[0]) < 2:
        return (), [], {}
    groups = list(alike.values())
    templates: dict[int, Reference] = {
        column: {"header": " ".join(head.texts[column].split()), "under": "{}"} for column in groups[0]
    }
    return tuple(alike), groups, templates


def _stem(text: str) -> str:
    return _NUMBER.sub("{}", key_of(text))


def _numbered(head: Head, usable: list[int]) -> tuple[tuple[str, ...], list[list[int]], dict[int, Reference]]:
    by_stem: dict[str, dict[str, int]] = {}
    for column in usable:
        text = " ".join(head.texts[column].split())
        numbers = _NUMBER.findall(text)
        if len(numbers) == 1 and not period_in(text):
            by_stem.setdefault(_stem(text), {}).setdefault(numbers[0], column)
    texts = [found for stem, found in by_stem.items() if len(found) > 1 and _is_key_result(stem)]
    if not texts:
        return (), [], {}
    items = tuple(texts[0])
    groups = [[found[item] for found in by_stem.values() if set(items) <= set(found)] for item in items]
    templates: dict[int, Reference] = {}
    for column in groups[0]:
        templates[column] = _NUMBER.sub("{}", " ".join(head.texts[column].split()))
    return items, groups, templates


def _is_key_result(stem: str) -> bool:
    return roles_of(stem.replace("{}", " ")).get("key_result", 0) >= LEAST
