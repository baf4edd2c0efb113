"""The routes of check-ins: the whole company, and the page for a meeting."""

from functools import partial

from flask import Response, request
from werkzeug.exceptions import NotFound

from webapp.company.scope import LONGEST
from webapp.pages.check_in import check_in_page
from webapp.pages.check_ins import check_ins_page
from webapp.web.answers import answer_with, page_number, pages, rendered_parts, seen_now
from webapp.web.encoding import Parts


@pages.get("/check-ins")
def check_ins() -> Response:
    """Who has checked in, as counts, and what is overdue."""
    seen = seen_now()
    page = partial(check_ins_page, page_number(), seen.company, seen.reader)
    return answer_with(seen, lambda: rendered_parts("check_ins.html", page=page(), etag=seen.etag))


@pages.get("/check-in/<key>")
def check_in(key: str) -> Response:
    """What a unit or a person talks about in the meeting."""
    seen = seen_now()
    owner, number = request.args.get("owner", "").strip()[:LONGEST], page_number()

    def body() -> Parts:
        page = check_in_page(key, owner, number, seen.company, seen.reader)
        if page is None:
            raise NotFound
        return rendered_parts("check_in.html", page=page, etag=seen.etag)

    return answer_with(seen, body)
