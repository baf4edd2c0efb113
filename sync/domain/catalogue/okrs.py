"""What can be wrong with OKRs as OKRs: what belongs together, how it links, how many there are."""

from sync.domain.catalogue.entry import ERROR, NOTICE, WARNING, Entry
from sync.domain.languages import N_

OKRS: dict[str, Entry] = {
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
    "changed-after-closing": Entry(
        NOTICE,
        N_("“{text}” was changed after {period} was closed: {now} now, {then} when it was closed."),
        N_(
            "The result of {period} stays as it was. Where the change is right, run “okr-sheets close {period} --reopen”."
        ),
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
