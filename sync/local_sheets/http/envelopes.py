"""Answers as Google sends them: JSON with its escapes, errors in their envelope, compressed."""

import json
import re
from typing import Any

from werkzeug import Response

from sync.local_sheets.calls.call import Answer, File, Method
from sync.local_sheets.errors import ApiError, drive_envelope

# Indenting serves the eyes, and Python does it slowly: nobody reads an answer longer than this.
_READABLE = 100_000


# What Google writes as \uXXXX beside what JSON must: brackets of tags, controls, and format characters.
_ESCAPED = re.compile(
    "[<>\x7f-\x9f\xad\u0600-\u0603\u06dd\u070f\u17b4\u17b5\u200b-\u200f\u2028-\u202e\u2060-\u2064"
    "\u206a-\u206f\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)


def envelope(error: ApiError, method: Method) -> dict[str, Any]:
    return drive_envelope(error) if method.name.startswith("drive.") else error.envelope()


def response_of(answer: Answer, pretty: bool) -> Response:
    if answer is None:
        return Response(status=204)
    if isinstance(answer, File):
        return Response(answer.content, 200, content_type=answer.media_type)
    return json_response(answer, 200, pretty)


def json_response(answer: dict[str, Any], status: int, pretty: bool = True) -> Response:
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if status != 200 or (pretty and len(text) < _READABLE):
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    response = Response(_ESCAPED.sub(_escaped, text), status, content_type="application/json; charset=UTF-8")
    response.headers["Cache-Control"] = "private"
    response.headers["Vary"] = "Origin, X-Origin, Referer"
    return response


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}" if match[0] in "<>" else json.dumps(match[0])[1:-1]
