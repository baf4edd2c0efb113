"""What a person sees in a browser: the list of spreadsheets, and the grid page, which is static and asks the API."""

from __future__ import annotations

from html import escape
from pathlib import Path

from werkzeug import Response
from werkzeug.exceptions import NotFound

from sync.local_sheets.store import Store

_FOLDER = Path(__file__).parent / "grid_page"
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
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
    return asset("index.html")


def asset(name: str) -> Response:
    """Only files that the folder itself holds, whatever the name says."""
    known = {path.name: path for path in _FOLDER.glob("*") if path.suffix in _TYPES}
    if name not in known:
        raise NotFound
    response = Response(known[name].read_bytes(), mimetype=_TYPES[known[name].suffix])
    response.headers["Cache-Control"] = "no-cache"
    return _secured(response)


def _secured(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
