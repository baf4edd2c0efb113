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
    "period-without-year": Entry(
        WARNING,
        N_("“{period}” does not say of which year, so it is a period of its own beside “{other}”."),
        N_("Write the year, such as “{other}”, or tell its days in the configuration: [[period]]."),
    ),
    "earlier-parent": Entry(
        WARNING,
        N_("“{text}” supports “{parent}” of {period}, which is over by then."),
        N_("Name what it supports in its own period or a longer one around it; a copied tab still names the old one."),
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
        N_("Nearest: {nearest}. Type the ID or the whole text of the one that is meant."),
    ),
    "ambiguous-key-result": Entry(
        WARNING,
        N_("“{text}” can mean {count} things: {cells}. This check-in or initiative belongs to none of them."),
        N_(
            "Type the ID of the one that is meant. Where two periods use one ID, the date in this row says which is meant."
        ),
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
    # A good OKR: advice, which the configuration can switch off. What rests on wording only tells.
    "number-as-objective": Entry(
        NOTICE,
        N_("“{text}” is a number, not an objective: it says how much, and not where to or what for."),
        N_("Say in words what is to become of it, and make the number one of its key results."),
    ),
    "no-owner": Entry(
        WARNING,
        N_("Nobody is named who answers for “{text}”."),
        N_("Type one person's name into the owner's cell."),
    ),
    "too-few-key-results": Entry(
        NOTICE,
        N_("“{text}” has a single key result; OKR asks for 2 to 5."),
        N_("Ask what else would show that it is reached, such as quality beside quantity, and add it."),
    ),
    "too-many-key-results": Entry(
        WARNING,
        N_("“{text}” has {count} key results; OKR asks for 2 to 5."),
        N_("Keep those without which the objective is not reached; make the others initiatives or leave them out."),
    ),
    "no-number": Entry(
        WARNING,
        N_("“{text}” has no number to be reached, neither in its text nor as a target."),
        N_("Say how much: type a start and a target that can be measured."),
    ),
    "task-as-key-result": Entry(
        NOTICE,
        N_("“{text}” reads as a task: done or not, it does not say what comes of it."),
        N_("Write the result that it is done for, with a number, and keep the task as an initiative."),
    ),
    "reached-at-start": Entry(
        NOTICE,
        N_("The target {target} of “{text}” was reached at the start ({start})."),
        N_("Set a target beyond the start. If it is only to be kept, say so in the text, such as “keep”."),
    ),
    "repeats-parent": Entry(
        NOTICE,
        N_("“{text}” stands word for word under “{parent}” as well: handed down, not aligned."),
        N_("Write what you yourselves contribute to it, with a number of your own."),
    ),
    "no-initiative": Entry(
        NOTICE,
        N_("Half of the period has passed, and no initiative serves “{text}” yet."),
        N_("Write down what is done to reach it, by whom and until when, and name this key result beside it."),
    ),
}
