"""What the columns for words say of an objective or key result: its band, its pace, what to mend, and the day. Pure.

A text of ours quotes no cell of another tab: who may see one tab may not see the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sync.domain.alignment import Alignment
from sync.domain.catalogue import BESIDE_ROWS, Severity
from sync.domain.cells import CellRef, column_letters
from sync.domain.company import CompanySettings
from sync.domain.concerning import Concerned, concerning
from sync.domain.grid import Field
from sync.domain.languages import N_, Language
from sync.domain.okr import KeyResult, Objective
from sync.domain.pace import PacePolicy
from sync.domain.periods import Span
from sync.domain.problems import Problem, quote
from sync.domain.scoring import Score
from sync.domain.standing import running_periods, standing
from sync.passes.closed import Okrs
from sync.translations import told
from sync.translations.problems import hint_of, message_of
from sync.translations.terms import band_words, pace_words

LONGEST = 500
LONGEST_COUNT = len("\n… (+999)")

NO_SCORE = Score()
Item = Objective | KeyResult

# What a cell is to hold: words, "" for none, a day; None: it stays as it is.
Said = str | date | None


@dataclass(frozen=True)
class _Okrs:
    """What is asked for the pace of something."""

    alignment: Alignment
    key_results: Mapping[str, KeyResult]
    running: Mapping[str, Span]
    today: date
    pace: PacePolicy
    scores: Mapping[str, Score]

    def score(self, key: str) -> Score:
        return self.scores.get(key, NO_SCORE)

    def key_results_of(self, objective: str) -> tuple[KeyResult, ...]:
        return self.alignment.key_results.get(objective, ())


class Wording:
    """What is said on a day in a language. `problems` are all that were found in the spreadsheet."""

    def __init__(
        self,
        okrs: Okrs,
        scores: Mapping[str, Score],
        problems: Iterable[Problem],
        company: CompanySettings,
        today: date,
        language: Language,
    ) -> None:
        self.scores, self.company, self.today, self.language = scores, company, today, language
        self.items: dict[str, Item] = {found.key: found for found in okrs.objectives}
        self.items |= {found.key: found for found in okrs.key_results}
        self._okrs = okrs
        self._problems = [found for found in dict.fromkeys(problems) if _is_told_beside_rows(found)]
        self._bands, self._paces = band_words(language), pace_words(language)

    def of(self, item: Item, field: Field, cell: CellRef, *, whole_row: bool = False) -> Said:
        """What a cell is to hold. `whole_row`: what is wrong in the row with something else is told here too."""
        if field == "message":
            return self._message(item, cell, whole_row=whole_row)
        if self.scores.get(item.key, NO_SCORE).stale:
            return None
        if field == "checked":
            return None if any(found.severity is Severity.ERROR for found in self._about(item)) else self.today
        return self._band(item) if field == "band" else self._pace(item)

    def _band(self, item: Item) -> str:
        value = self.scores.get(item.key, NO_SCORE).value
        return "" if value is None else self._bands[self.company.bands.of(value)]

    def _pace(self, item: Item) -> str:
        found = standing(item.key, self._under_way)
        return "" if found is None else self._paces[found.pace]

    @cached_property
    def _under_way(self) -> _Okrs:
        key_results: dict[str, list[KeyResult]] = {}
        for found in self._okrs.key_results:
            key_results.setdefault(found.objective, []).append(found)
        objectives = {found.key: found for found in self._okrs.objectives}
        alignment = Alignment(objectives, {key: tuple(found) for key, found in key_results.items()})
        calendar, names = self.company.calendar, {found.period for found in self._okrs.objectives}
        running = running_periods(names, calendar, self.today, {})
        by_key = {found.key: found for found in self._okrs.key_results}
        return _Okrs(alignment, by_key, running, self.today, self.company.pace, self.scores)

    # What to mend

    def _message(self, item: Item, cell: CellRef, *, whole_row: bool) -> str:
        beside = self._in_rows.get((cell.sheet_id, cell.row), ()) if whole_row else ()
        found = dict.fromkeys([*self._about(item), *beside])
        return fitted(list(dict.fromkeys(self._sentence(each, cell) for each in found)))

    def _about(self, item: Item) -> Sequence[Problem]:
        return self._concerning.get(item.key, ())

    def _sentence(self, found: Problem, cell: CellRef) -> str:
        where = found.cell
        assert where is not None  # what is told beside rows has a cell
        if where.sheet_id != cell.sheet_id or self._quotes_another_tab(found, cell.sheet_id):
            return told(N_("Something is to be mended at {cell}."), self.language, cell=where)
        place = column_letters(where.column) if where.row == cell.row else where.a1
        return f"{place}: {message_of(found, self.language)} {hint_of(found, self.language)}"

    def _quotes_another_tab(self, found: Problem, sheet_id: int) -> bool:
        facts = (fact for _, fact in found.facts)
        return any(fact in self._texts and sheet_id not in self._texts[fact] for fact in facts)

    @cached_property
    def _texts(self) -> Mapping[str, set[int]]:
        """The tabs on which each text stands, as it is quoted."""
        found: dict[str, set[int]] = {}
        for item in self.items.values():
            found.setdefault(quote(item.text), set()).add(item.cell.sheet_id)
        return found

    @cached_property
    def _concerning(self) -> Mapping[str, Sequence[Problem]]:
        return concerning(Concerned(self.items.values(), self._problems), self._problems)

    @cached_property
    def _in_rows(self) -> Mapping[tuple[int, int], Sequence[Problem]]:
        found: dict[tuple[int, int], list[Problem]] = {}
        for each, cell in _placed(self._problems):
            found.setdefault((cell.sheet_id, cell.row), []).append(each)
        return found


def _placed(problems: Iterable[Problem]) -> Iterator[tuple[Problem, CellRef]]:
    return ((found, found.cell) for found in problems if found.cell is not None)


def _is_told_beside_rows(found: Problem) -> bool:
    return found.code in BESIDE_ROWS and found.severity is not Severity.NOTICE and found.cell is not None


def day_as_text(day: date, language: Language) -> str:
    """A day in a cell that is not formatted as a date."""
    return f"{day:%d/%m/%Y}" if language == "vi" else day.isoformat()


def fitted(sentences: Sequence[str]) -> str:
    """One to a line, as many as a cell should hold; those that are left out are counted."""
    shown: list[str] = []
    for sentence in sentences:
        if len("\n".join([*shown, sentence])) > LONGEST - LONGEST_COUNT:
            break
        shown.append(sentence)
    if sentences and not shown:
        shown.append(sentences[0][: LONGEST - LONGEST_COUNT - 1] + "…")
    left = len(sentences) - len(shown)
    return "\n".join(shown) + (f"\n… (+{left})" if left else "")
