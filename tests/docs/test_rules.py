"""docs/rules.md lists every rule of a good OKR, with the severity that the catalogue gives it."""

import re
from pathlib import Path

from sync.domain.catalogue import CATALOGUE
from sync.domain.rules import ADVICE

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")


def test_every_rule_stands_in_the_table_with_its_severity() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (\w+) \| .+ \|$", PAGE, re.MULTILINE)
    assert rows == [(code, CATALOGUE[code].severity.value) for code in ADVICE]


def test_the_example_names_rules_that_there_are() -> None:
    [off] = re.findall(r"^off = \[(.+)\]$", PAGE, re.MULTILINE)
    assert set(re.findall(r'"([\w-]+)"', off)) <= set(ADVICE)
