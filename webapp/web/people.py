"""The routes about people: a person's page, the way to one's own, and the wall of recognition.

What is not for everyone is on one's own page alone, which is rendered for each request and kept by nobody.
"""

from functools import partial

from flask import Response, request, url_for

from sync.domain.periods import PeriodState
from webapp.company.faces import own_names
from webapp.pages.me import me_page
from webapp.pages.person import person_page
from webapp.pages.recognition import RecognitionFilters, recognition_page
from webapp.sign_in import reader_address
from webapp.web.answers import (
    answer_to_one,
    answer_with,
    kept_by_nobody,
    led_to,
    page_number,
    page_parts,
    pages,
    scoped_parts,
    seen_now,
)
from webapp.web.encoding import Parts


@pages.get("/person/<key>")
def person(key: str) -> Response:
    """What a person has and must do; for themselves, also what is for them alone."""
    seen, number, address = seen_now(), page_number(), reader_address()

    def body() -> Parts:
        page = person_page(
            key,
            number,
            seen.company,
            seen.whole,
            seen.reader,
            address=address,
            histories=seen.site.records.histories,
            once=seen.once,
            closing={one.period.key for one in seen.view.periods if one.state is PeriodState.CLOSING},
        )
        return scoped_parts(seen, "person.html", page)

    return answer_to_one(seen, body) if key in own_names(address, seen.whole) else answer_with(seen, body)


@pages.get("/me")
def me() -> Response:
    """To one's own page; else to choose, or to be told why there is none."""
    seen = seen_now()
    page = me_page(reader_address(), seen.whole)
    if len(page.people) == 1:
        return kept_by_nobody(led_to(url_for("pages.person", key=page.people[0].key)))
    return answer_to_one(seen, partial(page_parts, seen, "me.html", page))


@pages.get("/recognition")
def recognition() -> Response:
    """Who was thanked for what; or what was asked for."""
    seen = seen_now()
    page = partial(recognition_page, RecognitionFilters.of(request.args), page_number(), seen.whole, seen.reader)
    return answer_with(seen, lambda: page_parts(seen, "recognition.html", page()))
