"""One cell that is written, with a client that may meet a fault."""

from __future__ import annotations

import requests

from sync.local_sheets import LocalSheets
from tests.local_sheets.conftest import Client

WRITE = "spreadsheets.values.update"


def write(client: Client, patience: float = 30) -> requests.Response:
    return client.http.put(
        client.sheets.url + client.values_path("A1"),
        params={"valueInputOption": "RAW"},
        json={"values": [[7]]},
        timeout=(30, patience),
    )


def in_cell(sheets: LocalSheets, client: Client) -> list[list[object]]:
    return sheets.read(client.id, "A1")
