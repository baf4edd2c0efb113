"""The route of the initiatives' page."""

from functools import partial

from flask import Response, request

from webapp.pages.initiatives import InitiativeFilters, initiatives_page
from webapp.web.answers import answer_with, page_number, pages, scoped_parts, seen_now


@pages.get("/initiatives")
def initiatives() -> Response:
    """What is to be done, by due date; or what was asked for."""
    seen = seen_now()
    page = partial(initiatives_page, InitiativeFilters.of(request.args), page_number(), seen.company, seen.reader)
    return answer_with(seen, lambda: scoped_parts(seen, "initiatives.html", page()))
