"""What a pass said: the problems of its view, and the key results in it."""

from typing import Any

from sync.domain.languages import LANGUAGES
from sync.domain.problems import Problem
from sync.passes.outcome import PassOutcome
from sync.translations.problems import hint_of, message_of


def codes(outcome: Any) -> list[str]:
    return [problem.code for problem in outcome.snapshot.problems]


def problems(outcome: PassOutcome) -> list[Problem]:
    assert outcome.snapshot is not None
    return list(outcome.snapshot.problems)


def texts(outcome: PassOutcome) -> list[str]:
    assert outcome.snapshot is not None
    return [found.text for found in outcome.snapshot.key_results]


def only(found: list[Problem], code: str, a1: str, quoted: str) -> Problem:
    """The one problem, which names its cell, quotes what stands there and says what to do, in both languages."""
    [problem] = found
    assert problem.code == code
    assert problem.cell is not None
    assert problem.cell.a1 == a1
    for language in LANGUAGES:
        assert quoted in message_of(problem, language)
        assert hint_of(problem, language)
        assert "{" not in message_of(problem, language) + hint_of(problem, language)
    assert message_of(problem, "vi") != message_of(problem, "en")
    return problem
