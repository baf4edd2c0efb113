"""The routes whose answers are no pages: files, what scripts read, and what watches the page."""

import json
from functools import partial

from flask import Response, request, url_for
from werkzeug.exceptions import NotFound

from sync.records import RecordsError
from webapp.exports.alignment_json import PENDING, company_json, state_json
from webapp.exports.calendar import calendar_ics
from webapp.exports.csv import alignment_csv, problems_csv
from webapp.exports.metrics import CONTENT_TYPE, metrics
from webapp.exports.readiness import can_write, readiness, unavailable
from webapp.exports.records_csv import check_ins_csv, initiatives_csv
from webapp.pages.initiatives import InitiativeFilters
from webapp.pages.problem_filters import ProblemFilters
from webapp.pages.problems_text import problems_text
from webapp.pages.unit import MOST_AT_A_TIME, each_time
from webapp.parts.freshness import stale_ids
from webapp.sign_in import may_see_names
from webapp.web.answers import (
    Seen,
    answer_with,
    as_file,
    json_answer,
    kept_parts,
    one_part,
    page_number,
    pages,
    seen_now,
)
from webapp.web.encoding import Parts


@pages.get("/problems.txt")
def problems_message() -> Response:
    """The same for a chat message."""
    seen, filters, number = seen_now(), ProblemFilters.of(request.args), page_number()
    turned = {"page": str(number)} if number > 1 else {}
    address = url_for("pages.problems", _external=True, **filters.query, **turned)
    text = partial(problems_text, filters, number, address, seen.company, seen.reader, seen.freshness.reading)
    return answer_with(seen, lambda: one_part(text()), "text/plain")


@pages.get("/alignment.json")
def alignment() -> Response:
    """The same for scripts; `webapp.exports.alignment_json` describes it."""
    seen = seen_now()
    if not seen.whole.snapshots:
        return json_answer(PENDING, 503)
    return answer_with(seen, lambda: _alignment(seen), "application/json")


@pages.get("/alignment.csv")
def alignment_table() -> Response:
    """The same as a table for spreadsheet programs, in the reader's language."""
    seen = seen_now()
    table = partial(alignment_csv, seen.exported, seen.reader, seen.site.records.histories)
    return as_file(answer_with(seen, lambda: kept_parts(seen, "csv", lambda: one_part(table())), "text/csv"))


@pages.get("/initiatives.csv")
def initiatives_table() -> Response:
    """The initiatives as a table: all of them, or those that were asked for."""
    seen, filters = seen_now(), InitiativeFilters.of(request.args)

    def body() -> Parts:
        found = filters.matching(seen.exported.undertakings) if filters.query else None
        wanted = None if found is None else [one.initiative for one in found]
        return one_part(initiatives_csv(seen.exported, seen.reader, wanted))

    return as_file(answer_with(seen, body, "text/csv"))


@pages.get("/check-ins.csv")
def check_ins_table() -> Response:
    """The check-ins as a table."""
    seen = seen_now()
    table = partial(check_ins_csv, seen.exported, seen.reader)
    return as_file(answer_with(seen, lambda: kept_parts(seen, "check-ins", lambda: one_part(table())), "text/csv"))


@pages.get("/problems.csv")
def problems_table() -> Response:
    """The problems as a table: all of them, or those that were asked for."""
    seen, filters = seen_now(), ProblemFilters.of(request.args)
    found = partial(filters.matching, seen.exported.told, seen.exported, seen.reader)
    return as_file(answer_with(seen, lambda: one_part(problems_csv(found(), seen.exported, seen.reader)), "text/csv"))


@pages.get("/calendar.ics")
def calendar() -> Response:
    """Days that matter, for a calendar program: the company's, or those of the unit or person whose key is `of`."""
    seen, of = seen_now(), request.args.get("of", "")
    holder = seen.exported.holders.get(of)
    if of and holder is None:
        raise NotFound
    days = partial(calendar_ics, seen.exported, seen.view.periods, holder, _objective_address, seen.reader)
    once = seen.once if holder is None or len(holder.objectives) > MOST_AT_A_TIME else each_time

    def made() -> tuple[str, Parts]:
        return request.url_root, one_part(days().decode())

    def body() -> Parts:
        root, parts = once(f"calendar-{of}", made)
        # It holds whole addresses: under another name of this host it is made anew, and not kept, as those have no end.
        return parts if root == request.url_root else made()[1]

    return answer_with(seen, body, "text/calendar")


def _objective_address(key: str) -> str:
    return url_for("pages.objective", key=key, _external=True)


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
    if not seen.whole.snapshots:
        return json_answer({"status": "pending"}, 503)
    records = seen.site.records
    writable, failing = can_write(records, seen.now), records.failing_rooms()
    return json_answer(readiness(seen.freshness, writable, seen.site.standing(), failing, named=may_see_names()))


@pages.get("/metrics")
def figures() -> Response:
    """Figures for Prometheus; `webapp.exports.metrics` lists them."""
    seen = seen_now()
    counted, rooms = seen.site.records.figures(), seen.site.records.failing_rooms()
    page = metrics(counted, seen.pass_status, seen.site.intervals, seen.whole, seen.now, rooms)
    return Response(page, content_type=CONTENT_TYPE)


def _alignment(seen: Seen) -> Parts:
    """One object of which only the beginning tells how fresh things are, so that the long rest can be kept."""
    stale = stale_ids(seen.whole, seen.pass_status, seen.site.intervals, seen.now)
    state = state_json(seen.whole, seen.pass_status, stale, seen.view.periods, degraded=bool(seen.freshness.doubtful))
    company = partial(company_json, seen.exported, seen.reader.bands, seen.site.records.histories)
    kept = kept_parts(seen, "json", lambda: one_part(json.dumps(company()).removeprefix("{")))
    return *one_part(json.dumps(state).removesuffix("}") + ", "), *kept
