"""What can be wrong where scores are written."""

from sync.domain.catalogue.entry import ERROR, NOTICE, WARNING, Entry
from sync.domain.languages import N_

SCORE_CELLS: dict[str, Entry] = {
    "score-differs": Entry(
        WARNING,
        N_("The score cell shows {held}, but the score is {ours}. It holds {what} and was left as it is."),
        N_("Correct whichever is wrong, the cell or the mapping. okr-sheets writes here only where the cell is empty."),
    ),
    "score-is-text": Entry(
        WARNING,
        N_("The score cell holds “{text}” as a text and was left as it is; the score is {ours}."),
        N_(
            "Empty the cell, and the score is written there as a number. Where the text is to stay, name another score column in the configuration."
        ),
    ),
    "score-left": Entry(
        WARNING,
        N_(
            "“{text}” has no score any more, but its score cell shows {held}, which okr-sheets does not know to be its own."
        ),
        N_("Clear the cell. Where the number is your own, keep it elsewhere: this column takes scores."),
    ),
    "scores-copied": Entry(
        NOTICE,
        N_("“{title}” is a copy of “{other}”: {count} scores that came along were replaced by its own."),
        N_("Nothing to do. The scores of “{other}” stay as they are."),
    ),
    "score-cell-shared": Entry(
        ERROR,
        N_("“{text}” and “{other}” have the same score cell; neither score was written."),
        N_("Name different score columns in the configuration."),
    ),
    "score-outside": Entry(
        ERROR,
        N_(
            "The scores of “{title}” are to go into column {column}, but the tab ends at column {last}; none is written there."
        ),
        N_("Add columns up to {column} (Insert → Columns), or name another score column in the configuration."),
    ),
    "score-is-source": Entry(
        ERROR,
        N_("The column “{header}” on “{title}” is read for “{field}”, so nothing can be written into it."),
        N_("Name another column in the configuration for what okr-sheets is to write, or leave it out."),
    ),
    "write-refused": Entry(
        ERROR,
        N_("Google refused to let us write into “{title}”; the scores are on the page only."),
        N_("Share the spreadsheet with okr-sheets as Editor, and let it edit protected ranges with score cells."),
    ),
    "score-merged": Entry(
        WARNING,
        N_("The score cell of “{text}” is covered by a merged cell; the score {ours} cannot be written."),
        N_("Unmerge the score column (Format → Merge cells → Unmerge)."),
    ),
}
