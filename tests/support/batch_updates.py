"""Parts of a `batchUpdate`, and what it left on the first tab."""

from __future__ import annotations

from typing import Any

from tests.local_sheets.conftest import Client


def grid(rows: tuple[int, int] | None = None, columns: tuple[int, int] | None = None) -> dict[str, int]:
    found: dict[str, int] = {}
    if rows:
        found |= {"startRowIndex": rows[0], "endRowIndex": rows[1]}
    if columns:
        found |= {"startColumnIndex": columns[0], "endColumnIndex": columns[1]}
    return found


def span(dimension: str, start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def number_cells(*rows: list[float | None]) -> list[dict[str, Any]]:
    cells = [[{} if n is None else {"userEnteredValue": {"numberValue": n}} for n in row] for row in rows]
    return [{"values": row} for row in cells]


def read(client: Client, a1: str = "Sheet1", render: str = "UNFORMATTED_VALUE") -> list[list[object]]:
    return client.sheets.read(client.id, a1, render)


def merges(client: Client) -> list[dict[str, int]]:
    found: list[dict[str, int]] = client.get()["sheets"][0].get("merges", [])
    return found
