"""The route of the initiatives' page."""

from functools import partial

from flask import Response, request

from webapp.pages.initiatives import InitiativeFilters, initiatives_page
from webapp.parts.period_switch import period_switch
from webapp.web.answers import answer_with, page_number, pages, rendered_parts, seen_now


@pages.get("/initiatives")
def initiatives() -> Response:
    """What is to be done, by due date; or what was asked for."""
    seen = seen_now()
    page = partial(initiatives_page, InitiativeFilters.of(request.args), page_number(), seen.company, seen.reader)
    periods = period_switch(seen.view.periods, seen.scope, seen.reader)
    return answer_with(seen, lambda: rendered_parts("initiatives.html", page=page(), periods=periods, etag=seen.etag))
