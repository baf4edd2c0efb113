"""Which column is which: header words weighed against what is in the column, quarters and numbered groups chosen.

Gives each role its column; what that means for a mapping is for `shapes`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import permutations

from sync.domain.keys import key_of
from sync.inspect.columns import Column, numbers_of
from sync.inspect.formulas import factors_in, made_from, progress_in
from sync.inspect.heads import Head, Reference, mentions
from sync.inspect.placing import numbers_placed, texts_placed, told_by_values
from sync.inspect.relations import relation_in, weight_in
from sync.inspect.roles import CERTAIN, EVIDENT, MEASURES, NUMBERS, SAYS_NOTHING, worths_of
from sync.inspect.side_by_side import NUMBER, is_one_of_many, label_of, periods_of, repeats_of
from sync.reading.header_words import LEAST, period_in
from sync.reading.numbers import number_language
from sync.reading.plain import plain
from sync.reading.words import is_total

_MOSTLY = 0.8
_OF_OKR = re.compile(r"\b(okr|objective|muc tieu)\b")


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
    items, groups, templates = repeats_of(head, usable, columns)
    repeated = {column for group in groups for column in group}
    worths = {column: worths_of(head.texts[column], columns[column]) for column in usable if column not in repeated}
    roles = {role: Bound(columns[i], head.reference(i), worth) for role, i, worth in _assigned(worths)}
    _relate(roles, head, {i: columns[i] for i in worths}, locale)
    first: dict[int, dict[str, float]] = {}
    if items:
        first = {column: worths_of(NUMBER.sub(" ", head.texts[column]), columns[column]) for column in groups[0]}
        for role, i, worth in _assigned(first):
            role = "key_result" if role == "text" and head.two else role
            roles[role] = Bound(columns[i], templates[i], worth)
        if "score" in roles and roles["score"].column.index in worths:
            # One cell beside several key results can only be their objective's.
            roles.setdefault("objective_score", roles.pop("score"))
    _settle(roles, worths)
    _pair(roles, head, worths, columns)
    if "target" in roles and "current" not in roles and "value" in roles:
        roles["current"] = replace(roles.pop("value"), worth=LEAST)  # "Valor a la fecha" beside a target
    unknown = _unknown(worths, columns)
    speaks = mentions(head.tab, head.row)
    if speaks:
        _place_texts(roles, head, unknown | _unknown(first, columns), templates)
    _score_of_objectives(roles, head, worths, columns)
    _weigh(roles, head, unknown, locale)
    _multiply(roles, head, _unknown(first, columns) if items else unknown, templates)
    if speaks:
        _place_numbers(roles, head, _unknown(first, columns) if items else unknown, templates, locale)
    return Binding(head, columns, roles, items, label_of(head, chosen), worths)


def _pair(
    roles: dict[str, Bound], head: Head, worths: Mapping[int, Mapping[str, float]], columns: Mapping[int, Column]
) -> None:
    """Of several targets, that of the period which the current value names: "Q4 Target" beside "Q4 Actual"."""
    target, current = roles.get("target"), roles.get("current")
    period = period_in(head.texts[current.column.index]) if current is not None else ""
    if target is None or not period or period_in(head.texts[target.column.index]) == period:
        return
    alike = [i for i, found in worths.items() if found.get("target", 0) >= LEAST and period_in(head.texts[i]) == period]
    if len(alike) == 1:
        roles["target"] = Bound(columns[alike[0]], head.reference(alike[0]), worths[alike[0]]["target"])


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
    counted = [i for i, column in columns.items() if column.numeric >= 0.5 and not _is_reference(head, column)]
    counted = [i for i in counted if not is_one_of_many(head, i)]
    amounts = {i: numbers_of(head.tab, i, rows, language) for i in counted}
    certain = {role: bound.column.index for role, bound in roles.items() if bound.worth >= CERTAIN}
    # Scores are shown by what they are; a header such as "points for satisfaction" says less.
    known = {role: index for role, index in certain.items() if role in MEASURES and role != "score"}
    # Which of two targets counts is shown by the scores as well.
    told = {*known.values(), certain.get("score"), certain.get("stretch")}
    usable = {i: found for i, found in amounts.items() if i not in certain.values() or i in told}
    likely = {role: bound.column.index for role, bound in roles.items()}
    made = {i: made_from(head.tab, i, rows) for i in usable if columns[i].formulas}
    relation = relation_in(usable, known, likely, made)
    roles_told = relation.roles if relation else _by_formula(head, rows, columns, certain)
    for role, index in roles_told.items():
        for other in [name for name, bound in roles.items() if bound.column.index == index and name != role]:
            del roles[other]
        if role not in roles or roles[role].column.index != index or roles[role].worth < EVIDENT:
            roles[role] = Bound(columns[index], head.reference(index), EVIDENT)


def _by_formula(
    head: Head, rows: list[int], columns: Mapping[int, Column], certain: Mapping[str, int]
) -> Mapping[str, int]:
    """The roles that the formulas of the one column of progress give, unless a header clearly says otherwise."""
    found = [progress_in(head.tab, index, rows) for index, column in columns.items() if column.formulas]
    named = {index: role for role, index in certain.items()}
    fitting = [
        roles
        for roles in found
        if roles
        and all(index in columns and named.get(index, role) == role for role, index in roles.items())
        and all(certain.get(role, index) == index for role, index in roles.items())
    ]
    return fitting[0] if len(fitting) == 1 else {}


def _weigh(roles: dict[str, Bound], head: Head, unknown: Mapping[int, Column], locale: str) -> None:
    """Numbers that make a whole below every objective are weights."""
    objective = roles.get("objective")
    if objective is None or "weight" in roles:
        return
    language, rows, taken = number_language(locale), head.rows(), {bound.column.index for bound in roles.values()}
    free = [i for i, column in unknown.items() if i not in taken and column.numeric >= 0.5]
    amounts = {i: numbers_of(head.tab, i, rows, language) for i in free}
    several = [group for group in _groups(head, objective.column.index, rows) if len(group) > 1]
    found = weight_in(amounts, several)
    # Two numbers of one objective make 100 by chance.
    if found is not None and (len(several) > 1 or len(several[0]) > 2):
        roles["weight"] = Bound(unknown[found], head.reference(found), EVIDENT if len(several) > 1 else LEAST)


def _multiply(
    roles: dict[str, Bound], head: Head, unknown: Mapping[int, Column], templates: Mapping[int, Reference]
) -> None:
    """A formula that multiplies two columns gives points: of a weight and of what was reached."""
    taken = {bound.column.index: role for role, bound in roles.items()}
    for product in [index for index in (*unknown, *taken) if head.tab.formulas]:
        factors = factors_in(head.tab, product, head.rows())
        weighed = {"current", "weight"} & {taken.get(factor) for factor in factors}
        if weighed and taken.get(product) == "score" and "points" not in roles:
            roles["points"] = roles.pop("score")
        elif factors and taken.get(product) == "score":
            roles["score"] = replace(roles["score"], worth=min(roles["score"].worth, LEAST))
        for one, other in permutations(factors, 2):
            for known, missing in (("weight", "current"), ("current", "weight"), ("score", "weight")):
                free = other in unknown and other not in taken and missing not in roles
                if taken.get(one) == known and free:
                    roles[missing] = Bound(unknown[other], templates.get(other, head.reference(other)), LEAST)


def _groups(head: Head, column: int, rows: list[int]) -> list[list[int]]:
    """The rows of each objective: with its text, or blank below it; without lines of totals."""
    groups: dict[str, list[int]] = {}
    current = ""
    for row in rows:
        text = head.tab.text(row, column)
        current = key_of(text) or current
        if not is_total(text):
            groups.setdefault(current, []).append(row)
    return list(groups.values())


def _is_reference(head: Head, column: Column) -> bool:
    """Whether a column names other records, or its own, by a short name: its numbers are no amounts."""
    header = head.texts[column.index]
    worths = worths_of(header, column)
    named = any(worth >= SAYS_NOTHING for role, worth in worths.items() if role.endswith("id") or role == "parent")
    return named or plain(header).endswith(" id")


def _unknown(worths: Mapping[int, Mapping[str, float]], columns: Mapping[int, Column]) -> dict[int, Column]:
    """The columns that no word gives a role."""
    return {index: columns[index] for index, found in worths.items() if max(found.values(), default=0) < LEAST}


def _free(
    roles: Mapping[str, Bound], head: Head, unknown: Mapping[int, Column], templates: Mapping[int, Reference]
) -> list[Column]:
    """The columns without a role that neither refer to something nor are one of many alike."""
    taken = {bound.column.index for bound in roles.values()}
    return [
        column
        for index, column in unknown.items()
        if index not in taken
        and (index in templates or not (_is_reference(head, column) or is_one_of_many(head, index)))
    ]


def _place_texts(
    roles: dict[str, Bound], head: Head, unknown: Mapping[int, Column], templates: Mapping[int, Reference]
) -> None:
    """On a tab that speaks of OKRs, the columns of words that are left, by what they hold and where they stand."""
    for role, index in told_by_values(_free(roles, head, unknown, templates)):
        roles.setdefault(role, Bound(unknown[index], templates.get(index, head.reference(index)), LEAST))
    known = {role: roles[role] for role in ("objective", "key_result") if role in roles}
    certain = any(bound.worth >= CERTAIN for bound in known.values())
    if "key_result" in known and known["key_result"].worth < CERTAIN:
        return  # "KPI" alone makes no OKRs
    taken = {role: bound.column.index for role, bound in roles.items()}
    free = _free(roles, head, unknown, templates)
    for role, index in texts_placed(free, taken, certain=certain).items():
        roles[role] = Bound(unknown[index], templates.get(index, head.reference(index)), LEAST)


def _place_numbers(
    roles: dict[str, Bound],
    head: Head,
    unknown: Mapping[int, Column],
    templates: Mapping[int, Reference],
    locale: str,
) -> None:
    """The columns of numbers that are left, by their order and by each other."""
    language, rows = number_language(locale), head.rows()
    taken = {role: bound.column.index for role, bound in roles.items()}
    free = _free(roles, head, unknown, templates)
    counted = [taken[role] for role in MEASURES if role in taken] + [column.index for column in free if column.numeric]
    numbers = {index: numbers_of(head.tab, index, rows, language) for index in counted}
    _place_scores(roles, head, free)
    series = [column for column in unknown.values() if column.numeric and is_one_of_many(head, column.index)]
    for role, index in numbers_placed(free, taken, numbers, has_series=len(series) > 1).items():
        roles[role] = Bound(unknown[index], templates.get(index, head.reference(index)), LEAST)


def _place_scores(roles: dict[str, Bound], head: Head, free: list[Column]) -> None:
    """Empty columns that are formatted as percents wait for scores; those merged as the objectives are, for theirs."""
    if not {"target", "current"} & roles.keys():
        return
    objective = roles.get("objective")
    of_objectives = _merged_rows(head, objective.column.index) if objective is not None else []
    for column in free:
        if not column.filled and column.percent >= _MOSTLY and head.texts[column.index]:
            theirs = of_objectives and _merged_rows(head, column.index) == of_objectives
            role = "objective_score" if theirs else "score"
            roles.setdefault(role, Bound(column, head.reference(column.index), LEAST))


def _settle(roles: dict[str, Bound], worths: Mapping[int, Mapping[str, float]]) -> None:
    """A lone column that may be either ("Tên mục tiêu / Name of KPI") holds key results below lines of sections."""
    objective = roles.get("objective")
    if objective is None or "key_result" in roles:
        return
    other = worths.get(objective.column.index, {}).get("key_result", 0)
    if other >= max(LEAST, 0.9 * objective.worth):
        roles["key_result"] = roles.pop("objective")


def _assigned(worths: Mapping[int, Mapping[str, float]]) -> list[tuple[str, int, float]]:
    """Best fits first; every role and every column once. "Goal value" is a target rather than just a value."""
    pairs = [
        (worth, -column, role)
        for column, found in worths.items()
        for role, worth in found.items()
        if role != "value" or not any(found.get(measure, 0) >= LEAST for measure in MEASURES)
    ]
    taken: dict[str, int] = {}
    result = []
    for worth, negative, role in sorted(pairs, reverse=True):
        column = -negative
        least = LEAST if role in NUMBERS else LEAST * 0.75
        if worth >= least and role not in taken and column not in taken.values():
            taken[role] = column
            result.append((role, column, worth))
    return result
