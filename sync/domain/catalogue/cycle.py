"""The part of the catalogue that is about dates, check-ins, initiatives, and the records of `cycle_records`."""

from sync.domain.catalogue.entry import ERROR, WARNING, Entry
from sync.domain.languages import N_

CYCLE: dict[str, Entry] = {
    # Values
    "not-a-date": Entry(
        WARNING,
        N_("“{text}” is not a date ({field}), so it counts as none."),
        N_("Type a date such as {example}."),
    ),
    "day-missing": Entry(
        WARNING,
        N_("“{text}” names no day ({field}), so it counts as no date."),
        N_("Type the whole date, such as {example}."),
    ),
    "no-such-day": Entry(
        WARNING,
        N_("There is no day “{text}” ({field}), so it counts as no date."),
        N_("Type the day that is meant, such as {example}."),
    ),
    "not-a-share": Entry(
        WARNING,
        N_("“{text}” is no share from 0 to 100% ({field}), so this initiative has no progress."),
        N_("Type a percentage such as 40%, or let the configuration say what full progress is (progress_scale)."),
    ),
    "not-an-address": Entry(
        WARNING,
        N_("“{text}” is not an e-mail address ({field}), so this person cannot be known by it."),
        N_("Type one address, such as an@example.com."),
    ),
    "check-in-ahead": Entry(
        WARNING,
        N_("The day of this check-in, {day}, is still to come, so it does not count as one yet."),
        N_("Type the day on which it was made."),
    ),
    "check-in-too-early": Entry(
        WARNING,
        N_("The day of this check-in, {day}, is before {period} began ({first}), so it does not count as one."),
        N_("Type the day on which it was made, or name the key result of the period that is meant."),
    ),
    "thanks-ahead": Entry(
        WARNING,
        N_("The day of this recognition, {day}, is still to come, so it stands above all others until then."),
        N_("Type the day on which it was given."),
    ),
    # What records name
    "unknown-about": Entry(
        WARNING,
        N_("“{text}” is the ID or text of no objective or key result, so this row is shown beside none."),
        N_("Type the ID or the whole text of the objective or key result."),
    ),
    "unknown-about-unquoted": Entry(
        WARNING,
        N_("What this row is about is the ID or text of no objective or key result, or of several."),
        N_("Type the ID or the whole text of the objective or key result."),
    ),
    "ambiguous-about": Entry(
        WARNING,
        N_("“{text}” can mean {count} things: {cells}. This row is shown beside none of them."),
        N_(
            "Type the ID of the one that is meant. Where two periods use one ID, the date in this row, or the period of a review, says which is meant."
        ),
    ),
    # People
    "nobody-named": Entry(
        WARNING,
        N_("This row does not say for whom it is ({field})."),
        N_("Type the name, or several names with a comma between them."),
    ),
    "nobody-sees": Entry(
        WARNING,
        N_("This row does not say for whom it is ({field}), so nobody sees it."),
        N_("Type the name, or several names with a comma between them."),
    ),
    "two-addresses": Entry(
        WARNING,
        N_("“{text}” has another address here than in {other}, so neither is used."),
        N_("Correct one of them, or tell the two people apart by their names."),
    ),
    "unknown-person": Entry(
        WARNING,
        N_("“{text}” is the name or address of nobody who is known."),
        N_("Nearest: {nearest}. Type the name as the list of people writes it, or add the person to it."),
    ),
    "more-unknown-people": Entry(
        WARNING,
        N_("{count} more names are those of nobody who is known; this is the first of them."),
        N_("Most likely the list of people is not whole: add who is missing."),
    ),
    "unknown-involved": Entry(
        WARNING,
        N_("A name in this row is that of nobody who is known, so whoever is meant may not see it."),
        N_("Type every name as the list of people writes it, or add the person to it."),
    ),
    # Says no number: how many rows there are about a person is nobody else's business.
    "private-rows-gone": Entry(
        ERROR,
        N_("Most of the rows known on “{title}” are gone. Nothing was changed; the last good view is kept."),
        N_("Bring the rows back, or run “okr-sheets sync --accept” when this is meant."),
    ),
}
