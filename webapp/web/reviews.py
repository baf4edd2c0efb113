"""The routes of reviews: a period looked back on, as a page, a table and a workbook."""

from datetime import timedelta
from functools import partial

from flask import Response
from werkzeug.exceptions import NotFound

from sync.domain.periods import PeriodState, before
from webapp.company.company import Company
from webapp.company.scope import KnownPeriod, Scope
from webapp.exports.review import review_csv, review_workbook
from webapp.pages.review import NO_PAST, Earlier, Past, ReviewPage, review_page
from webapp.parts.period_switch import period_links
from webapp.web.answers import Seen, answer_with, kept_parts, one_part, page_parts, pages, seen_now
from webapp.web.encoding import Parts

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/reviews")
def reviews() -> Response:
    """The periods that have begun, the newest first."""
    seen = seen_now()
    begun = [one for one in seen.view.periods if one.state is not PeriodState.PLANNED and one.period.span]
    links = period_links(begun, Scope(frozenset()), seen.reader)[::-1]
    return answer_with(seen, lambda: page_parts(seen, "reviews.html", links))


@pages.get("/review/<key>")
def review(key: str) -> Response:
    """What came of a period, and what was learned."""
    seen = seen_now()
    period = _period(key, seen)

    def body() -> Parts:
        return page_parts(seen, "review.html", _review(period, seen))

    # It looks at everything of a period, and asks the records for the scores of its first day: once for all readers.
    return answer_with(seen, lambda: kept_parts(seen, f"review-{period.period.key}", body))


@pages.get("/review/<key>.csv")
def review_table(key: str) -> Response:
    """The same as a table."""
    seen = seen_now()
    period = _period(key, seen)

    def body() -> Parts:
        return one_part(review_csv(_company(period, seen), seen.reader))

    name = f"review-table-{period.period.key}"
    return _named(answer_with(seen, lambda: kept_parts(seen, name, body), "text/csv"), "csv")


@pages.get("/review/<key>.xlsx")
def review_book(key: str) -> Response:
    """The same as a workbook."""
    seen = seen_now()
    period = _period(key, seen)
    book = partial(review_workbook, period.period.name, _company(period, seen), seen.reader)
    return _named(Response(seen.once(f"review-book-{period.period.key}", book), mimetype=WORKBOOK), "xlsx")


def _named(answer: Response, ending: str) -> Response:
    if answer.status_code == 200:
        answer.headers["Content-Disposition"] = f"attachment; filename=review.{ending}"
    return answer


def _period(key: str, seen: Seen) -> KnownPeriod:
    """The period of an address. Raises NotFound where no objective has it."""
    wanted = seen.whole.calendar.period(key).key
    for one in seen.view.periods:
        if one.period.key == wanted and wanted:
            return one
    raise NotFound


def _company(period: KnownPeriod, seen: Seen) -> Company:
    return seen.view.within(frozenset({period.period.key}))


def _review(period: KnownPeriod, seen: Seen) -> ReviewPage:
    earlier = before(period.period, [one.period for one in seen.view.periods])
    then = Earlier(earlier.name, seen.view.within(frozenset({earlier.key}))) if earlier else Earlier()
    company, histories = _company(period, seen), seen.site.records.histories
    return review_page(period, company, then, _past(period, seen), seen.reader, histories)


def _past(period: KnownPeriod, seen: Seen) -> Past:
    span, records = period.period.span, seen.site.records
    if span is None:
        return NO_PAST
    calendar = seen.whole.calendar
    first, end = calendar.midnight(span.first), calendar.midnight(span.last + timedelta(days=1))
    return Past(records.scores_as_of(first), records.scores_changed(first, min(end, seen.now)))
