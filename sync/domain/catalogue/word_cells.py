"""What can be wrong where words are written: band, pace, message, and the day of the last reading."""

from sync.domain.catalogue.entry import NOTICE, WARNING, Entry
from sync.domain.languages import N_

# Why nothing is written into a column.
MERGED = N_("merged cells cover its cells")
PROTECTED = N_("its cells are protected")
OUTSIDE = N_("the tab ends before it")
SHARED = N_("several rows or fields share its cells")
REASONS = (MERGED, PROTECTED, OUTSIDE, SHARED)

WORD_CELLS: dict[str, Entry] = {
    "words-kept": Entry(
        NOTICE,
        N_(
            "Under “{header}” on “{title}”, {count} cells hold something that okr-sheets did not write, first “{found}”. They were left as they are."
        ),
        N_("Empty these cells if okr-sheets may write there. Else nothing is to be done."),
    ),
    "words-unwritten": Entry(
        WARNING,
        N_("Under “{header}” on “{title}”, {count} cells were not written: {reason}."),
        N_("Let okr-sheets write there, or name another column in the configuration."),
    ),
}
