"""What one unit or person has, and how far they are. Pure.

Never beside others and never in order of scores: OKR is a tool in people's hands, not a way to rate them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeVar

from sync.domain.okr import Objective, Status
from webapp.company.company import Company
from webapp.company.forest import by_level
from webapp.company.trend import Histories, no_histories, projection
from webapp.pages.initiatives import count_text, late_text
from webapp.parts.cards import Group, Pages, listed, no_hits, page_of
from webapp.parts.history_plot import Around, Plot, history_plot
from webapp.parts.items import Count, KeyResultView, Reference, counts_of, key_result_view, reference_to, troubles_of
from webapp.parts.progress import PeriodShares, Points, period_shares
from webapp.reader.reader import Reader

Made = TypeVar("Made")

# So many histories stand beside each other; the others are on the pages of their objectives.
MOST_SMALL = 12

# The figures of more objectives than these are made once for all readers and all pages of their list.
MOST_AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """What all objectives of a unit or person come to: the active ones by period, and problems by severity."""

    shares: tuple[PeriodShares, ...]
    problems: tuple[Count, ...]


class Once(Protocol):
    """Keeps what is made by its name."""

    def __call__(self, name: str, make: Callable[[], Made], /) -> Made: ...


def each_time(_: str, make: Callable[[], Made]) -> Made:
    """Where nothing is kept for others."""
    return make()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A key result that somebody has under an objective of somebody else."""

    key_result: KeyResultView
    objective: Reference


@dataclass(frozen=True, slots=True)
class Small:
    """The history of one objective, beside those of the others."""

    objective: Reference
    plot: Plot


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything that `unit.html` prints. `shares` are those of the active objectives alone; `initiatives` says how
    many a unit has, "" for none and for a person, and `late` how many of them are late. `histories` are those of the
    first objectives in `groups`.
    """

    key: str
    name: str
    shares: tuple[PeriodShares, ...]
    problems: tuple[Count, ...]
    initiatives: str
    late: str
    histories: tuple[Small, ...]
    groups: tuple[Group, ...]
    pages: Pages
    elsewhere: tuple[Elsewhere, ...]


def unit_page(
    key: str,
    number: int,
    company: Company,
    reader: Reader,
    histories: Histories = no_histories,
    once: Once = each_time,
) -> UnitPage | None:
    """The page of a unit or person; None where the sheets name no such one. `once` keeps figures by a name."""
    holder = company.holder(key)
    if holder is None:
        return None
    in_order = [objective for those in by_level(holder.objectives).values() for objective in those]
    shown, pages = page_of(in_order, number)
    undertaken = [] if holder.is_person else [one for one in company.undertakings if one.is_of_unit(key)]
    figures = _figures(key, in_order, company, reader, histories, once)
    points = histories([found.key for found in shown[:MOST_SMALL]])
    return UnitPage(
        key=key,
        name=holder.name,
        shares=figures.shares,
        problems=figures.problems,
        initiatives=count_text(undertaken, reader) if undertaken else "",
        late=late_text(undertaken, reader),
        histories=tuple(_small(shown[:MOST_SMALL], points, company, reader)),
        groups=listed(shown, company, reader, no_hits),
        pages=pages,
        elsewhere=tuple(
            Elsewhere(
                key_result_view(part, company, reader, owner=holder.name),
                reference_to(part.objective, company, reader),
            )
            for part in holder.key_results
        ),
    )


def _figures(
    key: str, objectives: Sequence[Objective], company: Company, reader: Reader, histories: Histories, once: Once
) -> Figures:
    """All histories are asked for at once."""

    def made() -> Figures:
        points = histories([found.key for found in objectives if found.status is Status.ACTIVE])
        problems = (problem for objective in objectives for problem in troubles_of(objective, company))
        return Figures(period_shares(objectives, company, reader, points), counts_of(problems, reader))

    return once(f"figures-{key}", made) if len(objectives) > MOST_AT_A_TIME else made()


def _small(objectives: Iterable[Objective], points: Points, company: Company, reader: Reader) -> Iterator[Small]:
    until = company.calendar.midnight(company.today + timedelta(days=1))
    for found in objectives:
        changes, span = points.get(found.key, ()), company.calendar.period(found.period).span
        goal = None if found.status is Status.DRAFT else company.pace.goal(found.kind)
        around = Around(goal, projection((found,), changes, span, company))
        if plot := history_plot(changes, span, until, company.calendar, reader, around):
            yield Small(reference_to(found.key, company, reader), plot)
