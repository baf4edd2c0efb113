"""Objectives and key results as a reader sees them: values for the templates, which print them and decide nothing.

Pure. Everything here is text in the reader's language and format, or a word that the style sheet knows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sync.domain.alignment import Link
from sync.domain.catalogue import Severity
from sync.domain.keys import person_key
from sync.domain.okr import KeyResult, Objective, Status
from sync.domain.problems import Problem, in_need
from sync.domain.scoring import ONE, ZERO, Score
from sync.domain.standing import standing
from sync.domain.weights import blank_beside_percents
from sync.translations.problems import hint_of, message_of
from webapp.company.company import Company
from webapp.company.holders import unit_key
from webapp.parts.cells import CellLink, cell_link
from webapp.parts.pace import PaceView, pace_view
from webapp.parts.silence import silence_of
from webapp.reader.numbers import NO_VALUE
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class ProblemView:
    """`severity` is the style; `word` says it."""

    code: str
    severity: str
    word: str
    message: str
    hint: str
    cell: CellLink | None


@dataclass(frozen=True, slots=True)
class Count:
    """So many problems of a severity, in words."""

    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """How far a score has come since last week: "+0.12"; `direction` is "up" or "down"."""

    text: str
    direction: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """`band` is the style, "none" without a score; `length` is that of the bar, 0–100.

    `counted` is said where not every key result counts; `marks` are doubts about the number; `move` is how far it has
    come since last week, where it has; `pace` is how it stands to the time.
    """

    text: str
    band: str
    word: str
    length: str
    counted: str = ""
    marks: tuple[str, ...] = ()
    move: Move | None = None
    pace: PaceView | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Another objective, perhaps one key result of it. `note` tells what a reader should know before following it."""

    key: str
    text: str
    key_result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyResultView:
    """`weight` is empty where all weigh the same, `owner` where it is the objective's."""

    key: str
    id: str
    text: str
    cell: CellLink | None
    score: ScoreView
    start: str
    current: str
    target: str
    measure: str
    weight: str
    owner: str
    confidence: str
    problems: tuple[ProblemView, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective without what hangs under it. `status` is empty for an active one.

    `troubles` counts what somebody should act on here and in the key results. Of a draft, `before_live` is all that
    would be wrong with it and its key results as an active OKR, `lacks` how much that is; it is in no other field.
    `unit_key` and `owner_key` lead to the pages of the two.
    """

    key: str
    id: str
    text: str
    cell: CellLink | None
    level: str
    unit: str
    unit_key: str
    owner: str
    owner_key: str
    period: str
    kind: str
    status: str
    score: ScoreView
    supports: Reference | None
    related: tuple[Reference, ...]
    key_results: tuple[KeyResultView, ...]
    problems: tuple[ProblemView, ...]
    lacks: str
    before_live: tuple[ProblemView, ...]
    troubles: tuple[Count, ...]


def problem_view(problem: Problem, company: Company, reader: Reader) -> ProblemView:
    """A problem in the reader's language, with where to look."""
    return ProblemView(
        code=problem.code,
        severity=problem.severity.value,
        word=reader.severities[problem.severity],
        message=message_of(problem, reader.language),
        hint=hint_of(problem, reader.language),
        cell=cell_link(problem.cell, company.snapshots),
    )


def problems_of(key: str, company: Company, reader: Reader) -> tuple[ProblemView, ...]:
    """What is wrong with one objective or key result."""
    return tuple(problem_view(problem, company, reader) for problem in company.concerning.get(key, ()))


def lacks_text(objective: Objective, company: Company, reader: Reader) -> str:
    """How much a draft still lacks, in words; "" for nothing."""
    count = len(company.lacking.get(objective.key, ()))
    said = reader.words.ngettext(
        "%(count)s to look at before it goes live", "%(count)s to look at before it goes live", count
    )
    return said if count else ""


def counts_of(problems: Iterable[Problem], reader: Reader) -> tuple[Count, ...]:
    """How many problems there are of each severity that has some, the worst first."""
    counts = Counter(problem.severity for problem in problems)
    return tuple(Count(found.value, _count_text(found, counts[found], reader)) for found in Severity if counts[found])


def _count_text(severity: Severity, count: int, reader: Reader) -> str:
    ngettext = reader.words.ngettext
    if severity is Severity.ERROR:
        return ngettext("%(count)s error", "%(count)s errors", count)
    if severity is Severity.WARNING:
        return ngettext("%(count)s warning", "%(count)s warnings", count)
    return ngettext("%(count)s notice", "%(count)s notices", count)


def score_view(score: Score, reader: Reader) -> ScoreView:
    """A score, its band as a word, and what a reader should know about it."""
    if score.value is None:
        unknown = reader.words.gettext("no score")
        return ScoreView(NO_VALUE, "none", reader.reasons.get(score.problem, unknown), "0", "", _marks(score, reader))
    band = reader.bands.of(score.value)
    return ScoreView(
        text=reader.formats.score(score.value),
        band=band.value,
        word=reader.band_words[band],
        length=f"{score.value * 100:.0f}",
        counted=_counted(score, reader),
        marks=_marks(score, reader),
    )


def score_of(key: str, company: Company, reader: Reader) -> ScoreView:
    """The score of an objective or key result, with its move since last week, its pace, and silence about it."""
    shown = score_view(company.score(key), reader)
    return replace(
        shown,
        marks=(*shown.marks, *silence_of(key, company, reader)),
        move=_move(company.moves.get(key, ZERO), reader),
        pace=pace_view(standing(key, company), reader),
    )


def _move(move: Decimal, reader: Reader) -> Move | None:
    """A move in words; None for none."""
    return Move(reader.formats.move(move), "up" if move > 0 else "down") if move else None


def _counted(score: Score, reader: Reader) -> str:
    if score.value is None or score.counted == score.total:
        return ""
    return reader.words.gettext(
        "%(score)s from %(counted)s of %(total)s key results",
        score=reader.formats.score(score.value),
        counted=score.counted,
        total=score.total,
    )


def _marks(score: Score, reader: Reader) -> tuple[str, ...]:
    gettext, marks = reader.words.gettext, []
    if score.stale:
        marks.append(gettext("last good score, the cell cannot be read now"))
    if score.wrong_way:
        marks.append(gettext("moving the wrong way"))
    elif score.raw is not None and score.raw > ONE:
        marks.append(gettext("beyond the target: %(raw)s", raw=reader.formats.score(score.raw)))
    return tuple(marks)


def key_result_views(objective: Objective, company: Company, reader: Reader) -> tuple[KeyResultView, ...]:
    """The key results of an objective."""
    found = company.key_results_of(objective.key)
    weighed = len({key_result.weight for key_result in found}) > 1
    return tuple(key_result_view(part, company, reader, owner=objective.owner, is_weighed=weighed) for part in found)


def key_result_view(
    key_result: KeyResult, company: Company, reader: Reader, *, owner: str = "", is_weighed: bool = False
) -> KeyResultView:
    """One key result; `owner` is who needs no naming here, its weight is told where it matters."""
    formats = reader.formats
    return KeyResultView(
        key=key_result.key,
        id=key_result.id,
        text=key_result.text,
        cell=cell_link(key_result.cell, company.snapshots),
        score=score_of(key_result.key, company, reader),
        start="" if key_result.start.is_blank else formats.amount(key_result.start),
        current=formats.amount(key_result.current),
        target=formats.amount(key_result.target),
        measure=key_result.measure,
        weight=weight_text(key_result, company, reader) if is_weighed else "",
        owner="" if person_key(key_result.owner) == person_key(owner) else key_result.owner,
        confidence=key_result.confidence,
        problems=problems_of(key_result.key, company, reader),
    )


def lacks_weight(key_result: KeyResult, company: Company) -> bool:
    """Whether its weight is blank beside percentages, so that it is not the 1 that it would be elsewhere."""
    return key_result.weight_blank and key_result in blank_beside_percents(company.key_results_of(key_result.objective))


def weight_text(key_result: KeyResult, company: Company, reader: Reader) -> str:
    """A weight as the sheet means it."""
    if key_result.weight is None or lacks_weight(key_result, company):
        return NO_VALUE
    if key_result.weight_unit == "%":
        return reader.formats.number(key_result.weight * Decimal(100)) + "%"
    return reader.formats.number(key_result.weight)


def objective_view(objective: Objective, company: Company, reader: Reader, *, brief: bool = False) -> ObjectiveView:
    """One objective with its key results and problems; without them where it is to be brief."""
    parent = company.alignment.parents.get(objective.key)
    return ObjectiveView(
        key=objective.key,
        id=objective.id,
        text=objective.text,
        cell=cell_link(objective.cell, company.snapshots),
        level=reader.levels[objective.level] if objective.level else "",
        unit=objective.unit,
        unit_key=unit_key(objective.unit),
        owner=objective.owner,
        owner_key=person_key(objective.owner),
        period=objective.period,
        kind=reader.kinds[objective.kind],
        status="" if objective.status is Status.ACTIVE else reader.statuses[objective.status],
        score=score_of(objective.key, company, reader),
        supports=reference(parent, company, reader) if parent else None,
        related=references(company.related.get(objective.key, ()), company, reader),
        key_results=() if brief else key_result_views(objective, company, reader),
        problems=() if brief else problems_of(objective.key, company, reader),
        lacks=lacks_text(objective, company, reader),
        before_live=tuple(problem_view(found, company, reader) for found in company.lacking.get(objective.key, ())),
        troubles=counts_of(troubles_of(objective, company), reader),
    )


def troubles_of(objective: Objective, company: Company) -> list[Problem]:
    """What somebody should act on, in an objective and its key results."""
    concerning = company.concerning
    keys = (objective.key, *(key_result.key for key_result in company.key_results_of(objective.key)))
    # Most have none, and some pages ask this of thousands.
    return in_need(problem for key in keys if key in concerning for problem in concerning[key])


def references(links: Sequence[Link], company: Company, reader: Reader) -> tuple[Reference, ...]:
    """What several links lead to."""
    return tuple(reference(link, company, reader) for link in links)


def reference(link: Link, company: Company, reader: Reader) -> Reference:
    """What a link leads to."""
    key_result = company.key_results[link.key_result].text if link.key_result else ""
    return replace(reference_to(link.objective, company, reader), key_result=key_result)


def reference_to(key: str, company: Company, reader: Reader) -> Reference:
    """An objective to follow."""
    objective = company.objective(key)
    status = "" if objective.status is Status.ACTIVE else reader.statuses[objective.status]
    period = "" if key in company.alignment.objectives else objective.period
    return Reference(objective.key, objective.text, note=", ".join(filter(None, (period, status))))


def path_to(objective: Objective, company: Company, reader: Reader) -> tuple[Reference, ...]:
    """What an objective supports, from the top of the tree down to its parent."""
    links: list[Link] = []
    link = company.alignment.parents.get(objective.key)
    while link:
        links.append(link)
        link = company.alignment.parents.get(link.objective)
    return references(links[::-1], company, reader)
