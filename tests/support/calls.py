"""The calls of a client to Google, and the trouble that one ends in."""

from collections.abc import Callable

import pytest

from sync.domain.cells import CellRef
from sync.domain.grid import CellWrite
from sync.google import SheetsClient, SheetsError


def read_lean(client: SheetsClient) -> None:
    client.read_values("okr", ["OKR"])


def read_full(client: SheetsClient) -> None:
    client.read_book("okr")


def write(client: SheetsClient) -> None:
    sheet_id = client.read_book("okr").tabs[0].sheet_id
    cell = CellRef("okr", sheet_id, "OKR", 1, 1)
    client.write("okr", [CellWrite(cell, "key_result", "k", None, 0.5, "")])


def try_to_edit(client: SheetsClient) -> None:
    client.try_to_edit("okr", "OKR")


def trouble_of(call: Callable[[SheetsClient], object], client: SheetsClient) -> SheetsError:
    with pytest.raises(SheetsError) as error:
        call(client)
    return error.value


Call = Callable[[SheetsClient], object]
