"""The server's own controls over HTTP, for a test whose server runs in another process: `LocalSheets`, no more.

    GET, POST, DELETE /control/faults     the rules and how often each fired; add one (`Fault`); take all away
    POST /control/release                 lets go what is held back
    PUT /control/quota                    {"reads_per_minute", "writes_per_minute"}, none for no limit
    GET, POST /control/edits              what became of planned edits; what a person does, at once or at a moment
    GET /control/requests                 how many requests there were, by method, status and fault

Bodies and answers are JSON, and a body must say so: a page in a browser cannot send that here without asking first.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug import Request, Response

from sync.local_sheets.errors import ApiError
from sync.local_sheets.faults.faults import Fault
from sync.local_sheets.http.traffic import Moment
from sync.local_sheets.protocol.schema import checked

if TYPE_CHECKING:
    from sync.local_sheets.server import LocalSheets

# Which HTTP methods each control takes.
CONTROLS = {
    "faults": ("GET", "POST", "DELETE"),
    "release": ("POST",),
    "quota": ("PUT",),
    "edits": ("GET", "POST"),
    "requests": ("GET",),
}


class QuotaLimits(BaseModel):
    """Requests a minute for each caller."""

    model_config = ConfigDict(extra="forbid")

    reads_per_minute: int | None = Field(None, ge=0)
    writes_per_minute: int | None = Field(None, ge=0)


class PlannedEdit(BaseModel):
    """Requests of `:batchUpdate` that a person makes around the (skip+1)-th next `method`; without one, now."""

    model_config = ConfigDict(extra="forbid")

    spreadsheet_id: str
    requests: list[dict[str, Any]]
    moment: Moment = "before"
    method: str = ""
    skip: int = Field(0, ge=0)


class Control:
    """Answers the requests under /control/ of one server."""

    def __init__(self, sheets: LocalSheets) -> None:
        self._sheets = sheets
        self._lock = threading.Lock()
        self._done = 0
        self._failed: list[str] = []

    def respond(self, request: Request, name: str) -> Response:
        if request.method in ("POST", "PUT") and request.mimetype != "application/json":
            return _json({"error": "Content-Type must be application/json."}, 415)
        try:
            return _json(self._carried_out(request.method, name, request.get_data() or b"{}"))
        except ValidationError as error:
            return _json({"error": _listed(error)}, 400)
        except ValueError as error:
            return _json({"error": str(error)}, 400)
        except ApiError as error:
            return _json({"error": error.message}, error.code)

    def _carried_out(self, verb: str, name: str, body: bytes) -> object:
        if name == "faults":
            return self._faults(verb, body)
        if name == "release":
            self._sheets.release()
            return {}
        if name == "quota":
            limits = QuotaLimits.model_validate_json(body)
            self._sheets.quota(limits.reads_per_minute, limits.writes_per_minute)
            return {}
        if name == "edits":
            return self._edited(PlannedEdit.model_validate_json(body)) if verb == "POST" else self._edits()
        return [
            {"method": method, "status": status, "fault": fault, "count": count}
            for (method, status, fault), count in sorted(self._sheets.counts().items())
        ]

    def _faults(self, verb: str, body: bytes) -> object:
        if verb == "POST":
            self._sheets.fault(Fault.model_validate_json(body))
        elif verb == "DELETE":
            self._sheets.clear_faults()
        rules = self._sheets.faults()
        return [{**rule.fault.model_dump(exclude_defaults=True), "fired": rule.fired} for rule in rules]

    def _edits(self) -> dict[str, object]:
        with self._lock:
            return {"waiting": self._sheets.hooks_waiting(), "done": self._done, "failed": list(self._failed)}

    def _edited(self, planned: PlannedEdit) -> dict[str, object]:
        if not planned.method:
            return self._sheets.edit(planned.spreadsheet_id, *planned.requests)
        checked("BatchUpdateSpreadsheetRequest", {"requests": planned.requests})
        hang = self._sheets.before if planned.moment == "before" else self._sheets.after
        hang(planned.method, lambda _: self._edit(planned), skip=planned.skip)
        return self._edits()

    def _edit(self, planned: PlannedEdit) -> None:
        """A person's edit that fails is the person's business: the request under way goes on."""
        try:
            self._sheets.edit(planned.spreadsheet_id, *planned.requests)
        except ApiError as error:
            with self._lock:
                self._failed.append(error.message)
        else:
            with self._lock:
                self._done += 1


def _json(answer: object, status: int = 200) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False) + "\n", status, content_type="application/json")


def _listed(error: ValidationError) -> str:
    return "; ".join(
        ": ".join(filter(None, [".".join(str(part) for part in each["loc"]), each["msg"]])) for each in error.errors()
    )
