"""The WSGI application: which URL is which method, who calls, what the checks refuse, and the envelopes.

The order of the checks is Google's: credential, query and body, `fields`, spreadsheet, ranges.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from sync.local_sheets.calls.call import Call, File, Method, OnAnswer
from sync.local_sheets.calls.tokens import Refused, Tokens
from sync.local_sheets.drive import files as drive_files
from sync.local_sheets.errors import (
    ApiError,
    bad_token,
    drive_envelope,
    invalid,
    missing_credential,
    no_credential,
    not_downloadable,
)
from sync.local_sheets.faults.injection import FaultInjection
from sync.local_sheets.faults.wire import CONNECTION, Wire
from sync.local_sheets.http import batch as http_batch
from sync.local_sheets.http import pages, uploads
from sync.local_sheets.http.addresses import METHODS, path_of, url_map
from sync.local_sheets.http.control import Control
from sync.local_sheets.http.envelopes import envelope, json_response, response_of
from sync.local_sheets.http.traffic import RequestRecord, Traffic
from sync.local_sheets.protocol.fields import EVERYTHING, Mask, parse, parse_selection
from sync.local_sheets.protocol.messages import fields_of
from sync.local_sheets.protocol.schema import checked, checked_query
from sync.local_sheets.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# Parameters that every method of Google's takes.
_STANDARD = (
    *("fields", "prettyPrint", "alt", "access_token", "oauth_token", "key", "quotaUser", "$.xgafv"),
    *("uploadType", "upload_protocol", "callback"),
)
# Methods that a key without any identity may call, so that one who has none is told to bring a key.
_FOR_KEYS = (
    *("spreadsheets.get", "spreadsheets.values.get", "spreadsheets.values.batchGet"),
    *("drive.files.get", "drive.files.list", "drive.files.export", "drive.comments.list"),
)
_WORTH_COMPRESSING = 1_000
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class App:
    """Serves one store. With `guarded`, only to requests that name this machine as their host."""

    def __init__(
        self,
        store: Store,
        traffic: Traffic,
        tokens: Tokens,
        injection: FaultInjection,
        guarded: bool,
        control: Control | None,
        on_answer: list[OnAnswer],
    ) -> None:
        self._store = store
        self._traffic = traffic
        self._injection = injection
        self._control = control
        self._guarded = guarded
        self._on_answer = on_answer
        self._tokens = tokens
        self._urls = url_map()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        response = self._respond(Request(environ))
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response(environ, start_response)

    def _respond(self, request: Request) -> Response:
        try:
            return self._routed(request)
        except HTTPException as error:
            response = Response(f"{error.code} {error.name}\n", error.code, mimetype="text/plain")
            if isinstance(error, MethodNotAllowed) and error.valid_methods:
                response.headers["Allow"] = ", ".join(error.valid_methods)
            return response

    def _routed(self, request: Request) -> Response:
        # A page elsewhere can point a name of its own at 127.0.0.1; it cannot choose the Host header.
        if self._guarded and re.sub(r":[0-9]*$", "", request.headers.get("Host", "")) not in _LOOPBACK:
            return Response("This server answers to its own machine only.\n", 403, mimetype="text/plain")
        rule, arguments = self._urls.bind_to_environ(request.environ).match(path_of(request), return_rule=True)
        endpoint = rule.endpoint
        if isinstance(endpoint, Method):
            spreadsheet_id = arguments.get("spreadsheetId") or arguments.get("fileId") or ""
            carry_out = partial(self._api, request, endpoint, arguments)
            return self._answered(request, RequestRecord(endpoint.name, endpoint.kind, spreadsheet_id), carry_out)
        if endpoint == "batch":
            return self._batch(request)
        if endpoint == "token":
            return self._answered(request, RequestRecord("token", "token"), partial(self._token, request))
        if endpoint == "control":
            return self._controlled(request, arguments["name"])
        if endpoint == "index":
            return pages.index(self._store)
        if endpoint == "grid":
            return pages.grid(self._store, arguments["spreadsheet_id"])
        if endpoint == "export":
            return pages.export(self._store, arguments["spreadsheet_id"], request.args)
        return pages.asset(arguments["folder"], arguments["name"])

    def _answered(self, request: Request, record: RequestRecord, carry_out: Callable[[], Response]) -> Response:
        fault = self._injection.faults.due(record.method, record.spreadsheet_id)
        if fault is not None:
            wire = Wire(request.environ[CONNECTION], self._injection.holds, partial(self._count, record, fault.kind))
            return wire.deliver(fault, record.method, carry_out)
        response = carry_out()
        self._count(record, "", response.status_code)
        return response

    def _count(self, record: RequestRecord, fault: str, status: int) -> None:
        self._traffic.add(replace(record, status=status, fault=fault))

    def _controlled(self, request: Request, name: str) -> Response:
        if self._control is None:
            return Response("Control is off: start this server with it.\n", 403, mimetype="text/plain")
        return self._control.respond(request, name)

    def _batch(self, request: Request) -> Response:
        try:
            return http_batch.answer(request, self._respond)
        except ApiError as error:
            return json_response(drive_envelope(error), error.code)

    def _token(self, request: Request) -> Response:
        self._traffic.announce("before", "token")
        try:
            status, answer = 200, self._tokens.issue(request.form.to_dict())
        except Refused as refused:
            status, answer = 400, {"error": refused.error, "error_description": refused.description}
        self._traffic.announce("after", "token")
        return json_response(answer, status)

    def _api(self, request: Request, method: Method, arguments: Mapping[str, Any]) -> Response:
        try:
            return self._carried_out(request, method, arguments)
        except ApiError as error:
            response = json_response(envelope(error, method), error.code)
            response.headers.extend(error.headers)
        except RecursionError:
            response = json_response(envelope(invalid("Invalid JSON payload received. Message too deep."), method), 400)
        except Exception:
            log.exception("%s failed", method.name)
            response = json_response(ApiError(500, "Internal error encountered.").envelope(), 500)
        return response

    def _carried_out(self, request: Request, method: Method, arguments: Mapping[str, Any]) -> Response:
        _check_alt(request.args.get("alt", "json"), method)
        caller = self._caller(request, method)
        self._injection.quota.take(caller, method.kind)
        query, body, media = _checked_input(request, method)
        address = request.host_url.rstrip("/")
        call = Call(self._store, caller, address, dict(arguments), query, body, None, media)
        call = replace(call, mask=_mask(request, method, call))
        if method.strict and http_batch.BATCHED in request.environ:
            raise http_batch.unimplemented()
        self._traffic.announce("before", method.name)
        answer = method.carry_out(call)
        self._traffic.announce("after", method.name)
        for look in self._on_answer:
            look(method.name, answer)
        response = response_of(answer, request.args.get("prettyPrint", "true").lower() not in ("false", "0"))
        return _compressed(response) if request.accept_encodings.quality("gzip") else response

    def _caller(self, request: Request, method: Method) -> str:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        token = token.strip() if scheme in ("Bearer", "OAuth") else request.args.get("access_token", "")
        if not token:
            raise no_credential() if method.name in _FOR_KEYS else missing_credential()
        caller = self._tokens.caller(token)
        if caller is None:
            raise bad_token()
        return caller


def _mask(request: Request, method: Method, call: Call) -> Mask | None:
    """A mask of "*" is all that Drive has, and to Sheets no mask. Drive looks for the file before it looks at this."""
    fields = request.args.get("fields")
    if not fields or method.shape.answer is None:
        return None
    if not method.strict:
        if call.spreadsheet_id:
            drive_files.found(call)
        return parse_selection(fields, method.shape.answer)
    mask = parse(fields, method.shape.answer)
    return None if mask == EVERYTHING else mask


def _check_alt(alt: str, method: Method) -> None:
    """Drive takes whatever else it is told as JSON."""
    if not method.strict:
        if alt == "media" and method.name == "drive.files.get":
            raise not_downloadable()
        return
    if alt == "media" and method.shape.answer is not None:
        raise invalid('Unsupported alt type "media" for non byte stream request.')
    if alt not in ("json", "media"):
        raise invalid(f"Invalid value \"{alt}\" for query parameter 'alt'")


def _checked_input(request: Request, method: Method) -> tuple[dict[str, Any], dict[str, Any], File | None]:
    given = {name: texts for name, texts in request.args.lists() if name not in _STANDARD}
    parameters = f"{method.name}?"
    query = checked_query(parameters, given, method.strict) if fields_of(parameters) is not None else {}
    if method.takes_media:
        uploaded = uploads.parts(request)
        body = checked(method.shape.body, uploaded.body, method.body_name, method.strict) if method.shape.body else {}
        return query, body, uploaded.media
    body = checked(method.shape.body, _body(request), method.body_name, method.strict) if method.shape.body else {}
    return query, body, None


def _body(request: Request) -> Any:
    data = request.get_data()
    if not data.strip():
        return {}
    try:
        body = json.loads(data.decode(), parse_constant=_no_number, parse_float=_finite)
        if _SURROGATE.search(data):
            # Half of a surrogate pair passes as JSON, but is no text that could be stored or sent.
            json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise invalid(f"Invalid JSON payload received. {_json_fault(error)}") from error
    return body


def _json_fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"Unexpected token.\n{error.doc[error.pos : error.pos + 20]}\n^"
    return "Unexpected token."


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _finite(text: str) -> float:
    value = float(text)
    return value if abs(value) != float("inf") else _no_number(text)


def _compressed(response: Response) -> Response:
    data = response.get_data()
    if len(data) >= _WORTH_COMPRESSING:
        response.set_data(gzip.compress(data, compresslevel=1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = f"{response.headers.get('Vary', 'Origin')}, Accept-Encoding"
    return response


METHOD_NAMES = frozenset({"token", *(method.name for method in METHODS)})
