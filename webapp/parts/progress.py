"""How far the company is: percent of its objectives reached, by level and by unit. Pure.

Never by person and never in order of scores: OKR is a tool in people's hands, not a way to rate them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sync.domain.okr import Level, Objective, Status
from sync.domain.periods import in_order
from sync.domain.scoring import Score, score_objective
from sync.domain.standing import goal_of_all, standing_of_all
from sync.records import HistoryPoint
from webapp.company.company import Company
from webapp.company.forest import by_level
from webapp.company.holders import unit_key
from webapp.company.trend import history_of_all, projection
from webapp.parts.history_plot import Around, Plot, history_plot
from webapp.parts.items import ScoreView, score_view
from webapp.parts.pace import ProjectionView, pace_view, projection_view
from webapp.reader.reader import Reader

# So many units are in view; the rest unfold.
MOST_UNITS = 12

# How scores changed, oldest first, by key.
Points = Mapping[str, Sequence[HistoryPoint]]
NO_HISTORY: Points = {}


@dataclass(frozen=True, slots=True)
class Share:
    """`percent` of the objectives of a level or unit, from `counted` that have a score. `key` is that of a unit.

    `projection` and `plot` are None where no history says anything.
    """

    key: str
    name: str
    percent: str
    counted: str
    score: ScoreView
    projection: ProjectionView | None = None
    plot: Plot | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Levels, the company's first, and the units of the departments' level as the sheets list them.

    `period` is that of all that is counted, "" where no other one is shown.
    """

    period: str
    levels: tuple[Share, ...]
    units: tuple[Share, ...]

    @property
    def first_units(self) -> tuple[Share, ...]:
        return self.units[:MOST_UNITS]

    @property
    def more_units(self) -> tuple[Share, ...]:
        return self.units[MOST_UNITS:]


@dataclass(frozen=True, slots=True)
class PeriodShares:
    """How far the levels are in a period; its name is "" where no other one is shown."""

    period: str
    shares: tuple[Share, ...]


def progress_of(company: Company, reader: Reader, points: Points = NO_HISTORY) -> tuple[Progress, ...]:
    """How far each level and each unit is, in each period for itself."""
    periods = _by_period(company.alignment.objectives.values(), company)
    return tuple(progress_in(name, active, company, reader, points) for name, active in periods)


def period_shares(
    objectives: Iterable[Objective], company: Company, reader: Reader, points: Points = NO_HISTORY
) -> tuple[PeriodShares, ...]:
    """How far the active ones of these are, by level and in each period for itself."""
    periods = _by_period(objectives, company)
    return tuple(PeriodShares(name, level_shares(active, company, reader, points)) for name, active in periods)


def _by_period(objectives: Iterable[Objective], company: Company) -> list[tuple[str, list[Objective]]]:
    """The active ones of each period under its name, which is "" where there is but one."""
    found: dict[str, list[Objective]] = {}
    for objective in objectives:
        if objective.status is Status.ACTIVE:
            found.setdefault(company.calendar.period(objective.period).key, []).append(objective)
    in_turn = in_order(company.calendar.period(active[0].period) for active in found.values())
    return [(period.name if len(found) > 1 else "", found[period.key]) for period in in_turn]


def progress_in(
    name: str, active: Iterable[Objective], company: Company, reader: Reader, points: Points = NO_HISTORY
) -> Progress:
    """How far these objectives of one period, called `name`, are by level and by unit."""
    units: dict[str, list[Objective]] = {}
    for objective in active:
        if objective.level is Level.DEPARTMENT and unit_key(objective.unit):
            units.setdefault(unit_key(objective.unit), []).append(objective)
    return Progress(
        name,
        level_shares(active, company, reader, points),
        tuple(_share(found[0].unit, found, company, reader, points, key) for key, found in units.items()),
    )


def level_shares(
    objectives: Iterable[Objective], company: Company, reader: Reader, points: Points = NO_HISTORY
) -> tuple[Share, ...]:
    """How far those of each level are together."""
    return tuple(
        _share(reader.levels[level], found, company, reader, points) for level, found in by_level(objectives).items()
    )


def mean_of(objectives: Iterable[Objective], company: Company) -> Score:
    """The weighted mean of the objectives that have a score."""
    return score_objective([(objective.weight, company.score(objective.key)) for objective in objectives])


def _share(
    name: str, objectives: Sequence[Objective], company: Company, reader: Reader, points: Points, key: str = ""
) -> Share:
    """How far these objectives of one period are together, how they came there, and where they end."""
    mean = mean_of(objectives, company)
    counted = reader.words.ngettext(
        "%(scored)s of %(count)s objective has a score",
        "%(scored)s of %(count)s objectives have a score",
        len(objectives),
        scored=mean.counted,
    )
    pace = pace_view(standing_of_all(objectives, company), reader)
    span = company.calendar.period(objectives[0].period).span
    history = history_of_all(objectives, points)
    ends = projection(objectives, history, span, company)
    around = Around(goal_of_all(objectives, company), ends)
    # A page is kept for the day, so that its last moment is all that the picture can say of now.
    until = company.calendar.midnight(company.today + timedelta(days=1))
    return Share(
        key=key,
        name=name,
        percent=reader.formats.percent(mean.value) if mean.value is not None else "",
        counted=counted,
        score=replace(score_view(mean, reader), pace=pace),
        projection=projection_view(ends, reader),
        plot=None if key else history_plot(history, span, until, company.calendar, reader, around),
    )
