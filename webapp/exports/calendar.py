"""Days that matter, for calendar programs: ends of periods, due dates of initiatives, days of check-ins. Pure.

What was over or done long ago is in no calendar. An event keeps its UID, so that a calendar that asks again moves it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from sync.domain.keys import identity, person_key
from sync.domain.okr import Objective
from sync.domain.periods import PeriodState
from webapp.company.company import Company
from webapp.company.holders import Holder, unit_key
from webapp.company.scope import KnownPeriod
from webapp.company.undertakings import Undertaking, is_over
from webapp.reader.reader import Reader

# How often a calendar program is asked to look again.
LOOK_AGAIN = timedelta(hours=6)
_COMING = (PeriodState.PLANNED, PeriodState.RUNNING)

# The address of the page about an objective.
Where = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Day:
    """What happens on a whole day; `uid` stays the same when the day moves."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def calendar_ics(
    company: Company, periods: Iterable[KnownPeriod], holder: Holder | None, where: Where, reader: Reader
) -> bytes:
    """The calendar of a unit or a person, or of the whole company, as iCalendar (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//okr-sheets//OKR//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"OKR – {holder.name}" if holder else "OKR")
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    days = [
        *_period_ends(periods, reader),
        *_due(company, holder, where, reader),
        *_check_ins(company, holder, reader),
    ]
    for day in sorted(days, key=lambda one: (one.day, one.uid)):
        calendar.add_component(_event(day, company.today))
    return bytes(calendar.to_ical())


def _event(day: _Day, today: date) -> Event:
    event = Event()
    event.add("uid", f"{day.uid}@okr-sheets")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", day.summary)
    event.add("transp", "TRANSPARENT")
    for name, text in (("description", day.description), ("url", day.url)):
        if text:
            event.add(name, text)
    return event


def _period_ends(periods: Iterable[KnownPeriod], reader: Reader) -> Iterator[_Day]:
    for known in periods:
        if known.period.span and known.state in _COMING:
            summary = reader.words.gettext("%(period)s ends", period=known.period.name)
            yield _Day(f"period-{known.period.key}", known.period.span.last, summary)


def _due(company: Company, holder: Holder | None, where: Where, reader: Reader) -> Iterator[_Day]:
    for one in company.undertakings:
        found = one.initiative
        if one.due is None or is_over(found) or not _is_theirs(one, holder):
            continue
        summary = reader.words.gettext("Due: %(initiative)s", initiative=found.text)
        served = [f"{reader.words.gettext('Objective')}: {objective.text}" for objective in one.objectives]
        said = [f"{reader.words.gettext('Owner')}: {found.owner}"] if found.owner else []
        place = (found.cell.spreadsheet, str(found.cell.sheet_id), found.text)
        url = where(one.objectives[0].key) if one.objectives else ""
        yield _Day(f"due-{identity(*place)}", one.due, summary, "\n".join([*said, *served]), url)


def _is_theirs(one: Undertaking, holder: Holder | None) -> bool:
    if holder is None:
        return True
    return one.is_of_person(holder.key) if holder.is_person else one.is_of_unit(holder.key)


def _check_ins(company: Company, holder: Holder | None, reader: Reader) -> Iterator[_Day]:
    """One event for the key results of a unit, or of a person, that are due on one day; overdue ones are for today."""
    due: dict[tuple[str, str, date], list[str]] = {}
    for objective in company.alignment.objectives.values():
        for part in company.key_results_of(objective.key):
            heard = company.heard.get(part.key)
            for key, name in _whose(objective, part.owner, holder):
                if heard is not None:
                    due.setdefault((key, name, max(heard.due, company.today)), []).append(part.text)
    for (key, name, day), texts in due.items():
        summary = reader.words.gettext("Check-in") + (f": {name}" if name and holder is None else "")
        yield _Day(f"check-in-{key}-{day}", day, summary, "\n".join(texts))


def _whose(objective: Objective, owner: str, holder: Holder | None) -> Iterator[tuple[str, str]]:
    """Under which key and name a key result stands in the calendar; nothing where it is not the holder's."""
    if holder is None or not holder.is_person:
        key = unit_key(objective.unit)
        if holder is None or key == holder.key:
            yield key, objective.unit
    elif person_key(owner or objective.owner) == holder.key:
        yield holder.key, holder.name
