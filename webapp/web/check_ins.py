"""The routes of check-ins: the whole company, and the page for a meeting."""

from functools import partial

from flask import Response, request

from webapp.pages.check_in import check_in_page
from webapp.pages.check_ins import check_ins_page
from webapp.web.answers import answer_with, page_number, page_parts, pages, seen_now


@pages.get("/check-ins")
def check_ins() -> Response:
    """Who has checked in, as counts, and what is overdue."""
    seen = seen_now()
    page = partial(check_ins_page, page_number(), seen.company, seen.reader)
    return answer_with(seen, lambda: page_parts(seen, "check_ins.html", page()))


@pages.get("/check-in/<key>")
def check_in(key: str) -> Response:
    """What a unit or a person talks about in the meeting."""
    seen = seen_now()
    page = partial(check_in_page, key, request.args.get("owner", "").strip(), page_number(), seen.company, seen.reader)
    return answer_with(seen, lambda: page_parts(seen, "check_in.html", page()))
