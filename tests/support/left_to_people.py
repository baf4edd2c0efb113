"""What a pass leaves to a person to put back, and a person who does what it says."""

from typing import Any

from sync.passes.outcome import PassOutcome
from tests.support.installation import Installation


def told(outcome: PassOutcome) -> list[tuple[str, str, str]]:
    """What is left to a person: the problem, its cell, and what stood there."""
    found = outcome.snapshot.problems if outcome.snapshot else ()
    left = [each for each in found if each.code in ("put-back-by-hand", "columns-moved")]
    return [(each.code, each.cell.a1 if each.cell else "", dict(each.facts)["lost"]) for each in left]


def type_what_is_told(installation: Installation, outcome: PassOutcome) -> None:
    """A person does what the problems say."""
    assert outcome.snapshot is not None
    for each in outcome.snapshot.problems:
        if each.code in ("put-back-by-hand", "columns-moved"):
            assert each.cell is not None
            entered = _entered(dict(each.facts)["lost"])
            start = {"sheetId": each.cell.sheet_id, "rowIndex": each.cell.row, "columnIndex": each.cell.column}
            cells = {"start": start, "rows": [{"values": [entered]}], "fields": "userEnteredValue"}
            installation.server.edit("sales", {"updateCells": cells})


def _entered(text: str) -> dict[str, Any]:
    if text == "—":
        return {}
    if text.startswith("="):
        return {"userEnteredValue": {"formulaValue": text}}
    number = text.replace(".", "").isdigit()
    return {"userEnteredValue": {"numberValue": float(text)} if number else {"stringValue": text}}
