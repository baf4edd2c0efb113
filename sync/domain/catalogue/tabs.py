"""What can be wrong with a tab as a whole, and with its headers."""

from sync.domain.catalogue.entry import ERROR, NOTICE, WARNING, Entry
from sync.domain.languages import N_

TABS: dict[str, Entry] = {
    # The tab as a whole
    "tab-missing": Entry(
        ERROR,
        N_("No tab is called “{title}”."),
        N_("Tabs here: {tabs}. Correct the title in the configuration, or bring the tab back."),
    ),
    "tab-empty": Entry(
        WARNING,
        N_("The tab “{title}” is empty."),
        N_("Put the header and the OKRs back, or take the tab out of the configuration."),
    ),
    "tab-renamed": Entry(
        NOTICE,
        N_("The tab “{old}” is now called “{title}”; it was followed."),
        N_("Write the new title into the configuration when you next edit it."),
    ),
    "tab-twice": Entry(
        ERROR,
        N_(
            "The tab “{title}” is read twice by the configuration ({titles}), so that everything would count twice. Nothing was changed; the last good view is kept."
        ),
        N_("Let one [[spreadsheet.tab]] alone fit this title, or give each of them columns or rows of its own."),
    ),
    "tab-emptied": Entry(
        ERROR,
        N_(
            "The tab “{title}” held {known} rows of OKRs and now holds none. Nothing was changed; the last good view is kept."
        ),
        N_("Bring the rows back (File → Version history), or run “okr-sheets sync --accept” when this is meant."),
    ),
    "rows-gone": Entry(
        ERROR,
        N_("{gone} of the {known} rows known on “{title}” are gone. Nothing was changed; the last good view is kept."),
        N_("Bring the rows back, or run “okr-sheets sync --accept” when this is meant."),
    ),
    "scores-leap": Entry(
        ERROR,
        N_(
            "{changed} of the {known} scores on “{title}” would change at once. Nothing was changed; the last good view is kept."
        ),
        N_(
            "See whether a column or the targets were changed by mistake; run “okr-sheets sync --accept” when this is meant."
        ),
    ),
    "first-contact": Entry(
        ERROR,
        N_(
            "Score cells on “{title}” hold other numbers than ours ({count} of them; the first shows {held}, ours is {ours}). Nothing was written on this tab."
        ),
        N_(
            "“okr-sheets sync --dry-run --accept” shows every change; “okr-sheets sync --accept” makes them, and the column is ours from then on."
        ),
    ),
    "tab-joined": Entry(
        WARNING,
        N_("“{title}” was left as it is, because its rows belong together with those of “{other}”."),
        N_("Mend “{other}” first."),
    ),
    "tab-protected": Entry(
        ERROR,
        N_("Score cells on “{title}” are protected and okr-sheets may not edit them: {ranges}."),
        N_("In Data → Protect sheets and ranges, let the account of okr-sheets edit {ranges}."),
    ),
    "rows-moved": Entry(
        WARNING,
        N_(
            "“{title}” kept changing while scores were being written. What was hit by mistake was put back; {count} scores wait."
        ),
        N_(
            "The next pass writes them. If this stays, a formula computes a current value from its own score: take that formula out."
        ),
    ),
    "write-unseen": Entry(
        WARNING,
        N_("The pass failed before {count} scores on “{title}” were seen to be written; they are on the page only."),
        N_("Nothing to do in the sheet: the next pass that gets through sees to it."),
    ),
    "put-back-by-hand": Entry(
        ERROR,
        N_(
            "Rows changed while scores were being written, and a score replaced “{lost}” on “{title}”, most likely in this cell. Nobody knows for certain which row it belongs to, so it was not put back."
        ),
        N_(
            "Type “{lost}” into this cell, or where it belongs; until then a score here waits. If it is not needed any more, run “okr-sheets sync --accept”."
        ),
    ),
    "columns-moved": Entry(
        ERROR,
        N_(
            "Columns moved while scores were being written, and Google never answered: a score may have replaced what this cell held: {lost}. Nothing is read or written on “{title}” until somebody has looked."
        ),
        N_(
            "Type {lost} (—: empty the cell) where the number in this cell is not yours. The tab goes on when all such cells are mended, or with “okr-sheets sync --accept”."
        ),
    ),
    # Headers
    "header-missing": Entry(
        ERROR,
        N_("No column on “{title}” has the header “{header}”."),
        N_(
            "Nearest: {nearest}. Where it most likely stood: {instead}. Columns that nothing is read from: {unused}. Bring the column back under its old name, or write its new one into the configuration."
        ),
    ),
    "column-outside": Entry(
        ERROR,
        N_("Column {column} of “{title}” is to be read, but the tab ends at column {last}."),
        N_("Name the column that is meant in the configuration; or bring the columns back, if some were deleted."),
    ),
    "label-missing": Entry(
        WARNING,
        N_("No cell above the table on “{title}” says “{label}”, so nothing is read behind it."),
        N_(
            "Write the label into the configuration as it stands in the sheet; optional = true says that some tabs are without it."
        ),
    ),
    "header-ambiguous": Entry(
        ERROR,
        N_("{count} columns on “{title}” have the header “{header}”: {cells}."),
        N_("Rename all but one, or say in the configuration which one counts (nth, under or column)."),
    ),
    "other-table": Entry(
        WARNING,
        N_("Another table seems to begin on “{title}” here (“{text}”); the rows below were not read."),
        N_(
            "Nothing to do if these are no OKRs. If they are, give them the same headers as the table that is read, or say in the configuration which of its columns may be missing (optional = true)."
        ),
    ),
    "total-row": Entry(
        NOTICE,
        N_("“{text}” was taken for a line of totals, not for an OKR."),
        N_("Nothing to do; if it is an OKR, give it a longer text."),
    ),
}
