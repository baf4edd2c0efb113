"""The routes. The one room that knows the request; what a page says is decided by the page models."""

import json
from functools import partial
from typing import cast
from urllib.parse import urlencode

from flask import Flask, Response, current_app, render_template, request, url_for
from werkzeug.exceptions import HTTPException, NotFound, SecurityError
from werkzeug.test import create_environ

from sync.domain.languages import Language
from sync.records import RecordsError
from webapp.exports.alignment_json import PENDING, company_json, state_json
from webapp.exports.csv import alignment_csv, problems_csv
from webapp.exports.metrics import CONTENT_TYPE, metrics
from webapp.exports.readiness import can_write, readiness, unavailable
from webapp.map.file import picture_style
from webapp.map.page import MapPage, map_page
from webapp.map.selection import NAMES as MAP_PARAMETERS
from webapp.map.selection import MapQuery
from webapp.pages.branch import branch_page
from webapp.pages.filters import NAMES as FILTERS
from webapp.pages.filters import Filters
from webapp.pages.objective import objective_page
from webapp.pages.problem_filters import NAMES as PROBLEM_FILTERS
from webapp.pages.problem_filters import ProblemFilters
from webapp.pages.problems import problems_page
from webapp.pages.problems_text import problems_text
from webapp.pages.results import results_page
from webapp.pages.tree import tree_page
from webapp.pages.unit import unit_page
from webapp.parts.freshness import stale_ids
from webapp.reader.languages import NAMES
from webapp.security import page_here
from webapp.sign_in import may_see_names
from webapp.web.answers import (
    LANGUAGE_COOKIE,
    Seen,
    answer_with,
    as_file,
    json_answer,
    kept_parts,
    one_part,
    pages,
    rendered_parts,
    seen_in,
    seen_now,
    this_reader,
    this_site,
)
from webapp.web.current import View
from webapp.web.encoding import Parts
from webapp.web.errors import error_page

A_YEAR = 365 * 24 * 3600

# What an error tells beside its page.
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


# What an address says of the view; a kept page must not repeat anything else from the address that it was made for.
VIEW_PARAMETERS = {*FILTERS, *MAP_PARAMETERS, *PROBLEM_FILTERS, "page"}


@pages.get("/")
def tree() -> Response:
    """How objectives link from company to department to person, and how far each is; or those that were asked for."""
    seen, filters = seen_now(), Filters.of(request.args)
    if filters.is_empty:
        return answer_with(seen, lambda: kept_parts(seen, "tree", lambda: _tree(seen)))
    number = _page_number()
    return answer_with(
        seen, lambda: _page(seen, "results.html", results_page(filters, number, seen.company, seen.reader))
    )


@pages.get("/branch/<key>")
def branch(key: str) -> Response:
    """One objective of the tree, opened, with those that support it."""
    seen = seen_now()
    number = _page_number()
    return answer_with(seen, lambda: _page(seen, "branch.html", branch_page(key, number, seen.company, seen.reader)))


@pages.get("/unit/<key>")
def unit(key: str) -> Response:
    """What a unit or a person has, and how far they are."""
    seen = seen_now()
    number = _page_number()
    return answer_with(seen, lambda: _page(seen, "unit.html", unit_page(key, number, seen.company, seen.reader)))


@pages.get("/objective/<key>")
def objective(key: str) -> Response:
    """One objective with the working of every score."""
    seen = seen_now()
    page = partial(objective_page, key, seen.company, seen.site.records.histories, seen.now, seen.reader)
    return answer_with(seen, lambda: _page(seen, "objective.html", page()))


@pages.get("/map")
def company_map() -> Response:
    """The alignment as a picture: who supports what, from the company to people."""
    seen = seen_now()
    return answer_with(seen, lambda: _page(seen, "map.html", _map(seen)))


@pages.get("/map.svg")
def map_file() -> Response:
    """The same picture as a file that needs nothing else to be looked at."""
    seen = seen_now()
    answer = answer_with(seen, lambda: _page(seen, "map.svg", _map(seen), style=picture_style()), "image/svg+xml")
    if answer.status_code == 200:
        answer.headers["Content-Disposition"] = 'attachment; filename="okr-map.svg"'
    return answer


@pages.get("/problems")
def problems() -> Response:
    """What people should mend in their sheets; or those that were asked for."""
    seen, filters, number = seen_now(), ProblemFilters.of(request.args), _page_number()
    page = partial(problems_page, filters, number, seen.company, seen.reader)
    return answer_with(seen, lambda: _page(seen, "problems.html", page()))


@pages.get("/problems.txt")
def problems_message() -> Response:
    """The same for a chat message."""
    seen, filters, number = seen_now(), ProblemFilters.of(request.args), _page_number()
    turned = {"page": str(number)} if number > 1 else {}
    address = url_for("pages.problems", _external=True, **filters.query, **turned)
    text = partial(problems_text, filters, number, address, seen.company, seen.reader)
    return answer_with(seen, lambda: one_part(text()), "text/plain")


@pages.get("/alignment.json")
def alignment() -> Response:
    """The same for scripts; `webapp.exports.alignment_json` describes it."""
    seen = seen_now()
    if not seen.company.snapshots:
        return json_answer(PENDING, 503)
    return answer_with(seen, lambda: _alignment(seen), "application/json")


@pages.get("/alignment.csv")
def alignment_table() -> Response:
    """The same as a table for spreadsheet programs, in the reader's language."""
    seen = seen_now()
    table = partial(alignment_csv, seen.company, seen.reader)
    return as_file(answer_with(seen, lambda: kept_parts(seen, "csv", lambda: one_part(table())), "text/csv"))


@pages.get("/problems.csv")
def problems_table() -> Response:
    """The problems as a table: all of them, or those that were asked for."""
    seen, filters = seen_now(), ProblemFilters.of(request.args)
    found = partial(filters.matching, seen.company, seen.reader)
    return as_file(answer_with(seen, lambda: one_part(problems_csv(found(), seen.company, seen.reader)), "text/csv"))


@pages.get("/favicon.ico")
def icon() -> Response:
    """What browsers ask for beside an answer that cannot name its icon, such as a text."""
    return current_app.send_static_file("icon.svg")


@pages.get("/healthz")
def healthz() -> Response:
    """The process answers; nothing else is touched."""
    return json_answer({"status": "ok"})


@pages.get("/readyz")
def readyz() -> Response:
    """Whether there is something to show, and whether all of it can be relied on; `webapp.exports.readiness` tells."""
    try:
        seen = seen_now()
    except RecordsError as error:
        return json_answer(unavailable(error), 503)
    if not seen.company.snapshots:
        return json_answer({"status": "pending"}, 503)
    return json_answer(readiness(seen.freshness, can_write(seen.site.records, seen.now), named=may_see_names()))


@pages.get("/metrics")
def figures() -> Response:
    """Figures for Prometheus; `webapp.exports.metrics` lists them."""
    seen = seen_now()
    counted = seen.site.records.figures()
    page = metrics(counted, seen.pass_status, seen.site.intervals, seen.company, seen.now)
    return Response(page, content_type=CONTENT_TYPE)


def prepare(app: Flask, view: View) -> None:
    """Render the page that shows the whole company, before the first reader asks for it."""
    host = next(iter(app.config["TRUSTED_HOSTS"] or ()), "localhost").lstrip(".")
    for language in NAMES:
        with app.request_context(create_environ("/", f"http://{host}/", query_string={"lang": language})):
            seen = seen_in(view)
            kept_parts(seen, "tree", partial(_tree, seen))


def _page(seen: Seen, template: str, page: object | None, **values: object) -> Parts:
    """A page that is not kept. Raises NotFound where there is none."""
    if page is None:
        raise NotFound
    return rendered_parts(template, page=page, etag=seen.etag, **values)


def _tree(seen: Seen) -> Parts:
    return rendered_parts("tree.html", page=tree_page(seen.company, seen.reader), etag=seen.etag)


def _map(seen: Seen) -> MapPage | None:
    return map_page(seen.company, MapQuery.of(request.args, seen.company), seen.reader)


def _alignment(seen: Seen) -> Parts:
    """One object of which only the beginning tells how fresh things are, so that the long rest can be kept."""
    stale = stale_ids(seen.company, seen.pass_status, seen.site.intervals, seen.now)
    state = state_json(seen.company, seen.pass_status, stale, degraded=bool(seen.freshness.doubtful))
    company = partial(company_json, seen.company, seen.reader.bands)
    kept = seen.view.rendered.get("json", lambda: one_part(json.dumps(company()).removeprefix("{")))
    return *one_part(json.dumps(state).removesuffix("}") + ", "), *kept


def _page_number() -> int:
    """Which page of a long list is asked for, counted from 1."""
    asked = request.args.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


@pages.app_context_processor
def surroundings() -> dict[str, object]:
    """What every template may print: the words, and what stands around each page."""
    reader = this_reader()
    return {
        "_": reader.words.gettext,
        "ngettext": reader.words.ngettext,
        "language": reader.language,
        "languages": NAMES,
        "title": this_site().title,
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
    if asked in this_site().readers:
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
        words = this_reader().words
        return Response(words.gettext("This page does not answer to that name."), 400, mimetype="text/plain")
    page = error_page(error, this_reader().words, can_sign_in=_can_sign_in())
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
