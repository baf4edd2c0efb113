"""The page for the check-in meeting of a unit or a person: every key result under way, those overdue first. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sync.domain.keys import person_key
from sync.domain.okr import CheckIn, Initiative, KeyResult, Objective, Status
from sync.domain.rhythm import counting, day_of
from webapp.company.company import Company
from webapp.company.recognitions import given_since
from webapp.company.undertakings import is_late
from webapp.pages.filter_form import Choice, choice, names_to_pick
from webapp.pages.list_filters import names_meant
from webapp.parts.cards import Pages, page_of
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

# So much is told beside the key results; links lead to the rest.
MOST_LATE = 20
MOST_THANKS = 20

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
    """Everything that `check_in.html` prints. `owners` is the field to choose one, None where there is but one, and
    `owner` who was chosen; `counted` is of all that is wanted, `rows` are one page of it. `late` are initiatives that
    serve an objective as a whole, `recognitions` were given from the day `since` on; there are `more` of both.
    """

    key: str
    name: str
    is_person: bool
    counted: str
    owners: Choice | None
    owner: str
    rows: tuple[Row, ...]
    pages: Pages
    late: tuple[InitiativeView, ...]
    more_late: int
    since: str
    recognitions: tuple[RecognitionView, ...]
    more_recognitions: int


def check_in_page(key: str, owner: str, number: int, company: Company, reader: Reader) -> CheckInPage | None:
    """One page of what a unit or a person talks about; None where the sheets name no such one."""
    holder = company.holder(key)
    if holder is None:
        return None
    pairs = [(part, objective) for objective in holder.objectives for part in company.key_results_of(objective.key)]
    pairs += [(part, company.objective(part.objective)) for part in holder.key_results]
    pairs = [pair for pair in pairs if pair[1].status is Status.ACTIVE]
    owners = names_meant(owner, {_owner(*pair) for pair in pairs}, person_key)
    wanted = [pair for pair in pairs if not owner or _owner(*pair) in owners]
    shown, pages = page_of(sorted(wanted, key=lambda pair: not is_overdue(pair[0].key, company)), number)
    late = _late({objective.key: None for _, objective in wanted}, company)
    since = _last_time(wanted, company)
    thanks = given_since(since, _about(wanted), {person_key(_owner(*pair)) for pair in wanted}, company)
    names = sorted({_owner(*pair) for pair in pairs} - {""}, key=name_order)
    return CheckInPage(
        key=key,
        name=holder.name,
        is_person=holder.is_person,
        counted=_counted([part for part, _ in wanted], company, reader),
        owners=choice("owner", reader.words.gettext("Owner"), owner, names_to_pick(names)),
        owner=owner,
        rows=tuple(_row(part, objective, company, reader) for part, objective in shown),
        pages=pages,
        late=tuple(initiative_view(one, company, reader) for one in late[:MOST_LATE]),
        more_late=max(len(late) - MOST_LATE, 0),
        since=reader.formats.day(since),
        recognitions=tuple(recognition_view(one, company, reader) for one in thanks[:MOST_THANKS]),
        more_recognitions=max(len(thanks) - MOST_THANKS, 0),
    )


def _counted(parts: Iterable[KeyResult], company: Company, reader: Reader) -> str:
    """How many of those under way were heard of in time: "7 of 9 checked in on time"; "" where none is under way."""
    heard = [company.heard[part.key] for part in parts if part.key in company.heard]
    if not heard:
        return ""
    good = sum(not one.is_overdue for one in heard)
    return reader.words.gettext("%(good)s of %(count)s checked in on time", good=good, count=len(heard))


def _last_time(pairs: Iterable[Pair], company: Company) -> date:
    """The day of the last check-in before today, and a week ago at least: not everybody checks in on one day."""
    week_ago, newest = company.today - WEEK, date.min
    for day in _days_before_today(pairs, company):
        if day >= week_ago:
            return week_ago
        newest = max(newest, day)
    return newest if newest > date.min else week_ago


def _days_before_today(pairs: Iterable[Pair], company: Company) -> Iterator[date]:
    """Of the check-ins that count in their periods."""
    for part, objective in pairs:
        span = company.calendar.period(objective.period).span
        first = span.first if span else date.min
        days = (day_of(one.date) for one in company.check_ins.get(part.key, ()))
        yield from (day for day in days if day and first <= day < company.today)


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
        late=tuple(initiative_view(one, company, reader) for one in _late((part.key,), company)),
        is_overdue=is_overdue(part.key, company),
    )


def _late(keys: Iterable[str], company: Company) -> list[Initiative]:
    """The late initiatives that serve these objectives or key results themselves, each once."""
    found = {one.cell: one for key in keys for one in company.initiatives.get(key, ()) if is_late(one, company.today)}
    return list(found.values())
