"""The review of a period as a table, for spreadsheet programs: CSV and a workbook. Pure; texts are never formulas."""

import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from sync.domain.okr import Objective, Status
from sync.domain.scoring import rounded_score
from webapp.company.company import Company
from webapp.exports.csv import Field, table
from webapp.parts.learned import Learned, learned_of
from webapp.reader.reader import Reader

LONGEST_CELL = 32_767
LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def review_csv(company: Company, reader: Reader) -> str:
    """One row for each key result of the period, with its objective and what was learned."""
    return table(_header(reader), _rows(company, reader), reader)


def review_workbook(name: str, company: Company, reader: Reader) -> bytes:
    """The same as an .xlsx file, with one sheet of the period's name."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_title(name) or reader.words.gettext("Period review"))
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(_header(reader)):
            sheet.write_string(0, column, head, book.add_format({"bold": True}))
        for number, row in enumerate(_rows(company, reader), 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value[:LONGEST_CELL])
                elif value is not None:
                    sheet.write_number(number, column, float(value))
    return file.getvalue()


def _title(name: str) -> str:
    """A name as a sheet may be called."""
    return _NOT_IN_TITLES.sub("-", name).strip("' ")[:LONGEST_TITLE]


def _header(reader: Reader) -> Sequence[str]:
    gettext = reader.words.gettext
    return (
        *(gettext("Level"), gettext("Unit"), gettext("Objective ID"), gettext("Objective"), gettext("Owner")),
        *(gettext("Kind"), gettext("Score"), gettext("Key result"), gettext("Start"), gettext("Current")),
        *(gettext("Target"), gettext("Score of the key result"), gettext("Lesson"), gettext("Decision")),
        gettext("Comment"),
    )


def _rows(company: Company, reader: Reader) -> Iterator[Sequence[Field]]:
    for objective in company.alignment.objectives.values():
        if objective.status is not Status.DRAFT:
            yield from _of_objective(objective, company, reader)


def _of_objective(objective: Objective, company: Company, reader: Reader) -> Iterator[Sequence[Field]]:
    learned = learned_of(objective, company, reader)
    own = _said(found for found in learned if not found.about)
    head: Sequence[Field] = (
        reader.levels[objective.level] if objective.level else None,
        *(objective.unit, objective.id, objective.text, objective.owner, reader.kinds[objective.kind]),
        _score(objective.key, company),
    )
    yield (*head, *[None] * 5, *own)
    for part in company.key_results_of(objective.key):
        amounts = (part.start.text, part.current.text, part.target.text)
        said = _said(found for found in learned if found.about == part.text)
        yield (*head, part.text, *amounts, _score(part.key, company), *said)


def _score(key: str, company: Company) -> Decimal | None:
    value = company.score(key).value
    return None if value is None else rounded_score(value, 2)


def _said(found: Iterator[Learned]) -> tuple[str, str, str]:
    several = list(found)
    return (
        "\n".join(one.lesson for one in several if one.lesson),
        "\n".join(one.decision for one in several if one.decision),
        "\n".join(one.comment for one in several if one.comment),
    )
