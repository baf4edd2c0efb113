"""The page for the check-in meeting of a unit or a person: every key result under way, those overdue first. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sync.domain.keys import person_key
from sync.domain.okr import CheckIn, KeyResult, Objective, Status
from sync.domain.rhythm import counting, day_of
from webapp.company.company import Company
from webapp.company.recognitions import given_since
from webapp.company.undertakings import is_late
from webapp.parts.check_ins import CheckInView, check_in_view
from webapp.parts.initiatives import InitiativeView, initiative_view
from webapp.parts.items import KeyResultView, Reference, key_result_view, reference_to
from webapp.parts.recognition import RecognitionView, recognition_view
from webapp.parts.silence import is_overdue
from webapp.reader.name_order import name_order
from webapp.reader.reader import Reader

# So many check-ins of a key result tell where its confidence is going.
TREND = 4
WEEK = timedelta(days=7)

Pair = tuple[KeyResult, Objective]


@dataclass(frozen=True, slots=True)
class Row:
    """One key result as it is talked about. `before` is its value at the check-in before the newest, "" where there is
    none; `trend` is its confidence, oldest first.
    """

    key_result: KeyResultView
    objective: Reference
    owner: str
    before: str
    newest: CheckInView | None
    trend: tuple[str, ...]
    late: tuple[InitiativeView, ...]
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """Everything that `check_in.html` prints. `owners` are the names to choose from, `owner` is who was chosen.
    `late` are initiatives that serve an objective as a whole. `recognitions` were given from the day `since` on.
    """

    key: str
    name: str
    is_person: bool
    counted: str
    owners: tuple[str, ...]
    owner: str
    rows: tuple[Row, ...]
    late: tuple[InitiativeView, ...]
    since: str
    recognitions: tuple[RecognitionView, ...]


def check_in_page(key: str, owner: str, company: Company, reader: Reader) -> CheckInPage | None:
    """The page of a unit or a person; None where the sheets name no such one."""
    holder = company.holder(key)
    if holder is None:
        return None
    pairs = [(part, objective) for objective in holder.objectives for part in company.key_results_of(objective.key)]
    pairs += [(part, company.objective(part.objective)) for part in holder.key_results]
    pairs = [pair for pair in pairs if pair[1].status is Status.ACTIVE]
    wanted = [pair for pair in pairs if not owner or person_key(_owner(*pair)) == person_key(owner)]
    rows = [_row(part, objective, company, reader) for part, objective in wanted]
    since = _last_time(wanted, company)
    thanks = given_since(since, _about(wanted), {person_key(_owner(*pair)) for pair in wanted}, company)
    return CheckInPage(
        key=key,
        name=holder.name,
        is_person=holder.is_person,
        counted=counted_text([part for part, _ in wanted], company, reader),
        owners=tuple(sorted({_owner(*pair) for pair in pairs} - {""}, key=name_order)),
        owner=owner,
        rows=tuple(sorted(rows, key=lambda row: not row.is_overdue)),
        late=_late({objective.key for _, objective in wanted}, company, reader),
        since=reader.formats.day(since),
        recognitions=tuple(recognition_view(one, company, reader) for one in thanks),
    )


def counted_text(parts: Iterable[KeyResult], company: Company, reader: Reader) -> str:
    """How many of those under way were heard of in time: "7 of 9 checked in"; "" where none is under way."""
    heard = [company.heard[part.key] for part in parts if part.key in company.heard]
    if not heard:
        return ""
    good = sum(not one.is_overdue for one in heard)
    return reader.words.gettext("%(good)s of %(count)s checked in on time", good=good, count=len(heard))


def _last_time(pairs: Iterable[Pair], company: Company) -> date:
    """The day of the last check-in before today, and a week ago at least: not everybody checks in on one day."""
    week_ago = company.today - WEEK
    days = (day_of(one.date) for pair in pairs for one in _logged(*pair, company))
    return min(week_ago, max((day for day in days if day and day < company.today), default=week_ago))


def _about(pairs: Iterable[Pair]) -> frozenset[str]:
    return frozenset(key for part, objective in pairs for key in (part.key, objective.key))


def _logged(part: KeyResult, objective: Objective, company: Company) -> list[CheckIn]:
    """Its check-ins that count in its period, the newest first."""
    span = company.calendar.period(objective.period).span
    return counting(company.check_ins.get(part.key, ()), span.first if span else date.min, company.today)


def _before(logged: Sequence[CheckIn], reader: Reader) -> str:
    """The value before the newest one: as its row says it, else as the row before says it."""
    values = [*(one.before for one in logged[:1]), *(one.value for one in logged[1:2])]
    return next((reader.formats.amount(value) for value in values if not value.is_blank), "")


def _owner(part: KeyResult, objective: Objective) -> str:
    return part.owner or objective.owner


def _row(part: KeyResult, objective: Objective, company: Company, reader: Reader) -> Row:
    logged = _logged(part, objective, company)
    return Row(
        key_result=key_result_view(part, company, reader),
        objective=reference_to(objective.key, company, reader),
        owner=_owner(part, objective),
        before=_before(logged, reader),
        newest=check_in_view(logged[0], company, reader) if logged else None,
        trend=tuple(one.confidence for one in reversed(logged[:TREND]) if one.confidence),
        late=_late({part.key}, company, reader),
        is_overdue=is_overdue(part.key, company),
    )


def _late(keys: Iterable[str], company: Company, reader: Reader) -> tuple[InitiativeView, ...]:
    """The late initiatives that serve these objectives or key results themselves, each once."""
    found = {one.cell: one for key in keys for one in company.initiatives.get(key, ()) if is_late(one, company.today)}
    return tuple(initiative_view(one, company, reader) for one in found.values())
