"""One objective in full: the working of each score, cells, links up and down, notes and history. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from msgspec import structs

from sync.domain.okr import Initiative, KeyResult, Objective, Status
from sync.domain.pace import JUMPING
from sync.domain.periods import Span
from sync.domain.rhythm import day_of
from sync.domain.scoring import score_key_result
from sync.records import HistoryPoint
from webapp.company.company import Company
from webapp.company.notes import newest_last
from webapp.company.trend import Histories, projection
from webapp.parts.cells import CellLink, cell_link
from webapp.parts.check_ins import CheckInView, check_in_view, newest_first
from webapp.parts.explain import key_result_working, objective_working
from webapp.parts.freshness import Moment, moment
from webapp.parts.history_plot import Around, Plot, history_plot
from webapp.parts.initiatives import InitiativeView, initiative_view
from webapp.parts.items import KeyResultView, ObjectiveView, Reference, objective_view, path_to
from webapp.parts.pace import ProjectionView, projection_view
from webapp.parts.recognition import RecognitionView, recognition_view
from webapp.reader.numbers import NO_VALUE
from webapp.reader.reader import Reader

# What is told in full; the rest is counted.
MOST_CHANGES = 30
MOST_BELOW = 50


@dataclass(frozen=True, slots=True)
class Change:
    """A score from a moment on."""

    at: Moment
    score: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The newest changes first; `older` is how many more there were. `plot` is None where there is nothing to draw."""

    plot: Plot | None
    projection: ProjectionView | None
    changes: tuple[Change, ...]
    older: int

    @property
    def count(self) -> int:
        return len(self.changes) + self.older


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A cell and what it is for."""

    name: str
    cell: CellLink


@dataclass(frozen=True, slots=True)
class KeyResultDetail:
    """A key result with its working and everything that was noted about it."""

    key_result: KeyResultView
    working: str
    cells: tuple[NamedCell, ...]
    check_ins: tuple[CheckInView, ...]
    initiatives: tuple[InitiativeView, ...]
    recognitions: tuple[RecognitionView, ...]
    history: HistoryView


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """Everything that `objective.html` prints. `above` leads from the top of the tree to the parent; `more_below` is
    how many more support it than are told here."""

    objective: ObjectiveView
    working: str
    above: tuple[Reference, ...]
    below: tuple[ObjectiveView, ...]
    more_below: int
    cells: tuple[NamedCell, ...]
    details: tuple[KeyResultDetail, ...]
    initiatives: tuple[InitiativeView, ...]
    recognitions: tuple[RecognitionView, ...]
    history: HistoryView


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells histories on the time line of one period."""

    points: Mapping[str, Sequence[HistoryPoint]]
    period: Span | None
    now: datetime
    company: Company
    reader: Reader

    def history(self, item: Objective | KeyResult, goal: Decimal | None) -> HistoryView:
        """That of an objective or key result, on whose way the score `goal` is to be reached."""
        points, reader = self.points.get(item.key, ()), self.reader
        ends = projection((item,), points, self.period, self.company)
        around = Around(goal, ends, tuple(_checked_in(item, self.company)) if isinstance(item, KeyResult) else ())
        newest = tuple(_change(point, reader) for point in reversed(points[-MOST_CHANGES:]))
        return HistoryView(
            plot=history_plot(points, self.period, self.now, self.company.calendar, reader, around),
            projection=projection_view(ends, reader),
            changes=newest,
            older=len(points) - len(newest),
        )


def _checked_in(key_result: KeyResult, company: Company) -> Iterator[tuple[date, Decimal]]:
    """The scores of what was checked in, by day; without what has no day or no score."""
    for check_in in company.check_ins.get(key_result.key, ()):
        score = score_key_result(structs.replace(key_result, current=check_in.value)).value
        day = day_of(check_in.date)
        if day and score is not None:
            yield day, score


def objective_page(
    key: str, company: Company, histories: Histories, now: datetime, reader: Reader
) -> ObjectivePage | None:
    """The page of one objective; None where there is no such objective. All histories are asked for at once."""
    objective = company.alignment.objectives.get(key)
    if objective is None:
        return None
    children, parts = company.children.get(key, ()), company.key_results_of(key)
    points = histories([key, *(part.key for part in parts)])
    goal = company.pace.goal(objective.kind) if objective.status is not Status.DRAFT else None
    teller = _Teller(points, company.calendar.period(objective.period).span, now, company, reader)
    view = objective_view(objective, company, reader)
    return ObjectivePage(
        objective=view,
        working=objective_working(objective, company, reader),
        above=path_to(objective, company, reader),
        below=tuple(
            objective_view(company.alignment.objectives[child], company, reader) for child in children[:MOST_BELOW]
        ),
        more_below=max(len(children) - MOST_BELOW, 0),
        cells=_objective_cells(objective, company, reader),
        details=tuple(
            _detail(key_result, shown, None if key_result.metric in JUMPING else goal, company, teller, reader)
            for key_result, shown in zip(parts, view.key_results, strict=True)
        ),
        initiatives=_initiatives(company.initiatives.get(key, ()), company, reader),
        recognitions=_recognitions(key, company, reader),
        history=teller.history(objective, goal),
    )


def _detail(
    key_result: KeyResult,
    shown: KeyResultView,
    goal: Decimal | None,
    company: Company,
    teller: _Teller,
    reader: Reader,
) -> KeyResultDetail:
    return KeyResultDetail(
        key_result=shown,
        working=key_result_working(key_result, company, reader),
        cells=_key_result_cells(key_result, company, reader),
        check_ins=tuple(
            check_in_view(one, company, reader) for one in newest_first(company.check_ins.get(key_result.key, ()))
        ),
        initiatives=_initiatives(company.initiatives.get(key_result.key, ()), company, reader),
        recognitions=_recognitions(key_result.key, company, reader),
        history=teller.history(key_result, goal),
    )


def _initiatives(found: Sequence[Initiative], company: Company, reader: Reader) -> tuple[InitiativeView, ...]:
    return tuple(initiative_view(initiative, company, reader) for initiative in found)


def _recognitions(key: str, company: Company, reader: Reader) -> tuple[RecognitionView, ...]:
    """What people were thanked for here, the newest first."""
    found = sorted(company.recognitions.get(key, ()), key=newest_last, reverse=True)
    return tuple(recognition_view(one, company, reader) for one in found)


def _change(point: HistoryPoint, reader: Reader) -> Change:
    return Change(moment(point.at, reader), NO_VALUE if point.value is None else reader.formats.score(point.value))


def _objective_cells(objective: Objective, company: Company, reader: Reader) -> tuple[NamedCell, ...]:
    gettext = reader.words.gettext
    named = [
        (gettext("Text"), objective.cell),
        (gettext("Parent"), objective.parent_cell),
        (gettext("Related"), objective.related_cell),
        *((gettext("Score"), cell) for cell in objective.score_cells),
    ]
    return tuple(NamedCell(name, link) for name, cell in named if (link := cell_link(cell, company.snapshots)))


def _key_result_cells(key_result: KeyResult, company: Company, reader: Reader) -> tuple[NamedCell, ...]:
    gettext = reader.words.gettext
    named = [
        (gettext("Start"), key_result.start.cell),
        (gettext("Current"), key_result.current.cell),
        (gettext("Target"), key_result.target.cell),
        (gettext("Weight"), key_result.weight_cell),
        *((gettext("Score"), cell) for cell in key_result.score_cells),
    ]
    return tuple(NamedCell(name, link) for name, cell in named if (link := cell_link(cell, company.snapshots)))
