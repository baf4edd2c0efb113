"""Real layouts, each with a hand-written configuration, against what is expected of them cell by cell.

The sheets themselves are third-party material and live outside the repository; where they are not there, these tests
are skipped. Their configurations are ours and are kept in `tests/reading/layouts`.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sync.cli import report
from sync.config.settings import load_config
from sync.domain.company import ALONE
from tests.support.installation import Installation
from tests.support.layout_cases import UNFILLED, Place, by_name, readings

HERE = Path(__file__).parent
LAYOUTS = HERE.parents[2] / "shared" / "layouts"
CONFIGS = sorted((HERE / "layouts").glob("*.toml"))

KINDS = {"kr": "key_result", "objective": "objective"}


pytestmark = pytest.mark.skipif(not LAYOUTS.is_dir(), reason=f"the layouts are not at {LAYOUTS}")


class Case:
    """One layout on a server of its own, after its first pass."""

    def __init__(self, folder: Path, config: Path) -> None:
        self.name = config.stem
        source = LAYOUTS / self.name
        self.expected: list[dict[str, Any]] = json.loads((source / "expected.json").read_text(encoding="utf-8"))
        case = json.loads((source / "case.json").read_text(encoding="utf-8"))
        self.installation = Installation(folder, locale=case["locale"])
        workbook = shutil.copy(source / "workbook.xlsx", folder / f"{self.name}.xlsx")
        self.installation.server.import_workbook(Path(workbook))
        self.installation.config = load_config(config, {})
        self.before = self.installation.server.cells(self.name)
        self.outcome = self.installation.sync(accept=True)
        self.after = self.installation.server.cells(self.name)

    def okrs(self) -> dict[tuple[str, Place, str], dict[str, Any]]:
        """What was understood, by kind and place."""
        assert self.outcome.snapshot is not None
        problems = report.company_problems([self.outcome.snapshot], ALONE, date.max, whole=True)
        shape = report.as_json([self.outcome], problems, "en", with_writes=True)
        okrs = shape["spreadsheets"][0]["okrs"]
        return by_name((okr["kind"], (okr["tab"], okr["cell"]), okr["text"], okr) for okr in okrs)

    def wanted(self) -> dict[tuple[str, Place, str], dict[str, Any]]:
        """What is expected, by the same names."""
        return by_name(
            (KINDS[entry["kind"]], (entry["tab"], entry["at"]), entry["text"].strip(), entry)
            for entry in self.expected
            if (self.name, entry["at"]) not in UNFILLED
        )


@pytest.fixture(scope="module", params=CONFIGS, ids=lambda config: config.stem)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    found = Case(tmp_path_factory.mktemp("layout"), request.param)
    with found.installation:
        yield found


def test_the_language_can_say_every_layout() -> None:
    cases = (json.loads(path.read_text(encoding="utf-8")) for path in LAYOUTS.glob("*/case.json"))
    assert {config.stem for config in CONFIGS} == {case["name"] for case in cases if case["should_map"]}


def test_every_objective_and_key_result_is_read_and_nothing_else(case: Case) -> None:
    assert case.okrs().keys() == case.wanted().keys()


def test_every_score_and_every_reason_for_none_is_as_the_policy_says(case: Case) -> None:
    okrs = case.okrs()
    for name, entry in case.wanted().items():
        found = okrs[name]
        said = {"problem": found["problem"]}  # where the expectation says nothing of it
        allowed = [(each["score"], each["problem"]) for reading in readings(entry) for each in [said | reading]]
        assert (found["score"], found["problem"]) in allowed, entry["at"]


def test_every_metric_is_recognised(case: Case) -> None:
    okrs = case.okrs()
    for name, entry in case.wanted().items():
        assert okrs[name]["metric"] == entry.get("metric", okrs[name]["metric"]), entry["at"]


def test_every_score_cell_holds_its_number_as_a_number(case: Case) -> None:
    for entry in case.wanted().values():
        values = [reading["cell_value"] for reading in readings(entry)]
        if entry["score_cell"] and not entry.get("left_alone") and None not in values:
            for a1 in [entry["score_cell"], *entry.get("also", ())]:
                held = case.after[entry["tab"]].get(a1)
                assert isinstance(held, int | float)
                assert held in values, a1


def test_every_other_cell_is_as_it_was(case: Case) -> None:
    ours = {
        (entry["tab"], a1)
        for entry in case.wanted().values()
        for a1 in [entry["score_cell"], *entry.get("also", ())]
        if entry["cell_value"] is not None and not entry.get("left_alone")
    }
    assert foreign(case.before, ours) == foreign(case.after, ours)


def foreign(cells: dict[str, dict[str, object]], ours: set[tuple[str, str]]) -> dict[tuple[str, str], object]:
    return {(tab, a1): value for tab, held in cells.items() for a1, value in held.items() if (tab, a1) not in ours}


def test_a_second_pass_writes_nothing_and_the_next_reads_once(case: Case) -> None:
    formulas = any(str(value).startswith("=") for cells in case.after.values() for value in cells.values())
    # Formulas that follow our scores change the sheet once more.
    assert case.installation.counted(case.installation.sync) in ([(1, 0), (2, 0)] if formulas else [(1, 0)])
    assert case.installation.counted(case.installation.sync) == (1, 0)


def test_the_configuration_is_short(case: Case) -> None:
    lines = (HERE / "layouts" / f"{case.name}.toml").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line and not line.startswith("#")]) <= 40
