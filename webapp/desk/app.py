"""The request side of the desk: the page, its files, what it asks for and what it changes, all in JSON."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, redirect, render_template, request, send_from_directory
from jinja2 import StrictUndefined
from werkzeug.exceptions import BadRequest, HTTPException, NotFound

from sync.config.faults import Fault
from sync.config.settings import ConfigError
from sync.domain.languages import N_, Language
from sync.grid import FILES as GRID
from webapp import templates_folder
from webapp.desk import tab_view, trying, view
from webapp.desk.changes import changes
from webapp.desk.desk import Desk, RoadError
from webapp.desk.edits import EditError
from webapp.desk.examples import Examples
from webapp.desk.guard import Guard
from webapp.reader.languages import NAMES, Words, choose, load_words
from webapp.security import LOOPBACK, add_headers

_PAGE = Path(__file__).parent / "page"
_STATIC = Path(__file__).parents[1] / "static"
_LANGUAGE = "language"
# What the grid asks of a tab, in the API's own words.
_CELLS = "values(effectiveValue,formattedValue,note,userEnteredFormat)"
_SIZES = "(pixelSize,hiddenByUser)"
_ROWS = f"startRow,rowData({_CELLS}),rowMetadata{_SIZES}"
PICTURES = {
    "book": "properties(title,locale),sheets.properties",
    "tab": f"sheets(properties,merges,protectedRanges(range,description),data({_ROWS},columnMetadata{_SIZES}))",
    "rows": f"sheets.data({_ROWS})",
    "heights": f"sheets.data.rowMetadata{_SIZES}",
}
_SAVE_FIRST = N_("Save first: what is written must be what the worker goes on with.")
_REFUSED = N_("This page belongs to whoever started it. Open the address that okr-sheets map printed.")


def create_desk(desk: Desk, guard: Guard) -> Flask:
    """The application over one session."""
    app = Flask("webapp.desk", template_folder=str(templates_folder()), static_folder=str(_STATIC))
    app.debug = False
    app.config["TRUSTED_HOSTS"] = list(LOOPBACK)
    app.jinja_env.undefined = StrictUndefined
    words = load_words()
    routes = _Routes(desk, guard, words)
    app.add_url_rule("/", view_func=routes.page)
    for folder, files in (("desk", _PAGE), ("grid", GRID)):
        app.add_url_rule(f"/{folder}/<name>", f"{folder}_file", _file_of(files))
    for name in ("state", "scores", "choices", "like", "likely", "difference", "picture"):
        app.add_url_rule(f"/api/{name}", f"get_{name}", getattr(routes, f"get_{name}"), methods=["GET"])
    for name in ("edit", "text", "undo", "redo", "read", "save", "pass"):
        app.add_url_rule(f"/api/{name}", f"post_{name}", getattr(routes, f"post_{name}"), methods=["POST"])
    app.before_request(routes.admit)
    app.register_error_handler(HTTPException, routes.refuse)
    app.after_request(add_headers)
    return app


def _file_of(folder: Path) -> Callable[[str], Response]:
    def file(name: str) -> Response:
        if Path(name).suffix not in (".js", ".css"):
            raise NotFound
        return send_from_directory(folder, name)

    return file


def _alone(method: Callable[..., Response]) -> Callable[..., Response]:
    """One request at a time: the session has one document."""

    @wraps(method)
    def locked(self: "_Routes", *args: Any) -> Response:
        with self.desk.lock:
            return method(self, *args)

    return locked


class _Routes:
    def __init__(self, desk: Desk, guard: Guard, words: Mapping[Language, Words]) -> None:
        self.desk, self.guard, self._words = desk, guard, words

    def admit(self) -> Response | None:
        """Before every request; files without a secret in them are for anyone who can reach this machine."""
        if request.path == "/" and "token" in request.args:
            return self.guard.enter(request.args["token"], redirect("/"))  # type: ignore[arg-type]
        if request.endpoint not in ("desk_file", "grid_file", "static"):
            self.guard.check()
        return None

    def refuse(self, error: HTTPException) -> Response:
        said = self.words.gettext(_REFUSED) if error.code == 403 else error.name
        if request.path.startswith("/api/"):
            return _json({"error": said}, error.code or 500)
        return Response(said, error.code, mimetype="text/plain")

    @property
    def words(self) -> Words:
        asked, remembered = request.args.get(_LANGUAGE), request.cookies.get(_LANGUAGE)
        return self._words[choose(asked, remembered, request.accept_languages)]

    def page(self) -> Response:
        words = self.words
        page = render_template(
            "desk.html", language=words.language, change=self.guard.change, languages=NAMES, _=words.gettext
        )
        response = Response(page, mimetype="text/html")
        response.set_cookie(_LANGUAGE, words.language, samesite="Strict")
        return response

    def get_state(self) -> Response:
        if "whole" in request.args:
            # Not alone: a click on the way is answered by what is read at once.
            _ = self.desk.understanding
        return self._state_alone(request.args)

    @_alone
    def _state_alone(self, asked: Mapping[str, Any]) -> Response:
        return self._state(asked)

    @_alone
    def get_scores(self) -> Response:
        tab = self.desk.tab(_number(request.args.get("sheetId")))
        return _json(tab_view.score_places(self.desk.at_first, tab, _sight(request.args)))

    @_alone
    def get_choices(self) -> Response:
        return _json(tab_view.choices(self.words))

    @_alone
    def get_like(self) -> Response:
        tab = self.desk.tab(_number(request.args.get("sheetId")))
        return _json(tab_view.like(self.desk, tab, _number(request.args.get("row")) or 0, self.words))

    @_alone
    def get_likely(self) -> Response:
        tab = self.desk.tab(_number(request.args.get("sheetId")))
        return _json(tab_view.likely_roles(self.desk, tab, _number(request.args.get("column")) or 0, self.words))

    @_alone
    def get_difference(self) -> Response:
        try:
            document = self.desk.to_save(request.args.get("address", ""))
            refused = ""
        except EditError as error:
            document, refused = self.desk.document, error.told(self.words)
        before = replace(document, text=self.desk.file)
        found = changes(before, document, Examples(self.desk.at_first), self.words)
        return _json(
            {
                "lines": self.desk.difference(document),
                "changes": [{"kind": each.kind, "tab": each.tab, "text": each.text} for each in found],
                "id": document.spreadsheet,
                "refused": refused,
            }
        )

    def get_picture(self) -> Response:
        fields = PICTURES.get(request.args.get("what", ""))
        if fields is None:
            raise BadRequest
        try:
            return _json(self.desk.road.picture(request.args.getlist("range"), fields))
        except RoadError as error:
            return _json({"error": str(error)}, 502)

    @_alone
    def post_edit(self) -> Response:
        asked = _body()
        tab = self.desk.tab(_number(asked.get("sheetId")))
        try:
            self.desk.edit(tab, asked, self.words.language)
        except EditError as error:
            return _json({"error": error.told(self.words)}, 422)
        return self._state(asked)

    @_alone
    def post_text(self) -> Response:
        asked = _body()
        try:
            self.desk.write_text(str(asked.get("text", "")))
        except Fault as fault:
            return _json({"error": fault.told(self.words.language)}, 422)
        return self._state(asked)

    @_alone
    def post_undo(self) -> Response:
        self.desk.undo()
        return self._state(_body())

    @_alone
    def post_redo(self) -> Response:
        self.desk.redo()
        return self._state(_body())

    @_alone
    def post_read(self) -> Response:
        try:
            self.desk.read_again()
        except RoadError as error:
            return _json({"error": str(error)}, 502)
        return self._state(_body())

    @_alone
    def post_save(self) -> Response:
        asked = _body()
        try:
            self.desk.save(str(asked.get("address", "")), practice=asked.get("practice") is True)
        except EditError as error:
            return _json({"error": error.told(self.words)}, 422)
        except ConfigError as error:
            return _json({"error": "\n".join(error.told(self.words.language))}, 422)
        except OSError as error:
            return _json({"error": f"{self.desk.path}: {error.strerror}"}, 422)
        return self._state(asked)

    @_alone
    def post_pass(self) -> Response:
        asked = _body()
        dry_run, accept = asked.get("write") is not True, asked.get("accept") is True
        if not dry_run and not self.desk.may_write:
            return _json({"error": self.words.gettext(_SAVE_FIRST)}, 422)
        text, language = self.desk.document.text, self.words.language
        found = self.desk.road.pass_over(text, language, dry_run=dry_run, accept=accept)
        return _json(trying.told(self.desk, found, self.words))

    def _state(self, asked: Mapping[str, Any]) -> Response:
        """Everything, with the tab that is asked for."""
        tab = self.desk.tab(_number(asked.get("sheetId")))
        return _json(view.whole(self.desk, tab, self.words, _sight(asked)))


def _body() -> dict[str, Any]:
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise BadRequest
    return found


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _sight(asked: Mapping[str, Any]) -> range:
    """The rows that are looked at, counted from 0."""
    return range(_number(asked.get("from")) or 0, _number(asked.get("to")) or 0)


def _json(value: Any, status: int = 200) -> Response:
    response = jsonify(value)
    response.status_code = status
    return response
