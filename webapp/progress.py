"""How far the company is: percent of its objectives reached, by level and by unit. Pure.

Never by person and never in order of scores: OKR is a tool in people's hands, not a way to rate them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sync.okr import Level, Objective, Status, key_of
from sync.scoring import Score, score_objective
from webapp.company import Company
from webapp.items import ScoreView, score_view
from webapp.reader import Reader


@dataclass(frozen=True, slots=True)
class Share:
    """`percent` of the objectives of a level or unit, from `counted` that have a score."""

    name: str
    percent: str
    counted: str
    score: ScoreView


@dataclass(frozen=True, slots=True)
class Progress:
    """Levels, the company's first, and the units of the departments' level as the sheets list them."""

    levels: tuple[Share, ...]
    units: tuple[Share, ...]


def progress_of(company: Company, reader: Reader) -> Progress:
    """How far each level and each unit is."""
    active = [found for found in company.alignment.objectives.values() if found.status is Status.ACTIVE]
    levels = {level: [found for found in active if found.level is level] for level in (*Level, None)}
    units: dict[str, list[Objective]] = {}
    for objective in levels[Level.DEPARTMENT]:
        if objective.unit:
            units.setdefault(key_of(objective.unit), []).append(objective)
    return Progress(
        tuple(_share(reader.levels[level], found, company, reader) for level, found in levels.items() if found),
        tuple(_share(found[0].unit, found, company, reader) for found in units.values()),
    )


def mean_of(objectives: Iterable[Objective], company: Company) -> Score:
    """The weighted mean of the objectives that have a score."""
    return score_objective([(objective.weight, company.score(objective.key)) for objective in objectives])


def _share(name: str, objectives: list[Objective], company: Company, reader: Reader) -> Share:
    mean = mean_of(objectives, company)
    counted = reader.words.ngettext(
        "%(scored)s of %(count)s objective has a score",
        "%(scored)s of %(count)s objectives have a score",
        len(objectives),
        scored=mean.counted,
    )
    percent = reader.formats.percent(mean.value) if mean.value is not None else ""
    return Share(name, percent, counted, score_view(mean, reader))
