"""What comes in through /upload: a file alone, or a file with its metadata before it."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from typing import Any, NamedTuple

from werkzeug import Request

from sync.local_sheets.calls.call import File
from sync.local_sheets.errors import DriveError


class Uploaded(NamedTuple):
    body: Any
    media: File


def parts(request: Request) -> Uploaded:
    """The metadata, not yet checked, and the file."""
    kind = request.args.get("uploadType", "media")
    data, media_type = request.get_data(), request.headers.get("Content-Type", "")
    if kind == "media":
        return Uploaded({}, File(data, media_type))
    if kind == "multipart" and media_type.lower().startswith("multipart/"):
        return _related(media_type, data)
    raise DriveError(400, "badRequest", f"The local Sheets server takes no upload of type {kind!r:.40}.", "uploadType")


def _related(media_type: str, data: bytes) -> Uploaded:
    head = f"Content-Type: {media_type}\r\n\r\n".encode("latin-1", "replace")
    message = message_from_bytes(head + data, policy=policy.HTTP)
    found = list(message.iter_parts())
    if len(found) != 2:
        raise DriveError(400, "badContent", "Malformed multipart body.")
    try:
        body = json.loads(_content(found[0]))
    except ValueError:
        raise DriveError(400, "parseError", "Parse Error") from None
    return Uploaded(body, File(_content(found[1]), found[1].get_content_type()))


def _content(part: Any) -> bytes:
    content: bytes = part.get_payload(decode=True) or b""
    return content
