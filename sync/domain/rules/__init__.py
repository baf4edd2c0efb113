"""The OKR rules: what is wrong with a company's OKRs as OKRs. One small function a rule.

objectives   how many, of how many key results, whose, in what words
key_results  measured how, worded how, weighed how
links        references, circles, levels
planning     what is done for it
periods      names that can mean two, links into one that is over
scores       why something has no score
nearest      did you mean
wording      what a text says: a task, a number, a deadline; its words stand in words.toml
subjects     what rules look at

`check` looks at the whole company; `check_scores` says why a key result of one spreadsheet has no score. Drafts are
looked at as if they were active; `drafts` tells them apart afterwards.
Says nothing of structure and values (`reading` does) nor of cells (`writing` does). A rule never raises.
"""

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from sync.domain.alignment import Alignment
from sync.domain.problems import Problem
from sync.domain.rules.key_results import (
    no_number,
    reached_at_start,
    repeats_parent,
    task_as_key_result,
    weights_of_100,
)
from sync.domain.rules.links import (
    Unmatched,
    circular_parents,
    orphan,
    skipped_level,
    unmatched,
    unmatched_references,
    unresolved_reference,
)
from sync.domain.rules.objectives import (
    no_owner,
    number_as_objective,
    too_few_key_results,
    too_many_key_results,
    too_many_objectives,
    unmeasured_objectives,
)
from sync.domain.rules.periods import earlier_parent, period_without_year
from sync.domain.rules.planning import Plans, no_initiative
from sync.domain.rules.scores import check_scores
from sync.domain.scoring import Score

__all__ = [
    "ADVICE",
    "GOOD_OKR",
    "LINKS",
    "NO_INITIATIVE",
    "OF_PARENTS",
    "WITHIN_ONE",
    "Said",
    "Unmatched",
    "check",
    "check_scores",
    "said",
    "unmatched",
    "unmatched_references",
]

Rule = Callable[[Alignment], Iterator[Problem]]

LINKS: tuple[Rule, ...] = (unresolved_reference, circular_parents, earlier_parent, period_without_year)

# Advice by the code of its problem; the company may think otherwise and switch it off.
GOOD_OKR: dict[str, Rule] = {
    "too-many-objectives": too_many_objectives,
    "number-as-objective": number_as_objective,
    "no-owner": no_owner,
    "too-few-key-results": too_few_key_results,
    "too-many-key-results": too_many_key_results,
    "no-number": no_number,
    "task-as-key-result": task_as_key_result,
    "reached-at-start": reached_at_start,
    "weights-not-100": weights_of_100,
    "orphan": orphan,
    "skipped-level": skipped_level,
    "repeats-parent": repeats_parent,
}

# This one also looks at initiatives and at the day.
NO_INITIATIVE = "no-initiative"

# The codes of all that can be switched off.
ADVICE = (*GOOD_OKR, NO_INITIATIVE)

# Those that look at an objective and at the one that it supports, wherever that stands.
OF_PARENTS: tuple[Rule, ...] = (earlier_parent, skipped_level, repeats_parent)

# Those whose answer another spreadsheet can change.
RULES_OF_THE_WHOLE = frozenset({*LINKS, *OF_PARENTS})

# Those that look at one spreadsheet at a time: what they say of it is so whatever the others hold.
WITHIN_ONE = tuple(rule for rule in GOOD_OKR.values() if rule not in {*RULES_OF_THE_WHOLE, too_many_objectives})

Said = Mapping[Rule, Sequence[Problem]]


def said(rules: Iterable[Rule], okrs: Alignment) -> dict[Rule, list[Problem]]:
    """What each of some rules says. Those of WITHIN_ONE need no links."""
    return {rule: list(rule(okrs)) for rule in rules}


def check(
    alignment: Alignment,
    scores: Mapping[str, Score],
    *,
    whole: bool,
    off: Collection[str] = (),
    plans: Plans | None = None,
    known: Sequence[Said] = (),
) -> list[Problem]:
    """Every rule over the company, but for those of ADVICE that are switched `off`; `scores` by key. Without `plans`
    nobody is told that an initiative is missing.

    Unless the company is `whole`, a configured spreadsheet was never read. What may be right as soon as it is, such as
    a parent that is not known yet, is not told. `known` is what rules said already, of one spreadsheet
    after the other or of all: a rule that is named there is not asked again.
    """

    def of(rule: Rule) -> Iterable[Problem]:
        parts = [each[rule] for each in known if rule in each]
        return itertools.chain.from_iterable(parts) if parts else rule(alignment)

    found = list(unmeasured_objectives(alignment.objectives.values(), scores, whole))
    found += [problem for rule in LINKS if whole for problem in of(rule)]
    for code, rule in GOOD_OKR.items():
        if code not in off and (whole or rule not in RULES_OF_THE_WHOLE):
            found += of(rule)
    if whole and plans and NO_INITIATIVE not in off:
        found += no_initiative(alignment, scores, plans)
    return found
