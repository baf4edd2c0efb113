"""What can be wrong with rows, and with what stands in their cells."""

from sync.domain.catalogue.entry import ERROR, NOTICE, WARNING, Entry
from sync.domain.languages import N_

VALUES: dict[str, Entry] = {
    "values-left-over": Entry(
        WARNING,
        N_("“{title}” still has current values of “{other}”, from which it was copied: {cells}."),
        N_("Empty these cells, or type what was measured in the new period; write where it begins as the start."),
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
    "numbers-below": Entry(
        WARNING,
        N_("“{text}” is merged over this row too, so its target {target} and current value {current} are not read."),
        N_("Unmerge the key result, and give every row that is measured a text of its own."),
    ),
    "numbers-unnamed": Entry(
        WARNING,
        N_("No key result stands beside the target {target} and the current value {current}, so they are not read."),
        N_(
            "Type the key result here, or move the numbers to the row in which they belong. Where they are no key result, such as a sum, leave the row out by skip in the configuration."
        ),
    ),
    # Values
    "not-a-number": Entry(
        ERROR,
        N_("“{text}” is not a number ({field})."),
        N_("Type a number such as {example}, or leave the cell empty while nothing is measured."),
    ),
    "not-yes-or-no": Entry(
        ERROR,
        N_("“{text}” says neither yes nor no ({field})."),
        N_("Type “Yes” or “No”, ✓ or ✗, or 1 or 0; or leave the cell empty while nothing is known."),
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
            "Sheets turns “3/5” into a date. Type '3/5 with the apostrophe, or a plain number, and choose Format → Number. Where a day is to be kept, type it into a column of due dates, and “Yes” as the target."
        ),
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
            "Type the value it began at: 0 where the numbers are changes, such as -10%. Or write the target as a limit, such as “≤ {target}”; or, where more is better, say so in a direction column (“increase”)."
        ),
    ),
    "unit-mismatch": Entry(
        ERROR,
        N_("“{one}” and “{other}” are in different units."),
        N_("Write both in the same unit, with the same words of size."),
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
    "weight-missing": Entry(
        ERROR,
        N_(
            "“{text}” has no weight beside others that are percentages, so nobody knows how much it counts in “{objective}”."
        ),
        N_(
            "Type its weight, such as what is left of 100%, or 0% where it is not to count. “{objective}” has no score until then."
        ),
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
}
