"""The routes. The one room that knows the request; what a page says is decided by the page models."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, g, render_template, request, url_for
from werkzeug.exceptions import HTTPException, NotFound, SecurityError
from werkzeug.test import create_environ

from sync.okr import identity
from sync.problems import Language
from sync.records import RecordsError
from webapp.alignment_json import PENDING, company_json, state_json
from webapp.branch_page import branch_page
from webapp.company import Company
from webapp.csv_export import alignment_csv, problems_csv
from webapp.current import View
from webapp.encoding import Part, Parts, joined, text_response
from webapp.errors import error_page
from webapp.filters import NAMES as FILTERS
from webapp.filters import Filters
from webapp.freshness import FreshnessBar, freshness_of, stale_ids
from webapp.languages import NAMES, choose
from webapp.map_file import picture_style
from webapp.map_page import MapPage, map_page
from webapp.map_selection import NAMES as MAP_PARAMETERS
from webapp.map_selection import Wish
from webapp.metrics import CONTENT_TYPE, metrics
from webapp.objective_page import objective_page
from webapp.problem_filters import NAMES as PROBLEM_FILTERS
from webapp.problem_filters import ProblemFilters
from webapp.problems_page import problems_page
from webapp.problems_text import problems_text
from webapp.reader import Reader
from webapp.readiness import can_write, readiness, unavailable
from webapp.results_page import results_page
from webapp.security import page_here
from webapp.sightings import Sightings, sightings_in
from webapp.sign_in import may_see_names
from webapp.site import Site
from webapp.tree_page import tree_page
from webapp.unit_page import unit_page

LANGUAGE_COOKIE = "language"
A_YEAR = 365 * 24 * 3600
RETRY_SECONDS = 5
EXTENSION = "okr_sheets"

# What an error tells beside its page.
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")

# Where a page tells how old the data is. A page is kept as long as its data stay the same; this is put in each time,
# so that a pass which finds nothing new costs no rendering. No text from a cell can look like it: those are escaped.
FRESHNESS_PLACE = "<!--freshness-->"

# What an address says of the view; a kept page must not repeat anything else from the address that it was made for.
VIEW_PARAMETERS = {*FILTERS, *MAP_PARAMETERS, *PROBLEM_FILTERS, "page"}

pages = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one request looks at: one view at one moment, for one reader."""

    site: Site
    view: View
    sightings: Sightings
    reader: Reader
    now: datetime

    @property
    def company(self) -> Company:
        return self.view.company

    @property
    def freshness(self) -> FreshnessBar:
        return freshness_of(self.company, self.sightings, self.site.intervals, self.now, self.reader)

    @property
    def etag(self) -> str:
        """The tag of what the pages say of the company; "" before the first pass."""
        return self.site.etag(self.view, self.reader.language) if self.company.snapshots else ""


@pages.get("/")
def tree() -> Response:
    """How objectives link from company to department to person, and how far each is; or those that were asked for."""
    seen, filters = _seen(), Filters.of(request.args)
    if filters.is_empty:
        return _answer(seen, lambda: _kept(seen, "tree", lambda: _tree(seen)))
    number = _page_number()
    return _answer(seen, lambda: _page(seen, "results.html", results_page(filters, number, seen.company, seen.reader)))


@pages.get("/branch/<key>")
def branch(key: str) -> Response:
    """One objective of the tree, opened, with those that support it."""
    seen = _seen()
    number = _page_number()
    return _answer(seen, lambda: _page(seen, "branch.html", branch_page(key, number, seen.company, seen.reader)))


@pages.get("/unit/<key>")
def unit(key: str) -> Response:
    """What a unit or a person has, and how far they are."""
    seen = _seen()
    number = _page_number()
    return _answer(seen, lambda: _page(seen, "unit.html", unit_page(key, number, seen.company, seen.reader)))


@pages.get("/freshness")
def freshness() -> Response:
    """How old the data is and which tag the pages have now: what an open page asks again and again."""
    seen = _seen()
    bar = _freshness(seen)
    return _unless_known(_tag(seen, bar), lambda: _one(bar), "text/html")


@pages.get("/objective/<key>")
def objective(key: str) -> Response:
    """One objective with the working of every score."""
    seen = _seen()
    page = partial(objective_page, key, seen.company, seen.site.records.histories, seen.now, seen.reader)
    return _answer(seen, lambda: _page(seen, "objective.html", page()))


@pages.get("/map")
def company_map() -> Response:
    """The alignment as a picture: who supports what, from the company to people."""
    seen = _seen()
    return _answer(seen, lambda: _page(seen, "map.html", _map(seen)))


@pages.get("/map.svg")
def map_file() -> Response:
    """The same picture as a file that needs nothing else to be looked at."""
    seen = _seen()
    answer = _answer(seen, lambda: _page(seen, "map.svg", _map(seen), style=picture_style()), "image/svg+xml")
    if answer.status_code == 200:
        answer.headers["Content-Disposition"] = 'attachment; filename="okr-map.svg"'
    return answer


@pages.get("/problems")
def problems() -> Response:
    """What people should mend in their sheets; or those that were asked for."""
    seen, filters, number = _seen(), ProblemFilters.of(request.args), _page_number()
    page = partial(problems_page, filters, number, seen.company, seen.reader)
    return _answer(seen, lambda: _page(seen, "problems.html", page()))


@pages.get("/problems.txt")
def problems_message() -> Response:
    """The same for a chat message."""
    seen, filters, number = _seen(), ProblemFilters.of(request.args), _page_number()
    turned = {"page": str(number)} if number > 1 else {}
    address = url_for("pages.problems", _external=True, **filters.query, **turned)
    text = partial(problems_text, filters, number, address, seen.company, seen.reader)
    return _answer(seen, lambda: _one(text()), "text/plain")


@pages.get("/alignment.json")
def alignment() -> Response:
    """The same for scripts; `webapp.alignment_json` describes it."""
    seen = _seen()
    if not seen.company.snapshots:
        return _json(PENDING, 503)
    return _answer(seen, lambda: _alignment(seen), "application/json")


@pages.get("/alignment.csv")
def alignment_table() -> Response:
    """The same as a table for spreadsheet programs, in the reader's language."""
    seen = _seen()
    table = partial(alignment_csv, seen.company, seen.reader)
    return _file(_answer(seen, lambda: _kept(seen, "csv", lambda: _one(table())), "text/csv"))


@pages.get("/problems.csv")
def problems_table() -> Response:
    """The problems as a table: all of them, or those that were asked for."""
    seen, filters = _seen(), ProblemFilters.of(request.args)
    found = partial(filters.matching, seen.company, seen.reader)
    return _file(_answer(seen, lambda: _one(problems_csv(found(), seen.company, seen.reader)), "text/csv"))


@pages.get("/favicon.ico")
def icon() -> Response:
    """What browsers ask for beside an answer that cannot name its icon, such as a text."""
    return current_app.send_static_file("icon.svg")


@pages.get("/healthz")
def healthz() -> Response:
    """The process answers; nothing else is touched."""
    return _json({"status": "ok"})


@pages.get("/readyz")
def readyz() -> Response:
    """Whether there is something to show, and whether all of it can be relied on; `webapp.readiness` tells."""
    try:
        seen = _seen()
    except RecordsError as error:
        return _json(unavailable(error), 503)
    if not seen.company.snapshots:
        return _json({"status": "pending"}, 503)
    return _json(readiness(seen.freshness, can_write(seen.site.records, seen.now), named=may_see_names()))


@pages.get("/metrics")
def figures() -> Response:
    """Figures for Prometheus; `webapp.metrics` lists them."""
    seen = _seen()
    counted = seen.site.records.figures()
    page = metrics(counted, seen.sightings, seen.site.intervals, seen.company, seen.now)
    return Response(page, content_type=CONTENT_TYPE)


def prepare(app: Flask, view: View) -> None:
    """Render the page that shows the whole company, before the first reader asks for it."""
    host = next(iter(app.config["TRUSTED_HOSTS"] or ()), "localhost").lstrip(".")
    for language in NAMES:
        with app.request_context(create_environ("/", f"http://{host}/", query_string={"lang": language})):
            seen = _seen_in(view)
            _kept(seen, "tree", partial(_tree, seen))


def _page(seen: Seen, template: str, page: object | None, **values: object) -> Parts:
    """A page that is not kept. Raises NotFound where there is none."""
    if page is None:
        raise NotFound
    return _rendered(template, page=page, etag=seen.etag, **values)


def _tree(seen: Seen) -> Parts:
    return _rendered("tree.html", page=tree_page(seen.company, seen.reader), etag=seen.etag)


def _map(seen: Seen) -> MapPage | None:
    return map_page(seen.company, Wish.of(request.args, seen.company), seen.reader)


def _alignment(seen: Seen) -> Parts:
    """One object of which only the beginning tells how fresh things are, so that the long rest can be kept."""
    stale = stale_ids(seen.company, seen.sightings, seen.site.intervals, seen.now)
    state = state_json(seen.company, seen.sightings, stale, degraded=bool(seen.freshness.doubtful))
    company = partial(company_json, seen.company, seen.reader.bands)
    kept = seen.view.rendered.get("json", lambda: _one(json.dumps(company()).removeprefix("{")))
    return *_one(json.dumps(state).removesuffix("}") + ", "), *kept


def _seen() -> Seen:
    return _seen_in(_site().current.get(datetime.now(UTC)))


def _seen_in(view: View) -> Seen:
    site = _site()
    return Seen(site, view, sightings_in(site.records, site.intervals), _reader(), datetime.now(UTC))


def _page_number() -> int:
    """Which page of a long list is asked for, counted from 1."""
    asked = request.args.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


def _kept(seen: Seen, name: str, render: Callable[[], Parts]) -> Parts:
    return seen.view.rendered.get(f"{name}-{seen.reader.language}", render)


def _one(text: str) -> Parts:
    return (Part(text),)


def _rendered(template: str, **values: object) -> Parts:
    """A page in the parts that stand before and after the place of its freshness."""
    return tuple(Part(text) for text in render_template(template, **values).split(FRESHNESS_PLACE))


def _answer(seen: Seen, body: Callable[[], Parts], mimetype: str = "text/html") -> Response:
    """The page; nothing but its tag where the browser has it; the page to wait on before the first pass."""
    bar = _freshness(seen)
    if not seen.company.snapshots:
        waiting = Response(render_template("pending.html", etag="").replace(FRESHNESS_PLACE, bar), 503)
        waiting.headers["Retry-After"] = str(RETRY_SECONDS)
        return waiting
    if mimetype == "text/html":
        return _unless_known(_tag(seen, bar), lambda: joined(body(), Part(bar)), mimetype)
    return _unless_known(_tag(seen, bar), body, mimetype)


def _freshness(seen: Seen) -> str:
    return render_template("_freshness.html", freshness=seen.freshness, etag=seen.etag)


def _tag(seen: Seen, bar: str) -> str:
    return f"{seen.etag}-{identity(bar)}"


def _unless_known(tag: str, body: Callable[[], Parts], mimetype: str) -> Response:
    known = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if known else text_response(body(), mimetype)
    response.set_etag(tag, weak=True)
    return response


def _file(answer: Response) -> Response:
    """For browsers to keep and not to show, under the name in its address."""
    if answer.status_code == 200:
        answer.headers["Content-Disposition"] = f"attachment; filename={request.path.removeprefix('/')}"
    return answer


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
        "path": _path(),
        "can_sign_in": _can_sign_in(),
        "in_language": _in_language,
    }


def _in_language(language: Language) -> str:
    """The address of the same view in another language."""
    shown = [(name, value) for name, value in request.args.items(multi=True) if name in VIEW_PARAMETERS]
    return f"{_path()}?{urlencode([*shown, ('lang', language)])}"


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
    page = error_page(error, _reader().words, can_sign_in=_can_sign_in())
    response = Response(render_template("error.html", page=page, asked_for=_asked_for()), page.status)
    response.headers.extend([header for header in error.get_headers() if header[0] in KEPT_HEADERS])
    return response


def _can_sign_in() -> bool:
    return "sign_in" in current_app.blueprints


def _path() -> str:
    """Where this page can be asked for again; the first page for what is only passed through in signing in."""
    return "/" if request.blueprint == "sign_in" else page_here(request.path)


def _asked_for() -> str:
    """Where a sign-in should lead back to."""
    return "/" if request.blueprint == "sign_in" else page_here(request.full_path.rstrip("?"))
