"""The alignment and the problems as CSV, for spreadsheet programs. Pure; texts are as people wrote them.

A spreadsheet program computes what looks like a formula, so every text is made one that does not. It reads numbers
and separators as its user's country writes them, so a Vietnamese reader gets commas in numbers and semicolons between
fields. Scripts are better served with the JSON.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from sync.domain.cells import CellRef
from sync.domain.okr import Amount, KeyResult, Objective
from sync.domain.pace import Projection
from sync.domain.scoring import Score, rounded_score
from sync.domain.standing import standing
from sync.translations.problems import hint_of, message_of
from webapp.company.company import Company
from webapp.company.problems import CompanyProblem
from webapp.company.trend import Histories, no_histories, projections
from webapp.parts.cells import cell_link
from webapp.reader.reader import Reader
from webapp.security import visible

# Without this mark Excel takes UTF-8 for the letters of another century.
BYTE_ORDER_MARK = "\ufeff"
BEGIN_OF_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*%?")
MOST_PLACES = 30

Field = str | Decimal | None


def alignment_csv(company: Company, reader: Reader, histories: Histories = no_histories) -> str:
    """One row for each key result, with its objective; objectives and key results that stand alone have one too. All
    histories are asked for at once.
    """
    header = (*_objective_header(reader), *_key_result_header(reader), *place_header(reader), *_pace_header(reader))
    return table(header, _alignment_rows(company, reader, projections(company, histories)), reader)


def problems_csv(problems: Iterable[CompanyProblem], company: Company, reader: Reader) -> str:
    """One row for each of these problems; those of a draft name it."""
    gettext = reader.words.gettext
    header = (gettext("Severity"), gettext("Problem"), gettext("What to do"), *place_header(reader), gettext("Code"))
    header += (gettext("Draft"),)
    return table(header, (_problem_row(found, company, reader) for found in problems), reader)


def _objective_header(reader: Reader) -> Sequence[str]:
    gettext = reader.words.gettext
    return (
        gettext("Level"),
        gettext("Unit"),
        gettext("Period"),
        gettext("Objective ID"),
        gettext("Objective"),
        gettext("Owner"),
        gettext("Status"),
        gettext("Kind"),
        gettext("Weight"),
        gettext("Score"),
        gettext("Supports"),
    )


def _key_result_header(reader: Reader) -> Sequence[str]:
    gettext = reader.words.gettext
    return (
        gettext("Key result ID"),
        gettext("Key result"),
        gettext("Owner of the key result"),
        gettext("Start"),
        gettext("Current"),
        gettext("Target"),
        gettext("Measure"),
        gettext("Weight of the key result"),
        gettext("Confidence"),
        gettext("Score of the key result"),
        gettext("Band"),
        gettext("Why no score"),
        gettext("Due"),
    )


def _pace_header(reader: Reader) -> Sequence[str]:
    gettext = reader.words.gettext
    return (
        gettext("Pace"),
        gettext("Pace of the key result"),
        gettext("Projected score"),
        gettext("Projected score of the key result"),
    )


def place_header(reader: Reader) -> Sequence[str]:
    gettext = reader.words.gettext
    return (gettext("Spreadsheet"), gettext("Cell"), gettext("Link"))


def _alignment_rows(company: Company, reader: Reader, ends: Mapping[str, Projection]) -> Iterator[Sequence[Field]]:
    for objective in company.alignment.objectives.values():
        about, pace = _objective_fields(objective, company, reader), _pace(objective.key, company, reader)
        end = _end(objective.key, ends)
        key_results = company.key_results_of(objective.key)
        for part in key_results:
            fields = _key_result_fields(part, company, reader)
            yield (*about, *fields, pace, _pace(part.key, company, reader), end, _end(part.key, ends))
        if not key_results:
            verdict, where = _verdict(company.score(objective.key), reader), place(objective.cell, company)
            yield (*about, *[None] * 10, *verdict, None, *where, pace, None, end, None)
    for stray in company.key_results_of(""):
        yield (*[None] * 11, *_key_result_fields(stray, company, reader), *[None] * 4)


def _objective_fields(objective: Objective, company: Company, reader: Reader) -> Sequence[Field]:
    parent = company.alignment.parents.get(objective.key)
    return (
        reader.levels[objective.level] if objective.level else None,
        *(objective.unit, objective.period, objective.id, objective.text, objective.owner),
        *(reader.statuses[objective.status], reader.kinds[objective.kind], objective.weight),
        _places(company.score(objective.key)),
        company.objective(parent.objective).text if parent else None,
    )


def _key_result_fields(key_result: KeyResult, company: Company, reader: Reader) -> Sequence[Field]:
    score = company.score(key_result.key)
    return (
        *(key_result.id, key_result.text, key_result.owner),
        *(amount_field(amount, reader) for amount in (key_result.start, key_result.current, key_result.target)),
        *(key_result.measure, key_result.weight, key_result.confidence, _places(score)),
        *_verdict(score, reader),
        key_result.due,
        *place(key_result.cell, company),
    )


def _pace(key: str, company: Company, reader: Reader) -> Field:
    found = standing(key, company)
    return reader.pace_words[found.pace] if found else None


def _end(key: str, ends: Mapping[str, Projection]) -> Field:
    """The score at the end of the period, at the speed of the last weeks."""
    return rounded_score(ends[key].value, 4) if key in ends else None


def _verdict(score: Score, reader: Reader) -> Sequence[Field]:
    if score.value is None:
        return (None, reader.reasons.get(score.problem, score.problem))
    return (reader.band_words[reader.bands.of(score.value)], None)


def _problem_row(found: CompanyProblem, company: Company, reader: Reader) -> Sequence[Field]:
    problem, language = found.problem, reader.language
    snapshot = company.snapshots.get(found.spreadsheet)
    where = place(problem.cell, company) if problem.cell else (snapshot.title if snapshot else None, None, None)
    said = (reader.severities[problem.severity], message_of(problem, language), hint_of(problem, language))
    return (*said, *where, problem.code, company.objective(found.draft).text if found.draft else None)


def place(cell: CellRef, company: Company) -> Sequence[Field]:
    """Title of the spreadsheet, the cell by name, and where it can be opened."""
    snapshot = company.snapshots.get(cell.spreadsheet)
    link = cell_link(cell, company.snapshots)
    return (snapshot.title if snapshot else None, str(cell), link.url if link else None)


def amount_field(amount: Amount, reader: Reader) -> Field:
    """The number where the cell holds nothing but one; else what stands in the cell."""
    if amount.number is None or amount.limit or amount.upper is not None:
        return amount.text
    return reader.formats.amount(amount) if amount.unit == "%" else amount.number


def _places(score: Score) -> Decimal | None:
    return None if score.value is None else rounded_score(score.value, 4)


def table(header: Sequence[str], rows: Iterable[Sequence[Field]], reader: Reader) -> str:
    vietnamese = reader.language == "vi"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if vietnamese else ",", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([_field(field, "," if vietnamese else ".") for field in row] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()


def _field(field: Field, point: str) -> str:
    if isinstance(field, Decimal):
        return _plain(field).replace(".", point)
    return harmless(field or "")


def _plain(number: Decimal) -> str:
    """Digits alone, with a point; numbers of monstrous size as powers of ten."""
    return f"{number:f}" if abs(number.adjusted()) < MOST_PLACES else f"{number:e}"


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet program might compute it; a number is left alone.

    Full-width signs count too, and so does what stands behind blanks and marks that cannot be seen.
    """
    shown = str(visible(text))
    plain = unicodedata.normalize("NFKC", shown).lstrip(" \u200b\ufeff")
    return f"'{shown}" if plain.startswith(BEGIN_OF_FORMULA) and not NUMBER.fullmatch(shown) else shown
