"""The catalogue of problems: every code is used, every code that is used is there, and every sentence has its facts."""

import ast
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import sync
from sync.config.mapping import TabMapping
from sync.domain.catalogue import CATALOGUE, Severity
from sync.domain.cells import CellRef
from sync.domain.languages import LANGUAGES, Language
from sync.domain.problems import LONGEST_QUOTE, Problem, in_need, problem, quote
from sync.domain.rules import check_scores
from sync.domain.scoring import score_okrs
from sync.reading import read_book
from sync.translations import gettext
from sync.translations.problems import message_of
from tests.support.grids import book, grid, mapping

SOURCES = sorted(Path(sync.__file__).parent.rglob("*.py"))
HERE = CellRef("book", 1, "OKR", 0, 0)


def calls() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Where a problem is made: place, code, and the names of its facts (None where they are passed on)."""
    for path in SOURCES:
        if "local_sheets" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        # Each of the test workers collects this; most of the modules need not be parsed for it.
        for node in ast.walk(ast.parse(text)) if "problem(" in text else ():
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("problem", "_problem", "tab_problem") and isinstance(node.args[0].value, str):
                known = all(keyword.arg for keyword in node.keywords)
                facts = frozenset(keyword.arg for keyword in node.keywords if keyword.arg) if known else None
                facts = facts | {"title"} if facts is not None and name == "tab_problem" else facts
                yield f"{path.name}:{node.lineno}", node.args[0].value, facts


CALLS = list(calls())


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


def sentences(code: str) -> frozenset[str]:
    entry = CATALOGUE[code]
    return placeholders(entry.message) | placeholders(entry.hint)


def test_every_code_in_the_catalogue_is_used_and_every_used_one_is_in_it() -> None:
    assert {code for _, code, _ in CALLS} == set(CATALOGUE)


def test_whoever_tells_a_problem_gives_all_its_facts() -> None:
    lacking = [(place, code) for place, code, facts in CALLS if facts is not None and not sentences(code) <= facts]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_whole_and_typeset(language: Language) -> None:
    found = [gettext(said, language) for entry in CATALOGUE.values() for said in (entry.message, entry.hint)]
    assert [said for said in found if said != said.strip() or not said.endswith(".") or '"' in said] == []


def test_a_fact_with_braces_is_quoted_as_it_is() -> None:
    found = problem("tab-empty", HERE, title="{title} %s {0}")
    assert message_of(found, "en") == "The tab “{title} %s {0}” is empty."


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


# What a constant may hold that is wrong wherever it is read.
WRONG = ["1.500", "lạ", "#REF!", "32/13", "-1", "NaN"]
OBJECTIVE_FIELDS = ("id", "level", "unit", "owner", "period", "status", "kind", "weight", "parent", "related")
KEY_RESULT_FIELDS = (
    "id",
    "objective",
    "start",
    "target",
    "current",
    "progress",
    "metric",
    "direction",
    "weight",
    "date",
)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        *(("objective", field) for field in OBJECTIVE_FIELDS),
        *(("key_result", field) for field in KEY_RESULT_FIELDS),
        ("key_result", "due"),
        ("key_result", "decision"),
        *(("check_in", field) for field in ("date", "value", "before", "confidence")),
        *(("initiative", field) for field in ("start", "due", "status", "progress")),
        *(("review", field) for field in ("date", "decision")),
        *((kind, field) for kind in ("recognition", "feedback") for field in ("receiver", "giver", "date")),
        *(("coaching", field) for field in ("person", "coach", "date", "due", "status")),
        ("person", "email"),
    ],
)
def test_every_problem_names_a_cell_even_where_a_constant_is_wrong(record: str, field: str) -> None:
    by = tomllib.loads("""
        objective = { text = "O" }
        key_result = { text = "KR", target = "Đích", current = "Nay", rows = "latest" }
        check_in = { key_result = "KR", date = "Nay", value = "Nay" }
        initiative = { text = "KR" }
        review = { about = "KR" }
        recognition = { text = "KR", receiver = "O" }
        feedback = { text = "KR", receiver = "O" }
        coaching = { topic = "KR", person = "O" }
        person = { name = "O" }
    """)
    by[record][field] = {"tab_title": True}
    for wrong in WRONG:
        reading = read_book(book(grid("O | KR | Đích | Nay\no | a | 10 | 5", wrong)), [TabMapping(title=wrong, **by)])
        scores = score_okrs(reading.objectives, reading.key_results, {})
        problems = [*reading.problems, *check_scores(reading.key_results, reading.objectives, scores)]
        assert [found.code for found in problems if found.cell is None] == [], wrong


def test_a_tab_that_is_not_there_is_named() -> None:
    found = read_book(book(grid("O | KR\no | a")), [mapping('title = "OKR Q9"\nobjective.text = "O"')]).problems
    assert [(each.code, each.tab) for each in found] == [("tab-missing", "OKR Q9")]
