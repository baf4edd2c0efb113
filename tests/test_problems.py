"""The catalogue: every code is used, every code that is used is there, and every sentence has its facts."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import sync
from sync.okr import CellRef
from sync.problems import CATALOGUE, LANGUAGES, LONGEST_QUOTE, Problem, Severity, in_need, problem, quote

SOURCES = sorted(Path(sync.__file__).parent.rglob("*.py"))
HERE = CellRef("book", 1, "OKR", 0, 0)


def calls() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Where a problem is made: place, code, and the names of its facts (None where they are passed on)."""
    for path in SOURCES:
        if "local_sheets" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("problem", "_problem") and isinstance(node.args[0].value, str):
                known = all(keyword.arg for keyword in node.keywords)
                facts = frozenset(keyword.arg for keyword in node.keywords if keyword.arg) if known else None
                yield f"{path.name}:{node.lineno}", node.args[0].value, facts


CALLS = list(calls())


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


def sentences(code: str, language: str) -> frozenset[str]:
    entry = CATALOGUE[code]
    return placeholders(entry.message[language]) | placeholders(entry.hint[language])  # type: ignore[index]


def test_every_code_in_the_catalogue_is_used_and_every_used_one_is_in_it() -> None:
    assert {code for _, code, _ in CALLS} == set(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_languages_say_the_same_facts(code: str) -> None:
    entry = CATALOGUE[code]
    assert placeholders(entry.message["vi"]) == placeholders(entry.message["en"])
    assert placeholders(entry.hint["vi"]) == placeholders(entry.hint["en"])
    assert set(entry.message) == set(entry.hint) == set(LANGUAGES)


@pytest.mark.parametrize(("place", "code", "facts"), CALLS, ids=[f"{place}-{code}" for place, code, _ in CALLS])
def test_whoever_tells_a_problem_gives_all_its_facts(place: str, code: str, facts: frozenset[str] | None) -> None:
    if facts is not None:
        assert sentences(code, "en") <= facts


@pytest.mark.parametrize("code", CATALOGUE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_whole_and_typeset(code: str, language: str) -> None:
    entry = CATALOGUE[code]
    for sentence in (entry.message[language], entry.hint[language]):  # type: ignore[index]
        assert sentence == sentence.strip()
        assert sentence.endswith(".")
        assert '"' not in sentence


def test_a_fact_with_braces_is_quoted_as_it_is() -> None:
    found = problem("tab-empty", HERE, title="{title} %s {0}")
    assert found.message("en") == "The tab “{title} %s {0}” is empty."


def test_a_long_text_is_cut_for_quoting_and_put_on_one_line() -> None:
    assert quote("a\n  b\tc") == "a b c"
    assert len(quote("x" * 500)) == LONGEST_QUOTE
    assert quote("x" * LONGEST_QUOTE) == "x" * LONGEST_QUOTE


def test_equal_problems_are_one() -> None:
    assert len({problem("tab-empty", HERE, title="A"), problem("tab-empty", HERE, title="A")}) == 1


def test_notices_need_nobody() -> None:
    found = [problem("tab-renamed", HERE, old="A", title="B"), problem("tab-empty", HERE, title="A")]
    assert [item.code for item in in_need(found)] == ["tab-empty"]
    assert Problem("wrong-way", HERE).severity is Severity.NOTICE
