"""A check-in as a reader sees it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sync.domain.okr import Amount, CheckIn
from sync.domain.rhythm import counting, day_of
from webapp.company.company import Company
from webapp.parts.cells import CellLink, cell_link
from webapp.parts.days import day_text
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class CheckInView:
    date: str
    before: str
    value: str
    confidence: str
    comment: str
    obstacle: str
    next_step: str
    author: str
    cell: CellLink | None


def check_in_view(check_in: CheckIn, company: Company, reader: Reader) -> CheckInView:
    """One line of the log, whole."""
    return CheckInView(
        date=day_text(check_in.date, reader),
        before=_amount(check_in.before, reader),
        value=_amount(check_in.value, reader),
        confidence=check_in.confidence,
        comment=check_in.comment,
        obstacle=check_in.obstacle,
        next_step=check_in.next_step,
        author=check_in.author,
        cell=cell_link(check_in.cell, company.snapshots),
    )


def newest_first(check_ins: Sequence[CheckIn]) -> list[CheckIn]:
    """By day, the newest first, of one day the row that comes last; those whose date could not be read at the end."""
    dated = counting(check_ins, date.min, date.max)
    return dated + [one for one in check_ins if not day_of(one.date)]


def _amount(amount: Amount, reader: Reader) -> str:
    return "" if amount.is_blank else reader.formats.amount(amount)
