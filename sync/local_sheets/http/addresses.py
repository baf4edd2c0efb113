"""Which URL is which method."""

import re
from functools import cache
from typing import Any

from werkzeug import Request
from werkzeug.routing import BaseConverter, Map, Rule

from sync.local_sheets.calls.call import Call, Method
from sync.local_sheets.drive import api as drive_api
from sync.local_sheets.http.control import CONTROLS
from sync.local_sheets.methods import sheets as sheets_api
from sync.local_sheets.protocol.messages import Shape


class _SpreadsheetId(BaseConverter):
    regex = "[A-Za-z0-9_-]+"


class _Range(BaseConverter):
    """A range may hold a slash and a colon: they are part of sheets' titles and of A1 itself."""

    regex = ".+"
    part_isolating = False


def path_of(request: Request) -> str:
    """Google does not count the slashes at the end, unless they are escaped."""
    sent = request.environ["REQUEST_URI"].partition("?")[0]
    slashes = len(sent) - len(sent.rstrip("/"))
    return request.path[: len(request.path) - slashes] or "/"


def _allowed_locations(call: Call) -> dict[str, Any]:
    """google-auth asks this once for each service account, wherever its token came from."""
    return {"locations": [], "encodedLocations": "0x0"}


_LOCATIONS = Method(
    "iamcredentials.allowedLocations",
    "other",
    _allowed_locations,
    Shape("GET", "/v1/projects/-/serviceAccounts/{account}/allowedLocations", None, None),
)


METHODS = [*sheets_api.METHODS, *drive_api.METHODS, _LOCATIONS]


@cache
def url_map() -> Map:
    """Of all servers of a process: to make one takes longer than all else that a server begins with."""
    rules = [
        Rule("/token", methods=["POST"], endpoint="token"),
        Rule("/", methods=["GET"], endpoint="index"),
        Rule("/spreadsheets/d/<spreadsheet:spreadsheet_id>/edit", methods=["GET"], endpoint="grid"),
        Rule("/spreadsheets/d/<spreadsheet:spreadsheet_id>/export", methods=["GET"], endpoint="export"),
        Rule("/<any(grid, grid_page):folder>/<name>", methods=["GET"], endpoint="asset"),
        *(Rule(f"/control/<any({name}):name>", methods=verbs, endpoint="control") for name, verbs in CONTROLS.items()),
        *(Rule(path, methods=["POST"], endpoint="batch") for path in ("/batch", "/batch/drive/v3")),
        *(_rule(path, method) for method in [*METHODS, *drive_api.UNANSWERED] for path in _paths(method)),
    ]
    converters = {"spreadsheet": _SpreadsheetId, "range": _Range}
    return Map(rules, converters=converters, merge_slashes=False, strict_slashes=False)


def _paths(method: Method) -> list[str]:
    """A verb stands behind the spreadsheet, or behind a slash too: google-spreadsheet joins all parts with one."""
    template = method.shape.path
    return sorted({template, template.replace("{spreadsheetId}:", "{spreadsheetId}/:")})


def _rule(template: str, method: Method) -> Rule:
    """Google's template of a path as one of werkzeug."""
    converters = {"spreadsheetId": "spreadsheet:", "fileId": "spreadsheet:", "range": "range:"}
    path = re.sub(r"\{(\w+)\}", lambda match: f"<{converters.get(match[1], '')}{match[1]}>", template)
    return Rule(path, methods=[method.shape.verb], endpoint=method)
