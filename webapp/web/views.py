"""The routes of the pages. What a page says is decided by the page models."""

from functools import partial
from typing import cast

from flask import Flask, Response, current_app, render_template, request, url_for
from werkzeug.exceptions import HTTPException, SecurityError, ServiceUnavailable
from werkzeug.test import create_environ

from sync.domain.languages import Language
from sync.records import RecordsError
from webapp.company.faces import name_of
from webapp.exports.readiness import unavailable
from webapp.map.file import picture_style
from webapp.map.page import MapPage, map_page
from webapp.map.selection import MapQuery
from webapp.pages.branch import branch_page
from webapp.pages.filters import Filters
from webapp.pages.objective import objective_page
from webapp.pages.problem_filters import ProblemFilters
from webapp.pages.problems import problems_page
from webapp.pages.results import results_page
from webapp.pages.tree import tree_page
from webapp.pages.unit import unit_page
from webapp.reader.languages import NAMES
from webapp.security import cookie_path, page_here
from webapp.sign_in import is_let_in, let_in
from webapp.web.addresses import asked_period, in_language, in_period, path, stay_where
from webapp.web.answers import (
    LANGUAGE_COOKIE,
    PAGE,
    RETRY_SECONDS,
    Seen,
    answer_with,
    kept_parts,
    led_to,
    page_number,
    page_parts,
    pages,
    scoped_parts,
    seen_in,
    seen_now,
    this_reader,
    this_site,
)
from webapp.web.current import View
from webapp.web.encoding import Parts
from webapp.web.errors import error_page

# What stands for the company's name where that is not told.
NO_TITLE = "OKR"

A_YEAR = 365 * 24 * 3600

# What an error tells beside its page.
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


@pages.get("/")
def tree() -> Response:
    """How objectives link from company to department to person, and how far each is; or those that were asked for."""
    seen, filters = seen_now(), Filters.of(request.args)
    if filters.is_empty:
        return answer_with(seen, lambda: _kept_tree(seen))
    number = page_number()
    return answer_with(
        seen, lambda: scoped_parts(seen, "results.html", results_page(filters, number, seen.company, seen.reader))
    )


@pages.get("/branch/<key>")
def branch(key: str) -> Response:
    """One objective of the tree, opened, with those that support it."""
    seen = seen_now()
    number = page_number()
    stay_where(key, seen)
    return answer_with(
        seen, lambda: page_parts(seen, "branch.html", branch_page(key, number, seen.around(key), seen.reader))
    )


@pages.get("/unit/<key>")
def unit(key: str) -> Response:
    """What a unit has, and how far it is. A person has a page of their own, which was here once."""
    seen = seen_now()
    if name_of(key, seen.whole):
        return led_to(url_for("pages.person", key=key, page=request.args.get(PAGE), lang=request.args.get("lang")))
    number = page_number()
    page = partial(unit_page, key, number, seen.company, seen.reader, seen.site.records.histories, seen.once)
    return answer_with(seen, lambda: scoped_parts(seen, "unit.html", page()))


@pages.get("/objective/<key>")
def objective(key: str) -> Response:
    """One objective with the working of every score."""
    seen = seen_now()
    page = partial(objective_page, key, seen.whole, seen.site.records.histories, seen.now, seen.reader)
    return answer_with(seen, lambda: page_parts(seen, "objective.html", page(), period=seen.period_of(key)))


@pages.get("/map")
def company_map() -> Response:
    """The alignment as a picture: who supports what, from the company to people."""
    seen = seen_now()
    return answer_with(seen, lambda: scoped_parts(seen, "map.html", _map(seen)))


@pages.get("/map.svg")
def map_file() -> Response:
    """The same picture as a file that needs nothing else to be looked at."""
    seen = seen_now()
    answer = answer_with(seen, lambda: page_parts(seen, "map.svg", _map(seen), style=picture_style()), "image/svg+xml")
    if answer.status_code == 200:
        answer.headers["Content-Disposition"] = 'attachment; filename="okr-map.svg"'
    return answer


@pages.get("/problems")
def problems() -> Response:
    """What people should mend in their sheets; or those that were asked for."""
    seen, filters, number = seen_now(), ProblemFilters.of(request.args), page_number()
    page = partial(problems_page, filters, number, seen.company, seen.reader, seen.freshness.reading)
    return answer_with(seen, lambda: scoped_parts(seen, "problems.html", page()))


@pages.get("/favicon.ico")
def icon() -> Response:
    """What browsers ask for beside an answer that cannot name its icon, such as a text."""
    return current_app.send_static_file("icon.svg")


def prepare(app: Flask, path: str, view: View) -> None:
    """Render the page that shows the whole company, under its `path`, before the first reader asks for it."""
    host = next(iter(app.config["TRUSTED_HOSTS"] or ()), "localhost").lstrip(".")
    for language in NAMES:
        with app.request_context(create_environ("/", f"http://{host}{path}/", query_string={"lang": language})):
            let_in()
            seen = seen_in(view)
            _kept_tree(seen)


def _kept_tree(seen: Seen) -> Parts:
    """What it says while sheets are read for the first time is kept apart: a pass that fails ends that, too."""
    reading = seen.freshness.reading
    return kept_parts(seen, "tree-reading" if reading else "tree", lambda: _tree(seen, reading))


def _tree(seen: Seen, reading: str) -> Parts:
    page = tree_page(seen.company, seen.reader, seen.site.records.histories, reading)
    return scoped_parts(seen, "tree.html", page)


def _map(seen: Seen) -> MapPage | None:
    root = request.args.get("root", "")
    company = seen.around(root)
    stay_where(root, seen)
    return map_page(company, MapQuery.of(request.args, company), seen.reader)


@pages.app_context_processor
def surroundings() -> dict[str, object]:
    """What every template may print: the words, and what stands around each page."""
    reader = this_reader()
    return {
        "_": reader.words.gettext,
        "ngettext": reader.words.ngettext,
        "language": reader.language,
        "languages": NAMES,
        "title": _title(),
        "path": path(),
        "can_sign_in": _can_sign_in(),
        "knows_readers": this_site().knows_readers,
        "in_language": in_language,
        "in_period": in_period,
        "asked_period": asked_period(),
    }


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
            path=cookie_path(),
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


@pages.app_errorhandler(RecordsError)
def unreadable(error: RecordsError) -> Response:
    """The database does not answer, which passes: nothing of ours broke, so one line in the log says what it said."""
    unavailable(error)
    return failed(ServiceUnavailable(retry_after=RETRY_SECONDS))


def _title() -> str:
    """That of the company, for whom it is not hidden."""
    site = this_site()
    is_hidden = site.is_one_of_many and site.knows_readers and not is_let_in()
    return NO_TITLE if is_hidden else site.title


def _can_sign_in() -> bool:
    return "sign_in" in current_app.blueprints


def _asked_for() -> str:
    """Where a sign-in should lead back to."""
    return "/" if request.blueprint == "sign_in" else page_here(request.full_path.rstrip("?"))
