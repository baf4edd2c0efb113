"""The routes that ask for a look at a spreadsheet: its hook, and "Sync now"; and the page of all that may be asked for.
Nothing else here changes anything.

What is asked for is noted in the records; the worker does it. No text of a cell comes this way, and none is told.
"""

from datetime import UTC, datetime
from functools import partial

from flask import Response, redirect, request, url_for
from werkzeug.exceptions import Forbidden, NotFound, RequestEntityTooLarge, TooManyRequests

from webapp.pages.sheets import sheets_page
from webapp.security import page_here
from webapp.sign_in import has_token, reader_name
from webapp.web.answers import (
    answer_to_one,
    form_proof,
    json_answer,
    page_number,
    pages,
    rendered_parts,
    seen_now,
    this_site,
)

LARGEST_BODY = 4096


@pages.post("/hook/<spreadsheet>")
def hook(spreadsheet: str) -> Response:
    """Somebody edited the spreadsheet: it comes next. Who guesses learns nothing of what there is."""
    site, given = this_site(), request.authorization
    _refuse_a_long_body()
    known = spreadsheet in site.intervals
    proven = site.asking.proofs.is_hook(spreadsheet, given.token or "" if given and given.type == "bearer" else "")
    if not (known and proven):
        raise NotFound
    if pause := site.asking.hooks.pause(spreadsheet):
        raise TooManyRequests(retry_after=round(pause) + 1)
    site.records.looks.ask(spreadsheet, datetime.now(UTC))
    return Response(status=204)


@pages.post("/sync/<spreadsheet>")
def sync_now(spreadsheet: str) -> Response:
    """A reader, or a script with the token, wants to see it as it is now. Within a minute of the last time, that one
    counts."""
    site = this_site()
    _refuse_a_long_body()
    if not site.asking.is_allowed or spreadsheet not in site.intervals:
        raise NotFound
    if not has_token() and not site.asking.proofs.is_form(reader_name(), request.form.get("proof", "")):
        raise Forbidden
    is_new = site.records.looks.press(spreadsheet, datetime.now(UTC))
    if has_token():
        return _told(spreadsheet, is_new)
    at = page_here(request.form.get("at", ""))
    return redirect(f"{request.script_root}{at}#freshness", 303)  # type: ignore[return-value]


@pages.get("/sheets")
def sheets() -> Response:
    """Every spreadsheet, how old its data is, and what is wrong with it."""
    seen, typed = seen_now(), request.args.get("q", "").strip()
    page = sheets_page(typed, page_number(), seen.freshness.sheets, seen.reader)
    values = {"page": page, "proof": form_proof(seen), "at": page_here(request.path)}
    return answer_to_one(seen, partial(rendered_parts, "sheets.html", **values))


def _told(spreadsheet: str, is_new: bool) -> Response:
    """For a script: when it was asked for, and where it sees that it was read."""
    press = this_site().records.looks.presses()[spreadsheet]
    answer = json_answer(
        {
            "spreadsheet": spreadsheet,
            "asked": press.at.isoformat(timespec="seconds"),
            "waits": press.waits,
            "see": url_for("pages.readyz"),
        },
        202 if is_new else 429,
    )
    if not is_new:
        answer.headers["Retry-After"] = "60"
    return answer


def _refuse_a_long_body() -> None:
    """What is asked for stands in the address; a body of ours is a few words."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise RequestEntityTooLarge
