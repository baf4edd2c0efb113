"""docs/reliability.md keeps its word: every promise names tests, and every test that it names is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def defined_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_test_that_is_named_exists() -> None:
    defined = {path: defined_in(ROOT / path) for path, _ in NAMED}
    assert [f"{path}::{test}" for path, test in NAMED if test not in defined[path]] == []


@pytest.mark.parametrize("number", range(1, 11))
def test_every_promise_names_its_tests(number: int) -> None:
    [section] = re.findall(rf"^### P{number} .*?(?=^##)", PAGE, re.MULTILINE | re.DOTALL)
    assert re.search(r"^- `tests/", section, re.MULTILINE)


def test_every_test_of_this_package_is_named() -> None:
    """But for the tests of the tests."""
    here = [path for path in sorted(Path(__file__).parent.glob("test_*.py")) if path != Path(__file__)]
    found = {(path.relative_to(ROOT).as_posix(), test) for path in here for test in defined_in(path)}
    assert {test for path, test in found if (path, test) not in NAMED} == {"test_the_run_was_worth_its_name"}


def test_every_long_run_is_a_target() -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in re.findall(r"^make (\w+)$", PAGE, re.MULTILINE):
        assert re.search(rf"^{line}:", targets, re.MULTILINE)
