"""The golden tables: drawn in the tests that use them, and held against the shared ones where these are at hand."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared" / "golden"

Rows = list[dict[str, str]]


def drawn(table: str, fields: Sequence[str]) -> Rows:
    """A table out of lines whose cells `|` separates."""
    lines = table.strip().splitlines()
    return [dict(zip(fields, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines]


def shared(name: str, fields: Sequence[str]) -> Rows:
    """The same fields of a shared table; the test is skipped where no shared folder stands beside this checkout."""
    if not (SHARED / name).exists():
        pytest.skip("no shared folder beside this checkout")
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return [{field: row[field] for field in fields} for row in csv.DictReader(file)]
