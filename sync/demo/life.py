"""Somebody at work in the sample company: now and then one current value moves a little, as a person would type it.

Speaks to the local Sheets server over HTTP, as a person's browser does. The sequence is always the same. A cell that
holds anything but one of its own values is left alone: somebody else changed it, or its row has moved.
"""

import json
import logging
import threading
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from sync.demo.workbooks import Moving, Value

PAUSE = 20.0
PATIENCE = 10.0

log = logging.getLogger(__name__)


def moves(moving: Sequence[Moving]) -> Iterator[tuple[Moving, Value]]:
    """Which cell takes which value next, without end: cell after cell, each up its values and down again."""
    for turn in count(1):
        for cell in moving:
            there_and_back = [*cell.values, *cell.values[-2:0:-1]]
            yield cell, there_and_back[turn % len(there_and_back)]


class Life:
    """Makes the moves, one every `pause` seconds, from `start` to `stop`."""

    def __init__(self, sheets_url: str, moving: Sequence[Moving], pause: float = PAUSE) -> None:
        self._url, self._moves, self._pause = sheets_url, moves(moving), pause
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._live, name="life", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def step(self) -> Moving:
        """Make the next move, if its cell is as we know it. Raises OSError when the server does not do it."""
        cell, value = next(self._moves)
        place = quote(f"'{cell.tab}'!{cell.cell}", safe="")
        url = f"{self._url}/v4/spreadsheets/{cell.spreadsheet}/values/{place}"
        signed = {"Authorization": f"Bearer {self._token()}"}
        held = self._asked("GET", f"{url}?valueRenderOption=UNFORMATTED_VALUE", None, signed).get("values")
        if held and held[0][0] in cell.values:
            self._asked("PUT", f"{url}?valueInputOption=RAW", json.dumps({"values": [[value]]}), signed)
        return cell

    def _live(self) -> None:
        while not self._stopping.wait(self._pause):
            try:
                self.step()
            except OSError as error:
                log.warning("the sample company's sheets did not take a value: %s", error)

    def _token(self) -> str:
        form = {"grant_type": "refresh_token", "refresh_token": "person"}
        return str(self._asked("POST", f"{self._url}/token", urlencode(form), {})["access_token"])

    def _asked(self, method: str, url: str, body: str | None, headers: dict[str, str]) -> Any:
        request = Request(url, None if body is None else body.encode(), headers, method=method)
        with urlopen(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read())
