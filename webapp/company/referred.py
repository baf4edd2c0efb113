"""What a spreadsheet's rows about OKRs refer to: check-ins, initiatives, reviews and thanks by what they name. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sync.domain.check_in_rules import misdated
from sync.domain.cycle_records import Coaching, Person, Recognition, Review
from sync.domain.cycle_rules import Lost, lost_in, thanks_ahead
from sync.domain.keys import distinct, key_of
from sync.domain.naming import Item, Names
from sync.domain.okr import CheckIn, Initiative
from sync.domain.problems import Problem
from sync.domain.rules.planning import Plans, plans_of
from sync.domain.snapshot import Snapshot
from sync.domain.visibility import EVERYONE, audience
from webapp.company.own import OwnPart

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Referred:
    """Rows by the key of what they name; under "" where that is nothing, or more than one thing. `recognitions` are
    those for everyone, `with_log` the spreadsheets that check-ins stand in; `lost`, `misdated` and `plans` are what the
    rules say of these rows.
    """

    check_ins: Mapping[str, tuple[CheckIn, ...]]
    initiatives: Mapping[str, tuple[Initiative, ...]]
    reviews: Mapping[str, tuple[Review, ...]]
    recognitions: Mapping[str, tuple[Recognition, ...]]
    with_log: frozenset[str]
    lost: Lost
    misdated: Sequence[Problem]
    plans: Plans


def referred(snapshot: Snapshot, names: Names, today: date) -> Referred:
    """What the rows of one spreadsheet refer to in the whole company."""

    def key(reference: str, *days: str) -> str:
        return _only(names.meant(reference, snapshot.spreadsheet, *days))

    thanks = (one for one in snapshot.cycle.recognitions if audience(one) == EVERYONE)
    return Referred(
        check_ins=_by_key((key(row.key_result, row.date), row) for row in snapshot.check_ins),
        initiatives=_by_key(
            (key(name, *row.days), row) for row in snapshot.initiatives for name in row.key_results or (row.objective,)
        ),
        reviews=_by_key((_only(names.about(row)), row) for row in snapshot.cycle.reviews),
        recognitions=_by_key((_only(names.about(row)), row) for row in thanks),
        with_log=frozenset(row.cell.spreadsheet for row in snapshot.check_ins),
        lost=lost_in(names, snapshot),
        misdated=[
            *misdated(names, snapshot.check_ins, today),
            *thanks_ahead(snapshot.cycle.recognitions, today),
        ],
        plans=plans_of(names, snapshot.initiatives, today),
    )


def asked_elsewhere(snapshot: Snapshot, part: OwnPart) -> tuple[str, ...]:
    """The names that rows refer to and that nothing in their own spreadsheet bears."""
    asked = distinct(map(key_of, _references(snapshot)))
    return tuple(name for name in asked if not _is_at_home(name, snapshot.spreadsheet, part))


def _only(meant: Sequence[Item]) -> str:
    """The key of the one thing that is meant; "" where that is nothing, or more than one."""
    return meant[0].key if len(meant) == 1 else ""


def _is_at_home(name: str, spreadsheet: str, part: OwnPart) -> bool:
    bearers = (*part.bearers.by_id.get(name, ()), *part.bearers.by_text.get(name, ()))
    return any(item.cell.spreadsheet == spreadsheet for item in bearers)


def _references(snapshot: Snapshot) -> Iterator[str]:
    yield from (row.key_result for row in snapshot.check_ins)
    yield from (name for row in snapshot.initiatives for name in (*row.key_results, row.objective))
    yield from (row.about for row in snapshot.cycle if not isinstance(row, Coaching | Person))


def _by_key(rows: Iterable[tuple[str, Row]]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for key, row in rows:
        found.setdefault(key, []).append(row)
    return {key: tuple(those) for key, those in found.items()}
