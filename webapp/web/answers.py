"""Answers to requests: what of the company a request sees, whole or by its tag, rendered once and kept."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import cast

from flask import Blueprint, Response, current_app, g, render_template, request
from werkzeug.exceptions import NotFound

from sync.domain.keys import identity
from webapp.company.company import Company
from webapp.company.pass_status import PassStatus, pass_status_in
from webapp.company.scope import PERIOD, Scope, scope_of
from webapp.parts.configuration import ConfigurationNote, configuration_note
from webapp.parts.freshness import MOST_TOLD, FreshnessBar, freshness_of
from webapp.parts.period_switch import period_switch
from webapp.reader.languages import choose
from webapp.reader.reader import Reader
from webapp.security import LONGEST_VALUE, page_here
from webapp.sign_in import reader_name
from webapp.web.current import Made, View
from webapp.web.encoding import Part, Parts, joined, text_response
from webapp.web.site import Site

LANGUAGE_COOKIE = "language"
RETRY_SECONDS = 5
EXTENSION = "okr_sheets"

# Which page of a long list is asked for.
PAGE = "page"
# Of which page the freshness is asked for, so that its forms lead back there.
AT = "at"

# Where a page tells how old the data is. A page is kept as long as its data stay the same; this is put in each time,
# so that a pass which finds nothing new costs no rendering. No text from a cell can look like it: those are escaped.
FRESHNESS_PLACE = "<!--freshness-->"

pages = Blueprint("pages", __name__)


@dataclass(frozen=True)
class Seen:
    """What one request looks at: one view at one moment, for one reader, in the periods of its `scope`. Without slots,
    as what costs something is found out once.
    """

    site: Site
    view: View
    pass_status: PassStatus
    reader: Reader
    now: datetime
    scope: Scope

    @property
    def company(self) -> Company:
        """The company in the periods that are looked at."""
        return self.view.within(self.scope.keys)

    @property
    def whole(self) -> Company:
        """The company in all periods."""
        return self.view.company

    @property
    def exported(self) -> Company:
        """What a file holds: all periods where none is asked for."""
        return self.company if self.scope.asked else self.whole

    def around(self, objective: str) -> Company:
        """The company in the periods that are looked at if the objective has one of them, else in its own."""
        if objective in self.company.alignment.objectives or objective not in self.whole.alignment.objectives:
            return self.company
        own = self.whole.alignment.objectives[objective].period
        return self.view.within(frozenset({self.whole.calendar.period(own).key}))

    def period_of(self, objective: str) -> str:
        """The period that links from an objective have to name so that it is seen there; "" where they need not."""
        around = self.around(objective)
        if around is self.company:
            return self.scope.asked
        return around.calendar.period(around.alignment.objectives[objective].period).key

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What is the same for all who look at the same periods of this view in a language."""
        if not self.scope.is_known:
            return make()
        return self.view.once.get(f"{name}-{self.scope.asked}-{self.reader.language}", make)

    @cached_property
    def freshness(self) -> FreshnessBar:
        return freshness_of(self.whole, self.pass_status, self.site.intervals, self.now, self.reader)

    @property
    def configuration(self) -> ConfigurationNote | None:
        return configuration_note(self.site.standing(), self.reader)

    @property
    def etag(self) -> str:
        """The tag of what the pages say of the company; "" before the first pass."""
        return self.site.etag(self.view, self.reader.language) if self.whole.snapshots else ""


@pages.get("/freshness")
def freshness() -> Response:
    """How old the data is and which tag the pages have now: what an open page asks again and again."""
    seen = seen_now()
    bar = freshness_bar(seen, page_here(request.args.get(AT, "")))
    return unless_known(_tag(seen, bar), lambda: one_part(bar), "text/html")


def seen_now() -> Seen:
    return seen_in(this_site().current.get(datetime.now(UTC)))


def seen_in(view: View) -> Seen:
    site = this_site()
    pass_status = pass_status_in(site.records)
    scope = scope_of(request.args.get(PERIOD, "").strip(), view.company, view.periods)
    # The links of the page say it so too.
    g.asked_period = scope.asked
    return Seen(site, view, pass_status, this_reader(), datetime.now(UTC), scope)


def kept_parts(seen: Seen, name: str, render: Callable[[], Parts]) -> Parts:
    """What is the same for all who look at the same periods in a language, under the same path, rendered once."""
    return seen.once(f"{name}-{request.script_root}", render)


def one_part(text: str) -> Parts:
    return (Part(text),)


def rendered_parts(template: str, **values: object) -> Parts:
    """A page in the parts that stand before and after the place of its freshness."""
    return tuple(Part(text) for text in render_template(template, **values).split(FRESHNESS_PLACE))


def page_parts(seen: Seen, template: str, page: object | None, **values: object) -> Parts:
    """A page of the company. Raises NotFound where there is none."""
    if page is None:
        raise NotFound
    return rendered_parts(template, page=page, etag=seen.etag, **values)


def scoped_parts(seen: Seen, template: str, page: object | None) -> Parts:
    """A page of some periods, with the others to switch to. Raises NotFound where there is none."""
    return page_parts(seen, template, page, periods=period_switch(seen.view.periods, seen.scope, seen.reader))


def answer_with(seen: Seen, body: Callable[[], Parts], mimetype: str = "text/html") -> Response:
    """The page; nothing but its tag where the browser has it; the page to wait on before the first pass."""
    bar = freshness_bar(seen, page_here(request.path))
    if not seen.whole.snapshots:
        waiting = Response(render_template("pending.html", etag="").replace(FRESHNESS_PLACE, bar), 503)
        waiting.headers["Retry-After"] = str(RETRY_SECONDS)
        return waiting
    if mimetype == "text/html":
        return unless_known(_tag(seen, bar), lambda: joined(body(), Part(bar)), mimetype)
    return unless_known(_tag(seen, bar), body, mimetype)


def answer_to_one(seen: Seen, body: Callable[[], Parts]) -> Response:
    """A page for one reader alone: without a tag, and nobody keeps it, neither here nor on the way nor there."""
    if not seen.whole.snapshots:
        return answer_with(seen, body)
    return kept_by_nobody(
        text_response(joined(body(), Part(freshness_bar(seen, page_here(request.path)))), "text/html")
    )


def kept_by_nobody(answer: Response) -> Response:
    answer.cache_control.no_store = True
    return answer


def led_to(address: str) -> Response:
    """To another page of ours."""
    return Response(status=303, headers={"Location": address})


def freshness_bar(seen: Seen, at: str) -> str:
    """How old the data is, on the page at that address; who may ask for a look gets a form for it."""
    at = at if len(at) <= LONGEST_VALUE else "/"
    return render_template(
        "_freshness.html",
        freshness=seen.freshness,
        most_told=MOST_TOLD,
        configuration=seen.configuration,
        etag=seen.etag,
        at=at,
        proof=form_proof(seen),
    )


def form_proof(seen: Seen) -> str:
    """What the forms of a reader carry who may ask for a look; "" for who may not."""
    asking = seen.site.asking
    return asking.proofs.form(reader_name()) if asking.is_allowed else ""


def _tag(seen: Seen, bar: str) -> str:
    return f"{seen.etag}-{identity(bar)}"


def unless_known(tag: str, body: Callable[[], Parts], mimetype: str) -> Response:
    known = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if known else text_response(body(), mimetype)
    response.set_etag(tag, weak=True)
    return response


def as_file(answer: Response) -> Response:
    """For browsers to keep and not to show, under the name in its address."""
    if answer.status_code == 200:
        answer.headers["Content-Disposition"] = f"attachment; filename={request.path.removeprefix('/')}"
    return answer


def json_answer(content: object, status: int = 200) -> Response:
    response = Response(json.dumps(content), status, mimetype="application/json")
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def this_site() -> Site:
    return cast(Site, current_app.extensions[EXTENSION])


def this_reader() -> Reader:
    if "reader" not in g:
        asked, remembered = request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)
        g.reader = this_site().readers[choose(asked, remembered, request.accept_languages)]
    return cast(Reader, g.reader)


def page_number() -> int:
    """Which page of a long list is asked for, counted from 1."""
    asked = request.args.get(PAGE, "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1
