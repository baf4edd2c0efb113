"""The catalogue of everything that can be wrong in a sheet: severity, sentence and remedy by code.

entry        what is said of one code
tabs         a tab as a whole, and its headers
values       rows, and what stands in their cells
score_cells  where scores are written
word_cells   where words are written
okrs         OKRs as OKRs
cycle        dates, check-ins, initiatives, and what teams write around their OKRs

Says what is told, not when: whoever finds a problem names its code.
"""

from sync.domain.catalogue.cycle import CYCLE
from sync.domain.catalogue.entry import Entry, Severity
from sync.domain.catalogue.okrs import OKRS
from sync.domain.catalogue.score_cells import SCORE_CELLS
from sync.domain.catalogue.tabs import TABS
from sync.domain.catalogue.values import VALUES
from sync.domain.catalogue.word_cells import WORD_CELLS

__all__ = ["ABOUT_OKRS", "BESIDE_ROWS", "CATALOGUE", "Entry", "Severity"]

CATALOGUE: dict[str, Entry] = TABS | VALUES | SCORE_CELLS | WORD_CELLS | OKRS | CYCLE

# What a person says in a sheet, as against what became of a tab and of its scores.
ABOUT_OKRS = frozenset(VALUES | OKRS)

# What may be told in a cell beside the row that it is about. Never what is told of these very cells.
BESIDE_ROWS = (
    ABOUT_OKRS
    | frozenset(CYCLE)
    | {
        "score-differs",
        "score-is-text",
        "score-left",
        "score-merged",
        "score-cell-shared",
    }
)
