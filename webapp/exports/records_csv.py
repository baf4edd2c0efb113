"""Initiatives and check-ins as CSV, written as the alignment is. Pure; nothing that is not for everyone is in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from sync.domain.okr import CheckIn, Initiative
from webapp.company.company import Company
from webapp.company.undertakings import is_late
from webapp.exports.csv import Field, amount_field, place, place_header, table
from webapp.reader.reader import Reader


def initiatives_csv(company: Company, reader: Reader, found: Iterable[Initiative] | None = None) -> str:
    """One row for each initiative: these, or all."""
    gettext = reader.words.gettext
    header = (
        *(gettext("Initiative ID"), gettext("Initiative"), gettext("Key result"), gettext("Objective")),
        *(gettext("Owner"), gettext("Begins"), gettext("Due"), gettext("Status"), gettext("Progress")),
        *(gettext("State"), gettext("Late")),
        *place_header(reader),
    )
    wanted = _of(company, company.initiatives) if found is None else found
    return table(header, (_initiative(one, company, reader) for one in wanted), reader)


def check_ins_csv(company: Company, reader: Reader) -> str:
    """One row for each check-in."""
    gettext = reader.words.gettext
    header = (
        *(gettext("Date"), gettext("Key result"), gettext("Value before"), gettext("Value"), gettext("Confidence")),
        *(gettext("Comment"), gettext("Obstacle"), gettext("Next step"), gettext("Author")),
        *place_header(reader),
    )
    return table(header, (_check_in(found, company, reader) for found in _of(company, company.check_ins)), reader)


T = TypeVar("T")


def _of(company: Company, records: Mapping[str, Sequence[T]]) -> Iterable[T]:
    """Each once, of those that belong to what the company holds in its periods, or to nothing that is known."""
    here = {"", *company.alignment.objectives}
    here |= {part.key for parts in company.alignment.key_results.values() for part in parts}
    return {id(found): found for key, several in records.items() if key in here for found in several}.values()


def _initiative(found: Initiative, company: Company, reader: Reader) -> Sequence[Field]:
    served = "; ".join(found.key_results)
    return (
        *(found.id, found.text, served, found.objective, found.owner, found.start, found.due, found.status),
        found.progress.number,
        reader.initiative_states[found.state] if found.state else None,
        reader.words.gettext("late") if is_late(found, company.today) else None,
        *place(found.cell, company),
    )


def _check_in(found: CheckIn, company: Company, reader: Reader) -> Sequence[Field]:
    return (
        *(found.date, found.key_result, amount_field(found.before, reader), amount_field(found.value, reader)),
        *(found.confidence, found.comment, found.obstacle, found.next_step, found.author),
        *place(found.cell, company),
    )
