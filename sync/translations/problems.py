"""What is told of a problem in a sheet: the sentence, the hint, and how bad it is."""

import re
from functools import cache
from string import Formatter

from sync.domain.catalogue import CATALOGUE, Severity
from sync.domain.catalogue.word_cells import REASONS
from sync.domain.languages import N_, Language
from sync.domain.problems import NUMBER_FACTS, WORD_FACTS, Problem
from sync.domain.rules.nearest import NONE, NOT_SEARCHED
from sync.translations import gettext, told

# Facts that are words of ours; N_ lets Babel find them.
_WORDS = (N_("company"), N_("department"), N_("individual"), NONE, NOT_SEARCHED, *REASONS)
_SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTICE: N_("notice")}
_NUMBER = re.compile(r"-?\d+\.\d+%?")


def message_of(problem: Problem, language: Language) -> str:
    """What is wrong, quoting the cell."""
    return told(CATALOGUE[problem.code].message, language, **_facts(problem, language))


def hint_of(problem: Problem, language: Language) -> str:
    """What to type or do instead."""
    return told(CATALOGUE[problem.code].hint, language, **_facts(problem, language))


def severity_word(severity: Severity, language: Language) -> str:
    """How bad it is, in a word."""
    return gettext(_SEVERITIES[severity], language)


def _facts(problem: Problem, language: Language) -> dict[str, str]:
    """The facts of a sentence; "…" for one that an earlier version, which kept the problem, did not have yet."""
    given = {name: _in_language(name, fact, language) for name, fact in problem.facts}
    return dict.fromkeys(_asked(problem.code), "…") | given


@cache
def _asked(code: str) -> tuple[str, ...]:
    """The facts that the sentences of a code name."""
    entry = CATALOGUE[code]
    return tuple(name for _, name, _, _ in Formatter().parse(entry.message + entry.hint) if name)


def _in_language(name: str, fact: str, language: Language) -> str:
    if name in WORD_FACTS and fact in _WORDS:
        return gettext(fact, language)
    if name in NUMBER_FACTS and language == "vi" and _NUMBER.fullmatch(fact):
        return fact.replace(".", ",")
    return fact
