"""`make layouts`: how far inspect alone gets on the real layouts, its output used unedited.

Also with half of its words taken away, as in a language that it does not know. With names of layouts only those, with
their proposals.
"""

import sys
from collections import Counter
from itertools import chain

from sync.inspect.render import as_toml
from tests.support.calibration import Calibration, calibration, share_right
from tests.support.layout_cases import Layout, Outcome, is_silently_wrong, layout, layouts, tried
from tests.support.word_loss import half_of_the_words

SEEDS = range(8)


def verdict(outcome: Outcome) -> str:
    """Of a proposal that is used unedited. "asked" is wrong, and what led there was asked about."""
    if outcome.right:
        return "right"
    if outcome.refused:
        return "refused"
    return "silently wrong" if is_silently_wrong(outcome) else "asked"


def main() -> None:
    """Print the table."""
    named = sys.argv[1:]
    found = [layout(source) for source in layouts() if not named or source.name.startswith(tuple(named))]
    whole = {each.name: tried(each) for each in found}
    lost = {each.name: _without_half(each) for each in found}
    print(f"{'layout':38}{'all words':16}half of them gone, {len(SEEDS)} times")
    total: Counter[str] = Counter()
    for each in found:
        verdicts = Counter(map(verdict, lost[each.name]))
        total += verdicts
        print(f"{each.name:38}{verdict(whole[each.name]):16}{_listed(verdicts)}")
        if named:
            print(as_toml(whole[each.name].proposal, "en"), *whole[each.name].misses, sep="\n")
    mappable = [outcome for outcome in whole.values() if outcome.layout.should_map]
    print(f"{sum(outcome.right for outcome in mappable)} of {len(mappable)} mappable layouts fully right")
    print(f"with half of the words gone: {_listed(total)}")
    _print_calibration(calibration(whole.values(), chain(*lost.values())))


def _without_half(found: Layout) -> list[Outcome]:
    outcomes = []
    for seed in SEEDS if found.should_map else ():
        with half_of_the_words(seed):
            outcomes.append(tried(found))
    return outcomes


def _print_calibration(counts: Calibration) -> None:
    """Lines by stated certainty, against what was right: with all words, and with half of them gone."""
    print(f"\n{'lines':16}{'right':>8}{'wrong':>8}")
    for name, sure in (("sure", True), ("please check", False)):
        share = f"{100 * share_right(counts, sure=sure):6.1f} %"
        print(f"{name:16}{counts[sure, True]:8}{counts[sure, False]:8}{share}")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


if __name__ == "__main__":
    main()
