"""The catalogue of everything that can be wrong in a sheet: severity, sentence and remedy by code."""

from dataclasses import dataclass
from enum import StrEnum

from sync.domain.languages import N_


class Severity(StrEnum):
    """An error keeps something from being read or written; a warning doubts it; a notice only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one code."""

    severity: Severity
    message: str
    hint: str


ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


CATALOGUE: dict[str, Entry] = {
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
    "header-ambiguous": Entry(
        ERROR,
        N_("{count} columns on “{title}” have the header “{header}”: {cells}."),
        N_("Rename all but one, or say in the configuration which one counts (nth, under or column)."),
    ),
    "other-table": Entry(
        WARNING,
        N_("Another table seems to begin on “{title}” here (“{text}”); the rows below were not read."),
        N_("Nothing to do if these are no OKRs. If they are, give them the same headers as the table above."),
    ),
    "total-row": Entry(
        NOTICE,
        N_("“{text}” was taken for a line of totals, not for an OKR."),
        N_("Nothing to do; if it is an OKR, give it a longer text."),
    ),
    # Rows
    "row-unreadable": Entry(
        WARNING,
        N_("The cell shows {text} ({field}), so nobody can tell which row this is; it was left out."),
        N_("Wait if it is still loading; otherwise mend the formula."),
    ),
    "id-merged": Entry(
        WARNING,
        N_("The ID “{text}” is merged over several key results; it was taken for the first one's only."),
        N_("Unmerge the ID's cell and give every key result an ID of its own."),
    ),
    # Values
    "not-a-number": Entry(
        ERROR,
        N_("“{text}” is not a number ({field})."),
        N_("Type a number such as {example}, or leave the cell empty while nothing is measured."),
    ),
    "lines-differ": Entry(
        ERROR,
        N_("The cell has another number of lines than there are key results beside it, {count} ({field})."),
        N_("Write one line for each key result, in their order, and “-” for one that has nothing."),
    ),
    "date-not-number": Entry(
        ERROR,
        N_("The cell holds the date {text}, not a number ({field})."),
        N_(
            "Sheets turns “3/5” into a date. Type '3/5 with the apostrophe, or a plain number, and choose Format → Number."
        ),
    ),
    "not-a-date": Entry(
        WARNING,
        N_("“{text}” is not a date ({field}), so it counts as older than all others."),
        N_("Type a date such as 2026-03-31."),
    ),
    "ambiguous-number": Entry(
        ERROR,
        N_("“{text}” can be read as {one} or as {other} ({field})."),
        N_("Type {one} or {other}, whichever is meant."),
    ),
    "cell-error": Entry(
        WARNING,
        N_("The cell shows {text} ({field}); the last good score is kept for a while."),
        N_("Wait if it is still loading; otherwise mend the formula."),
    ),
    "target-missing": Entry(
        ERROR,
        N_("“{text}” has a current value ({current}) but no target."),
        N_("Type the number to be reached into the target's cell."),
    ),
    "target-equals-start": Entry(
        ERROR,
        N_("Start and target of “{text}” are both {target}: there is no way to go."),
        N_("Correct the start or the target."),
    ),
    "start-missing": Entry(
        ERROR,
        N_("“{text}” seems meant to fall (target {target}), but has no start to fall from, so it has no score."),
        N_(
            "Type the value it began at. Or write the target as a limit, such as “≤ {target}”; or, where more is better, say so in a direction column (“increase”)."
        ),
    ),
    "unit-mismatch": Entry(
        ERROR,
        N_("“{one}” and “{other}” are in different units."),
        N_("Write both in the same unit."),
    ),
    "wrong-way": Entry(
        NOTICE,
        N_("“{text}” is moving the wrong way: from {start} to {current}, the target is {target}."),
        N_("The score is 0. Check the number if this surprises you."),
    ),
    "bad-weight": Entry(
        ERROR,
        N_("“{text}” is no weight; this key result does not count in its objective."),
        N_("Type a number from 0 up, such as 1 or 30%."),
    ),
    "no-weight": Entry(
        ERROR,
        N_("All key results of “{text}” have the weight 0."),
        N_("Give at least one of them a weight."),
    ),
    "weights-not-100": Entry(
        WARNING,
        N_("The weights under “{text}” add up to {sum}%."),
        N_("They were taken in proportion. Make them 100% if they are meant as percentages."),
    ),
    "unknown-objective": Entry(
        WARNING,
        N_("No objective has the ID “{text}”, so what this row says belongs to none."),
        N_("Type the ID of an objective, or leave the row out by skip in the configuration."),
    ),
    "ambiguous-objective": Entry(
        WARNING,
        N_("{count} objectives have the ID “{text}”: {cells}. What this row says belongs to none of them."),
        N_("Give each objective an ID of its own."),
    ),
    # Of what is not understood, what decides a score keeps it away; all else is doubted only.
    "unknown-word": Entry(
        WARNING,
        N_("“{text}” is not understood ({field})."),
        N_("Use one of: {known}. Or let the configuration say what it means: {line}, or another of {others}."),
    ),
    # Score cells
    "score-differs": Entry(
        WARNING,
        N_("The score cell shows {held}, but the score is {ours}. It holds {what} and was left as it is."),
        N_("Correct whichever is wrong, the cell or the mapping. okr-sheets writes here only where the cell is empty."),
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
        N_("The column “{header}” on “{title}” is read for “{field}”, so it cannot take scores."),
        N_("Name another score column in the configuration, or leave the score out."),
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
    # OKR rules
    "no-objective": Entry(
        ERROR,
        N_("The key result “{text}” belongs to no objective."),
        N_("Type the objective beside or above it{reference}."),
    ),
    "no-key-result": Entry(
        ERROR,
        N_("The objective “{text}” has no key result, so it has no score."),
        N_("Add 2 to 5 measurable key results."),
    ),
    "no-support": Entry(
        ERROR,
        N_("The score of “{text}” is to come from the objectives that support it, and there are none."),
        N_("Link objectives of the level below to it, or take its level out of roll_up in the configuration."),
    ),
    "duplicate": Entry(
        WARNING,
        N_("“{text}” stands twice: here and at {other}."),
        N_("Delete one of the two, or tell them apart by their text or ID."),
    ),
    "too-many-objectives": Entry(
        WARNING,
        N_("{unit} has {count} objectives{period}; OKR asks for 3 to 5."),
        N_("Keep the most important ones and move the others to the next period."),
    ),
    "unknown-parent": Entry(
        ERROR,
        N_("No objective or key result is called “{parent}”."),
        N_("Nearest: {nearest}. Type the ID or the whole text of the one that is meant."),
    ),
    "ambiguous-parent": Entry(
        ERROR,
        N_("“{parent}” can mean {count} things: {cells}."),
        N_("Type the ID of the one that is meant."),
    ),
    "unknown-key-result": Entry(
        WARNING,
        N_("“{text}” is the ID or text of no key result, so this check-in or initiative belongs to none."),
        N_("Type the ID or the whole text of the key result."),
    ),
    "ambiguous-key-result": Entry(
        WARNING,
        N_("“{text}” can mean {count} things: {cells}. This check-in or initiative belongs to none of them."),
        N_("Type the ID of the one that is meant."),
    ),
    "circular-parent": Entry(
        ERROR,
        N_("The links run in a circle: {path}."),
        N_("Remove one of these links; the topmost objective supports none of the others."),
    ),
    "skipped-level": Entry(
        WARNING,
        N_("“{text}” ({level}) is linked to “{parent}” ({parent_level}) and skips a level."),
        N_("Link it to an objective of the level right above, if there is one."),
    ),
    "orphan": Entry(
        WARNING,
        N_("“{text}” supports no objective of a higher level."),
        N_("Name the objective or key result that it supports."),
    ),
}
