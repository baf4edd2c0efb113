"""Initiatives and check-ins as CSV, written as the alignment is. Pure; nothing that is not for everyone is in it."""

from collections.abc import Sequence

from sync.domain.okr import CheckIn, Initiative
from webapp.company.company import Company
from webapp.exports.csv import Field, amount_field, place, place_header, table
from webapp.reader.reader import Reader


def initiatives_csv(company: Company, reader: Reader) -> str:
    """One row for each initiative, in the order of the sheets."""
    gettext = reader.words.gettext
    header = (
        *(gettext("Initiative ID"), gettext("Initiative"), gettext("Key result"), gettext("Objective")),
        *(gettext("Owner"), gettext("Begins"), gettext("Due"), gettext("Status"), gettext("Progress")),
        *place_header(reader),
    )
    found = (each for snapshot in company.snapshots.values() for each in snapshot.initiatives)
    return table(header, (_initiative(each, company) for each in found), reader)


def check_ins_csv(company: Company, reader: Reader) -> str:
    """One row for each check-in, in the order of the sheets."""
    gettext = reader.words.gettext
    header = (
        *(gettext("Date"), gettext("Key result"), gettext("Value before"), gettext("Value"), gettext("Confidence")),
        *(gettext("Comment"), gettext("Obstacle"), gettext("Next step"), gettext("Author")),
        *place_header(reader),
    )
    found = (each for snapshot in company.snapshots.values() for each in snapshot.check_ins)
    return table(header, (_check_in(each, company, reader) for each in found), reader)


def _initiative(found: Initiative, company: Company) -> Sequence[Field]:
    served = "; ".join(found.key_results)
    return (
        *(found.id, found.text, served, found.objective, found.owner, found.start, found.due, found.status),
        found.progress.number,
        *place(found.cell, company),
    )


def _check_in(found: CheckIn, company: Company, reader: Reader) -> Sequence[Field]:
    return (
        *(found.date, found.key_result, amount_field(found.before, reader), amount_field(found.value, reader)),
        *(found.confidence, found.comment, found.obstacle, found.next_step, found.author),
        *place(found.cell, company),
    )
