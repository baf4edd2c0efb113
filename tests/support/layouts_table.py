"""`make layouts`: how far inspect alone gets on the real layouts, its output used unedited.

Imports each workbook into a local Sheets server, lets inspect propose, runs one pass with the proposal, and compares
every cell with what is expected. As a module it serves the test of the same.
"""

import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sync.cli import report
from sync.inspect import propose
from sync.inspect.render import as_toml
from tests.support.installation import Installation

LAYOUTS = Path(__file__).parents[3] / "shared" / "layouts"
TODAY = date(2026, 11, 21)

# "Cut first response to 2h": since this layout was described, a fall in words without a start has no score.
SINCE: dict[tuple[str, str], dict[str, Any]] = {
    ("20-en-horizontal-kr123", "E2"): {"score": None, "problem": "start-missing"},
    ("20-en-horizontal-kr123", "A2"): {"score": 0.8},
}

Cells = dict[str, dict[str, object]]


@dataclass(frozen=True)
class Result:
    """One layout: how much of what is expected came out; `strange` are cells or records that should not be there."""

    name: str
    should_map: bool
    refused: bool
    toml: str = ""
    key_results: tuple[int, int] = (0, 0)
    scores: tuple[int, int] = (0, 0)
    cells: tuple[int, int] = (0, 0)
    strange: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        if not self.should_map or self.refused:
            return self.refused is not self.should_map
        return not self.strange and all(
            found == wanted for found, wanted in (self.key_results, self.scores, self.cells)
        )

    @property
    def verdict(self) -> str:
        return "refused" if self.refused else "right" if self.right else "wrong"


def layouts() -> list[Path]:
    """The folders of the layouts, where they are."""
    return sorted(path.parent for path in LAYOUTS.glob("*/case.json"))


def try_layout(source: Path, folder: Path) -> Result:
    """Propose a mapping for one layout and run it."""
    case = json.loads((source / "case.json").read_text(encoding="utf-8"))
    with Installation(folder, locale=case["locale"]) as installation:
        workbook = shutil.copy(source / "workbook.xlsx", folder / f"{source.name}.xlsx")
        spreadsheet = installation.server.import_workbook(Path(workbook))
        proposal = propose(installation.client.read_book(spreadsheet), TODAY)
        if not proposal.drafts:
            return Result(source.name, case["should_map"], refused=True)
        toml = as_toml(proposal, "en")
        installation.configure(toml)
        before = installation.server.cells(spreadsheet)
        outcome = installation.sync(accept=True)
        after = installation.server.cells(spreadsheet)
        assert outcome.snapshot is not None
        shape = report.as_json(
            [outcome], report.company_problems([outcome.snapshot], whole=True), "en", with_writes=True
        )
        expected = [
            {**entry, **SINCE.get((source.name, entry["at"]), {})}
            for entry in json.loads((source / "expected.json").read_text(encoding="utf-8"))
        ]
        return _compared(
            source.name, case["should_map"], toml, expected, shape["spreadsheets"][0]["okrs"], before, after
        )


def _compared(
    name: str,
    should_map: bool,
    toml: str,
    expected: list[dict[str, Any]],
    okrs: list[dict[str, Any]],
    before: Cells,
    after: Cells,
) -> Result:
    found = {(okr["kind"], okr["tab"], okr["cell"], okr["text"]): okr for okr in okrs}
    names = {_name(entry): entry for entry in expected}
    scored = sum(_fits(entry, found[name]) for name, entry in names.items() if name in found)
    ours = [
        (entry["tab"], a1, [reading.get("cell_value") for reading in _readings(entry)])
        for entry in expected
        for a1 in ([entry["score_cell"], *entry.get("also", ())] if entry.get("score_cell") else [])
        if entry.get("cell_value") is not None and not entry.get("left_alone")
    ]
    landed = sum(after[tab].get(a1) in values or None in values for tab, a1, values in ours)
    mine = {(tab, a1) for tab, a1, _ in ours}
    touched = [
        f"{tab}!{a1}"
        for tab in after
        for a1 in {*before[tab], *after[tab]}
        if (tab, a1) not in mine and before[tab].get(a1) != after[tab].get(a1)
    ]
    extra = [f"{kind} {cell} {text[:30]}" for kind, _, cell, text in found.keys() - names.keys()]
    wanted = [key for key in names if key[0] == "key_result"]
    return Result(
        name,
        should_map,
        refused=False,
        toml=toml,
        key_results=(sum(key in found for key in wanted), len(wanted)),
        scores=(scored, len(names)),
        cells=(landed, len(ours)),
        strange=tuple(sorted([*touched, *extra])),
    )


def _name(entry: dict[str, Any]) -> tuple[str, str, str, str]:
    kind = "key_result" if entry["kind"] == "kr" else "objective"
    return kind, entry["tab"], entry["at"], entry["text"].strip()


def _readings(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry, {**entry, **entry["or"]}] if entry.get("ambiguous") else [entry]


def _fits(entry: dict[str, Any], found: dict[str, Any]) -> bool:
    return any((found["score"], found["problem"]) == (one["score"], one.get("problem")) for one in _readings(entry))


def main() -> None:
    """Print the table; with names of layouts, only those, and their proposals."""
    named = sys.argv[1:]
    print(f"{'layout':36}{'key results':>12}{'scores':>9}{'cells':>9}  {'others':9}{'edited':>7}  verdict")
    results = []
    for source in layouts():
        if named and not any(source.name.startswith(name) for name in named):
            continue
        with tempfile.TemporaryDirectory() as folder:
            result = try_layout(source, Path(folder))
        results.append(result)
        pairs = [f"{found}/{wanted}" for found, wanted in (result.key_results, result.scores, result.cells)]
        others = f"{len(result.strange)} touched" if result.strange else "untouched"
        print(f"{result.name:36}{pairs[0]:>12}{pairs[1]:>9}{pairs[2]:>9}  {others:9}{0:>7}  {result.verdict}")
        if named:
            print(result.toml, *result.strange, sep="\n")
    mappable = [result for result in results if result.should_map]
    print(f"{sum(result.right for result in mappable)} of {len(mappable)} mappable layouts fully right")


if __name__ == "__main__":
    main()
