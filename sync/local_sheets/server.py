"""The local Sheets server as an object: start and stop it, put workbooks in, look and edit from inside."""

from __future__ import annotations

import difflib
import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self, TypeAlias

import waitress  # type: ignore[import-untyped]
from waitress import wasyncore

from sync.local_sheets.book.a1 import cell_name
from sync.local_sheets.book.book import OWNER, WORKER, Permission, Spreadsheet
from sync.local_sheets.book.formats import parse_locale
from sync.local_sheets.calls.call import Call, OnAnswer
from sync.local_sheets.calls.tokens import Tokens
from sync.local_sheets.faults.faults import Fault, FaultRule
from sync.local_sheets.faults.injection import FaultInjection
from sync.local_sheets.faults.quota import Now, wall_clock
from sync.local_sheets.faults.wire import Channel
from sync.local_sheets.http.control import Control
from sync.local_sheets.http.routes import METHOD_NAMES, App
from sync.local_sheets.http.traffic import RequestRecord, Traffic
from sync.local_sheets.methods.sheets import batch_answer
from sync.local_sheets.protocol.schema import checked
from sync.local_sheets.sheets import values
from sync.local_sheets.store import changes
from sync.local_sheets.store.store import Store
from sync.local_sheets.store.watch import Owned, Watch
from sync.local_sheets.xlsx.workbooks import read_workbook

_MAX_BODY = 20 * 1024 * 1024
_THREADS = 8
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

Hook: TypeAlias = Callable[["LocalSheets"], object]


@dataclass(frozen=True, slots=True)
class Listing:
    id: str
    title: str
    url: str


class LocalSheets:
    """Serves the spreadsheets of one data folder. What is done from inside is done as their owner, a person."""

    on_answer: ClassVar[list[OnAnswer]] = []

    def __init__(
        self,
        data: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        locale: str = "en_US",
        control: bool = False,
    ) -> None:
        """With `control` it can be steered over HTTP too (see `control`), which only this machine may do."""
        parse_locale(locale)
        if control and host not in _LOOPBACK:
            raise ValueError(f"control is for {' and '.join(_LOOPBACK)} only, not for {host}")
        self._host = host
        self._port = port
        self._locale = locale
        self._store = Store(data)
        self._traffic = Traffic()
        self._tokens = Tokens(self._store.secret())
        self._injection = FaultInjection()
        self._control = Control(self) if control else None
        self._server: Any = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Serves from a background thread; raises OSError when the port is taken."""
        if self._thread is not None:
            return
        guarded = self._host in _LOOPBACK
        app = App(self._store, self._traffic, self._tokens, self._injection, guarded, self._control, self.on_answer)
        # Bound here: waitress would leave the socket of a taken port behind.
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        bound = socket.create_server((self._host, self._port), family=family)
        self._server = waitress.create_server(
            app,
            sockets=[bound],
            threads=_THREADS,
            max_request_body_size=_MAX_BODY,
            ident="ESF",
            # select() knows no more than 1,024 files and connections.
            asyncore_use_poll=True,
        )
        self._server.channel_class = Channel
        self._port = bound.getsockname()[1]
        self._thread = threading.Thread(target=self._server.run, name="local-sheets", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends the server and its open connections; what was acknowledged is on disk already."""
        if self._thread is not None:
            self._injection.holds.close()
            # Requests under way wake the loop when they are answered, so they end before it does.
            self._server.task_dispatcher.shutdown()
            # The sockets belong to the loop, so it closes them itself, and with none left it ends. Where it wakes
            # for another reason at this moment, it has closed the trigger before that is pulled.
            with suppress(OSError):
                self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._server._map, ignore_all=True))
            self._thread.join()
            self._thread = None
        self._store.close()

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def requests(self) -> list[RequestRecord]:
        """Each request to the API that was answered, in order."""
        return self._traffic.records

    def spreadsheets(self) -> list[Listing]:
        return [
            Listing(book.spreadsheet_id, book.title, f"{self.url}/spreadsheets/d/{book.spreadsheet_id}/edit")
            for book in self._store.books()
        ]

    def import_workbook(
        self, path: Path, *, title: str | None = None, locale: str | None = None, overwrite: bool = False
    ) -> str:
        """Its spreadsheet's id, made of the file's name; one that exists is kept unless `overwrite`."""
        spreadsheet_id = re.sub("[^A-Za-z0-9_-]", "-", path.stem)
        if overwrite or spreadsheet_id not in self._store:
            self._store.put(read_workbook(path, spreadsheet_id, title or path.stem, locale or self._locale))
        return spreadsheet_id

    def add(self, book: Spreadsheet) -> str:
        """Its id. One that exists is kept."""
        if book.spreadsheet_id not in self._store:
            self._store.put(book)
        return book.spreadsheet_id

    def counts(self) -> dict[tuple[str, int, str], int]:
        """How many requests there were since the start, by method, status and fault."""
        return self._traffic.counts()

    def before(self, method: str, hook: Hook, *, skip: int = 0) -> None:
        """Runs `hook` once, just before the (skip+1)-th next request of that method is carried out."""
        self._traffic.hang("before", _known(method), lambda: hook(self), skip)

    def after(self, method: str, hook: Hook, *, skip: int = 0) -> None:
        """Runs `hook` once, when the (skip+1)-th next request of that method has been carried out, unanswered yet."""
        self._traffic.hang("after", _known(method), lambda: hook(self), skip)

    def hooks_waiting(self) -> int:
        """How many of these hooks have not had their request yet."""
        return self._traffic.waiting()

    def fault(self, fault: Fault) -> FaultRule:
        """Puts a fault in force, after those that are; the rule tells how often it fired."""
        if fault.method:
            _known(fault.method)
        return self._injection.faults.add(fault)

    def faults(self) -> list[FaultRule]:
        return self._injection.faults.rules()

    def clear_faults(self) -> None:
        """Takes all faults away, and lets go what they hold back."""
        self._injection.faults.clear()
        self.release()

    def wait_for_held(self, count: int, timeout: float = 60.0) -> bool:
        """Returns once so many answers are held back, no more; False when that took over `timeout` seconds."""
        return self._injection.holds.wait_for(count, timeout)

    def wait_for_requests(self, come: Callable[[list[RequestRecord]], bool], timeout: float = 60.0) -> bool:
        """Returns once `requests` are such, were their clients gone; False when that took over `timeout` seconds."""
        return self._traffic.wait_for(come, timeout)

    def release(self) -> None:
        """Lets go what is held back, and returns when that has been carried out."""
        self._injection.holds.release()

    def quota(
        self, reads_per_minute: int | None = 60, writes_per_minute: int | None = 60, now: Now = wall_clock
    ) -> None:
        """Google's quota for each caller, in minutes of the clock `now`; None is no limit."""
        self._injection.quota.set(reads_per_minute, writes_per_minute, now)

    def account(self, email: str) -> None:
        """A service account besides the worker: with a quota of its own, and only what is shared with it."""
        self._tokens.know(email)

    def share(self, spreadsheet_id: str, *emails: str) -> None:
        """Who may edit the spreadsheet beside its owner; nobody else may then even read it."""
        owners = [known for known in self._store.book(spreadsheet_id).permissions if known.role == "owner"]
        editors = [Permission(str(number), email, "writer") for number, email in enumerate(emails, 2)]
        self._store.change(spreadsheet_id, changes.share(owners + editors), OWNER)

    def feed_lag(self, seconds: float = 180, now: Now = wall_clock) -> None:
        """As at Google, Drive's changes tell what people change so much later, by the clock `now`, and once."""
        self._store.changes.lag(seconds, now)

    def watch(self, owned: Owned, caller: str = WORKER) -> Watch:
        """From now on, watches whether `caller` leaves its mark outside the cells that are `owned`."""
        watch = Watch(caller, owned)
        self._store.set_watch(watch)
        return watch

    def edit(self, spreadsheet_id: str, *requests: dict[str, Any]) -> dict[str, Any]:
        """What a person does: the requests of `:batchUpdate`, at once. Raises ApiError, and then nothing happened."""
        body = checked("BatchUpdateSpreadsheetRequest", {"requests": list(requests)})
        change = changes.batch_update(body["requests"])
        book, replies = self._store.change(spreadsheet_id, change, OWNER)
        return batch_answer(Call(self._store, OWNER, self.url), book, replies)

    def read(self, spreadsheet_id: str, a1: str, render: str = "UNFORMATTED_VALUE") -> list[list[object]]:
        answer = values.read(self._store.book(spreadsheet_id), a1, values.Render(render))
        rows: list[list[object]] = answer.get("values", [])
        return rows

    def cells(self, spreadsheet_id: str) -> dict[str, dict[str, object]]:
        """Every cell that holds something, by title and A1 name, as one would type it: formulas as "=..."."""
        return {
            sheet.title: {
                cell_name(row, column): cell.typed
                for row, cells in enumerate(sheet.rows)
                for column, cell in sorted(cells.items())
                if cell.entered is not None
            }
            for sheet in self._store.book(spreadsheet_id).sheets
        }


def _known(method: str) -> str:
    if method not in METHOD_NAMES:
        close = difflib.get_close_matches(method, METHOD_NAMES, 1, 0)
        raise ValueError(f"no method is called {method}; the nearest is {close[0]}")
    return method
