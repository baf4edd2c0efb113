"""Several requests in one over HTTP, as Drive takes them: a multipart body of requests, answered by one of responses.

It carries nothing out, and is not to be taken for `:batchUpdate`, which is one request of Sheets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from werkzeug import Request, Response
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from sync.local_sheets.errors import ApiError, invalid
from sync.local_sheets.faults.wire import CONNECTION

# In the environ of a request that came in a batch.
BATCHED = "local_sheets.batched"

# Drive documents this limit.
_MOST = 100
_BOUNDARY = "batch_of_the_local_sheets_server"
# What each request says for itself; all else is the batch's.
_OWN = ("Authorization", "Content-Type")


def unimplemented() -> ApiError:
    """What Sheets answers to every request in a batch."""
    return ApiError(501, "Operation is not implemented, or supported, or enabled.")


def answer(batch: Request, respond: Callable[[Request], Response]) -> Response:
    """Each request responded to, in order; one without a credential of its own has the batch's. Raises ApiError."""
    if BATCHED in batch.environ:
        raise invalid("A batch holds no other batch.")
    asked = [(part, _request(part, batch)) for part in _parts(batch)]
    answers = [_part(part, respond(request)) for part, request in asked]
    body = b"".join(b"--%s\r\n%s\r\n" % (_BOUNDARY.encode(), each) for each in answers)
    media_type = f'multipart/mixed; boundary="{_BOUNDARY}"'
    return Response(body + f"--{_BOUNDARY}--\r\n".encode(), 200, content_type=media_type)


def _parts(batch: Request) -> list[MIMEPart]:
    head = f"Content-Type: {batch.headers.get('Content-Type', '')}\r\n\r\n".encode("latin-1", "replace")
    message = _message(head + batch.get_data())
    found = list(message.iter_parts()) if message.get_content_type() == "multipart/mixed" else []
    if not found or any(part.get_content_type() != "application/http" for part in found):
        raise invalid("A batch is a multipart/mixed body whose parts are application/http.")
    if len(found) > _MOST:
        raise invalid(f"A batch has {_MOST} requests at most.")
    return found


def _request(part: MIMEPart, batch: Request) -> Request:
    first, _, rest = _content(part).lstrip().partition(b"\n")
    verb, _, target = first.decode("latin-1").strip().removesuffix(" HTTP/1.1").partition(" ")
    if not verb.isalpha() or not re.match("/(?!/)", target):
        raise invalid("Each part of a batch begins with a verb and a path.")
    asked = _message(rest)
    headers = Headers([(name, " ".join(asked[name].split())) for name in _OWN if name in asked])
    if "Authorization" in batch.headers:
        headers.setdefault("Authorization", batch.headers["Authorization"])
    path, _, query = target.partition("?")
    built = EnvironBuilder(path, batch.host_url, query, verb, headers=headers, data=_content(asked))
    return Request({**built.get_environ(), CONNECTION: batch.environ[CONNECTION], BATCHED: True})


def _part(asked: MIMEPart, response: Response) -> bytes:
    content_id = str(asked.get("Content-ID", "")).strip("<>")
    named = f"Content-ID: <response-{content_id}>\r\n" if content_id else ""
    kept = ("Content-Type", "WWW-Authenticate", "Content-Length")
    headers = "".join(f"{name}: {response.headers[name]}\r\n" for name in kept if name in response.headers)
    head = f"Content-Type: application/http\r\n{named}\r\nHTTP/1.1 {response.status}\r\n{headers}\r\n"
    return head.encode("latin-1", "replace") + response.get_data()


def _message(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.HTTP)


def _content(message: MIMEPart) -> bytes:
    content = message.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
