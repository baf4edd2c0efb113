"""What a person sees in a browser: the list of spreadsheets, and the grid page, which is static and asks the API."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import quote

from werkzeug import Response
from werkzeug.exceptions import NotFound

from sync.grid import FILES
from sync.local_sheets.drive.conversion import XLSX, exported
from sync.local_sheets.store.store import Store

_FOLDERS = {"grid_page": Path(__file__).parents[1] / "grid_page", "grid": FILES}
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_EXPORTS = {"xlsx": XLSX, "csv": "text/csv", "tsv": "text/tab-separated-values"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def index(store: Store) -> Response:
    items = "\n".join(
        f'<li><a href="/spreadsheets/d/{escape(book.spreadsheet_id)}/edit">{escape(book.title)}</a></li>'
        for book in store.books()
    )
    page = (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Local Sheets</title>\n'
        f"<h1>Spreadsheets</h1>\n<ul>\n{items}\n</ul>\n</html>\n"
    )
    return _secured(Response(page, mimetype="text/html"))


def grid(store: Store, spreadsheet_id: str) -> Response:
    if spreadsheet_id not in store:
        raise NotFound
    return asset("grid_page", "index.html")


def export(store: Store, spreadsheet_id: str, query: Mapping[str, str]) -> Response:
    """The download that Sheets' own page offers: `format` xlsx for all, csv or tsv for the tab whose id is `gid`."""
    if spreadsheet_id not in store or query.get("format", "xlsx") not in _EXPORTS:
        raise NotFound
    book, kind, gid = store.book(spreadsheet_id), query.get("format", "xlsx"), query.get("gid", "")
    sheet = book.sheet_by_id(int(gid)) if gid.isascii() and gid.isdecimal() else None
    if gid and sheet is None:
        raise NotFound
    file = exported(book, _EXPORTS[kind], sheet)
    name = book.title if kind == "xlsx" else f"{book.title} - {(sheet or book.sheets[0]).title}"
    response = Response(file.content, content_type=file.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}', safe='')}"
    return _secured(response)


def asset(folder: str, name: str) -> Response:
    """Only files that the folder itself holds, whatever the name says."""
    known = {path.name: path for path in _FOLDERS[folder].glob("*") if path.suffix in _TYPES}
    if name not in known:
        raise NotFound
    response = Response(known[name].read_bytes(), mimetype=_TYPES[known[name].suffix])
    response.headers["Cache-Control"] = "no-cache"
    return _secured(response)


def _secured(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
