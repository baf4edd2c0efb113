"""The page for the check-in meeting of a unit or a person: every key result under way, those overdue first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from sync.domain.keys import person_key
from sync.domain.okr import KeyResult, Objective, Status
from webapp.company.company import Company
from webapp.company.undertakings import is_late
from webapp.parts.check_ins import CheckInView, check_in_view, newest_first
from webapp.parts.initiatives import InitiativeView, initiative_view
from webapp.parts.items import KeyResultView, Reference, key_result_view, reference_to
from webapp.parts.silence import is_overdue
from webapp.reader.reader import Reader

# So many check-ins of a key result tell where its confidence is going.
TREND = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One key result as it is talked about. `before` is its value at the check-in before the newest, "" where there is
    none; `trend` is its confidence, oldest first. `is_heard`: it has a rhythm to keep.
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
    """Everything that `check_in.html` prints. `owners` are the names to choose from, `owner` is who was chosen."""

    key: str
    name: str
    is_person: bool
    counted: str
    owners: tuple[str, ...]
    owner: str
    rows: tuple[Row, ...]


def check_in_page(key: str, owner: str, company: Company, reader: Reader) -> CheckInPage | None:
    """The page of a unit or a person; None where the sheets name no such one."""
    holder = company.holders.get(key)
    if holder is None:
        return None
    pairs = [
        (part, objective)
        for objective in holder.objectives
        if objective.status is Status.ACTIVE
        for part in company.key_results_of(objective.key)
    ]
    pairs += [(part, company.objective(part.objective)) for part in holder.key_results]
    wanted = [pair for pair in pairs if not owner or person_key(_owner(*pair)) == person_key(owner)]
    rows = [_row(part, objective, company, reader) for part, objective in wanted]
    return CheckInPage(
        key=key,
        name=holder.name,
        is_person=holder.is_person,
        counted=counted_text([part for part, _ in wanted], company, reader),
        owners=tuple(sorted({_owner(*pair) for pair in pairs} - {""})),
        owner=owner,
        rows=tuple(sorted(rows, key=lambda row: not row.is_overdue)),
    )


def counted_text(parts: Iterable[KeyResult], company: Company, reader: Reader) -> str:
    """How many of those under way were heard of in time: "7 of 9 checked in"; "" where none is under way."""
    heard = [company.heard[part.key] for part in parts if part.key in company.heard]
    if not heard:
        return ""
    good = sum(not one.is_overdue for one in heard)
    return reader.words.gettext("%(good)s of %(count)s checked in on time", good=good, count=len(heard))


def _owner(part: KeyResult, objective: Objective) -> str:
    return part.owner or objective.owner


def _row(part: KeyResult, objective: Objective, company: Company, reader: Reader) -> Row:
    logged = newest_first(company.check_ins.get(part.key, ()))
    before = logged[1].value if len(logged) > 1 else None
    late = (one for one in company.initiatives.get(part.key, ()) if is_late(one, company.today))
    return Row(
        key_result=key_result_view(part, company, reader),
        objective=reference_to(objective.key, company, reader),
        owner=_owner(part, objective),
        before="" if before is None or before.is_blank else reader.formats.amount(before),
        newest=check_in_view(logged[0], company, reader) if logged else None,
        trend=tuple(one.confidence for one in reversed(logged[:TREND]) if one.confidence),
        late=tuple(initiative_view(one, company, reader) for one in late),
        is_overdue=is_overdue(part.key, company),
    )
