"""Who has checked in: counts by unit, and the key results that nobody has said anything about for too long. Pure.

What is to be checked in every week is counted by the week, which begins on Monday, all else by the days of its rhythm.
Names stand in the order of the alphabet, never in one of scores or of lateness.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from sync.domain.okr import KeyResult
from webapp.company.company import Company
from webapp.company.heard import Heard
from webapp.parts.cards import Pages, page_of
from webapp.parts.items import KeyResultView, Reference, key_result_view, reference_to
from webapp.parts.silence import is_overdue
from webapp.reader.name_order import name_order
from webapp.reader.reader import Reader

# In days.
A_WEEK = 7


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit and how many of its key results were heard of lately, by their rhythm."""

    key: str
    name: str
    counted: str


@dataclass(frozen=True, slots=True)
class Silent:
    """An objective and those of its key results that are overdue."""

    objective: Reference
    key_results: tuple[KeyResultView, ...]


@dataclass(frozen=True, slots=True)
class CheckInsPage:
    """Everything that `check_ins.html` prints. `counted` is "" where nothing is under way."""

    counted: str
    units: tuple[UnitCount, ...]
    silent: tuple[Silent, ...]
    pages: Pages


def check_ins_page(number: int, company: Company, reader: Reader) -> CheckInsPage:
    """The whole company, with one page of what is overdue."""
    parts = [part for objective in company.alignment.objectives for part in company.key_results_of(objective)]
    shown, pages = page_of([part for part in parts if is_overdue(part.key, company)], number)
    units = (_unit(key, company, reader) for key, holder in company.holders.items() if not holder.is_person)
    return CheckInsPage(
        counted=_counted(parts, company, reader),
        units=tuple(sorted((unit for unit in units if unit.counted), key=lambda unit: name_order(unit.name))),
        silent=tuple(_silent(key, those, company, reader) for key, those in groupby(shown, attrgetter("objective"))),
        pages=pages,
    )


def _unit(key: str, company: Company, reader: Reader) -> UnitCount:
    holder = company.holders[key]
    parts = [part for objective in holder.objectives for part in company.key_results_of(objective.key)]
    return UnitCount(key, holder.name, _counted(parts, company, reader))


def _counted(parts: Iterable[KeyResult], company: Company, reader: Reader) -> str:
    """How many of those under way were heard of, the most frequent ones first: "7 of 9 this week"; "" for none."""
    by_rhythm: dict[int, list[Heard]] = {}
    for part in parts:
        if heard := company.heard.get(part.key):
            by_rhythm.setdefault(heard.every, []).append(heard)
    return " · ".join(_of_rhythm(every, by_rhythm[every], company.today, reader) for every in sorted(by_rhythm))


def _of_rhythm(every: int, found: Sequence[Heard], today: date, reader: Reader) -> str:
    days = today.weekday() if every == A_WEEK else every - 1
    since = today - timedelta(days=days)
    good = sum(one.last is not None and one.last >= since for one in found)
    if every == A_WEEK:
        return reader.words.gettext("%(good)s of %(count)s this week", good=good, count=len(found))
    if every == 1:
        return reader.words.gettext("%(good)s of %(count)s today", good=good, count=len(found))
    return reader.words.gettext("%(good)s of %(all)s in %(days)s days", good=good, all=len(found), days=every)


def _silent(objective: str, parts: Iterable[KeyResult], company: Company, reader: Reader) -> Silent:
    views = tuple(key_result_view(part, company, reader) for part in parts)
    return Silent(reference_to(objective, company, reader), views)
