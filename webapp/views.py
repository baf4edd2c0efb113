"""The routes. The one room that knows the request; what a page says is decided by the page models."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import Blueprint, Response, current_app, g, render_template, request
from werkzeug.exceptions import HTTPException, NotFound, SecurityError

from sync.problems import Language
from webapp.alignment_json import PENDING, alignment_json
from webapp.company import Company
from webapp.freshness import FreshnessBar, freshness_of, stale_ids
from webapp.languages import NAMES, choose
from webapp.objective_page import objective_page
from webapp.problems_page import problems_page
from webapp.reader import Reader
from webapp.site import Site
from webapp.tree_page import tree_page

LANGUAGE_COOKIE = "language"
A_YEAR = 365 * 24 * 3600
RETRY_SECONDS = 5
EXTENSION = "okr_sheets"

pages = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one request looks at: one company at one moment, for one reader."""

    site: Site
    company: Company
    reader: Reader
    now: datetime

    @property
    def freshness(self) -> FreshnessBar:
        return freshness_of(self.company, self.site.intervals, self.now, self.reader)

    @property
    def etag(self) -> str:
        return self.site.etag(self.company, self.reader.language, self.now)


@pages.get("/")
def tree() -> Response:
    """How objectives link from company to department to person, and how far each is."""
    seen = _seen()
    return _answer(seen, lambda: _kept(seen, "tree", lambda: _tree(seen)))


@pages.get("/objective/<key>")
def objective(key: str) -> Response:
    """One objective with the working of every score."""
    seen = _seen()
    page = objective_page(key, seen.company, seen.site.records.history, seen.reader)
    if page is None and seen.company.snapshots:
        raise NotFound
    return _answer(seen, lambda: render_template("objective.html", page=page, etag=seen.etag))


@pages.get("/problems")
def problems() -> Response:
    """Everything that people should mend in their sheets."""
    seen = _seen()
    return _answer(seen, lambda: _kept(seen, "problems", lambda: _problems(seen)))


@pages.get("/alignment.json")
def alignment() -> Response:
    """The same for scripts; `webapp.alignment_json` describes it."""
    seen = _seen()
    if not seen.company.snapshots:
        return _json(PENDING, 503)
    return _answer(seen, lambda: _kept(seen, "json", lambda: _alignment(seen)), "application/json")


@pages.get("/healthz")
def healthz() -> Response:
    """The process answers; nothing else is touched."""
    return _json({"status": "ok"})


@pages.get("/readyz")
def readyz() -> Response:
    """Whether there is something to show, and whether all of it is fresh."""
    seen = _seen()
    if not seen.company.snapshots:
        return _json({"status": "pending"}, 503)
    doubtful = [sheet.title for sheet in seen.freshness.doubtful]
    return _json({"status": "degraded" if doubtful else "ok", "in_doubt": doubtful})


def _tree(seen: Seen) -> str:
    page = tree_page(seen.company, seen.freshness, seen.reader)
    return render_template("tree.html", page=page, etag=seen.etag)


def _problems(seen: Seen) -> str:
    return render_template("problems.html", page=problems_page(seen.company, seen.reader), etag=seen.etag)


def _alignment(seen: Seen) -> str:
    stale = stale_ids(seen.company, seen.site.intervals, seen.now)
    degraded = bool(seen.freshness.doubtful)
    return json.dumps(alignment_json(seen.company, seen.reader.bands, stale, degraded=degraded))


def _seen() -> Seen:
    site = _site()
    return Seen(site, site.current.get(), _reader(), datetime.now(UTC))


def _kept(seen: Seen, name: str, render: Callable[[], str]) -> str:
    return seen.site.rendered.get(f"{name}-{seen.reader.language}", seen.etag, render)


def _answer(seen: Seen, body: Callable[[], str], mimetype: str = "text/html") -> Response:
    """The page; nothing but its tag where the browser has it; the page to wait on before the first pass."""
    if not seen.company.snapshots:
        waiting = Response(render_template("pending.html", freshness=seen.freshness), 503)
        waiting.headers["Retry-After"] = str(RETRY_SECONDS)
        return waiting
    known = request.if_none_match.contains_weak(seen.etag)
    response = Response(status=304) if known else Response(body(), mimetype=mimetype)
    response.set_etag(seen.etag, weak=True)
    return response


def _json(content: object, status: int = 200) -> Response:
    response = Response(json.dumps(content), status, mimetype="application/json")
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _site() -> Site:
    return cast(Site, current_app.extensions[EXTENSION])


def _reader() -> Reader:
    if "reader" not in g:
        asked, remembered = request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)
        g.reader = _site().readers[choose(asked, remembered, request.accept_languages)]
    return cast(Reader, g.reader)


@pages.app_context_processor
def surroundings() -> dict[str, object]:
    """What every template may print: the words, and what stands around each page."""
    reader = _reader()
    return {
        "_": reader.words.gettext,
        "ngettext": reader.words.ngettext,
        "language": reader.language,
        "languages": NAMES,
        "title": _site().title,
        "path": request.path,
    }


@pages.after_app_request
def remember_language(response: Response) -> Response:
    """Keep the language that was asked for, and tell caches what the answer depended on."""
    response.vary.update(("Accept-Language", "Cookie"))
    asked = request.args.get("lang")
    if asked in _site().readers:
        response.set_cookie(
            LANGUAGE_COOKIE,
            cast(Language, asked),
            max_age=A_YEAR,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response


@pages.app_errorhandler(HTTPException)
def failed(error: HTTPException) -> Response:
    """An error in the reader's language, without anything of what went on inside."""
    if isinstance(error, SecurityError):
        # Under a name that is not ours there are no addresses to link to, so no template either.
        words = _reader().words
        return Response(words.gettext("This page does not answer to that name."), 400, mimetype="text/plain")
    response = Response(render_template("error.html", status=error.code), error.code)
    response.headers.extend([header for header in error.get_headers() if header[0] == "Allow"])
    return response
