"""Answers that cross the wire compressed (gzip), where the browser takes that and it is worth the while.

What is kept is compressed once, however many readers ask for it, even where a few bytes of the answer differ each
time: a gzip stream may be put together of parts that were compressed apart.
"""

import struct
import zlib
from functools import cached_property

from flask import Response, request

LEAST_BYTES = 1000
LEVEL = 6
TEXTS = ("text/", "application/json", "image/svg+xml")

_RAW = -zlib.MAX_WBITS
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_NO_MORE = b"\x03\x00"


class Part:
    """A part of an answer that may be kept."""

    def __init__(self, text: str) -> None:
        self.plain = text.encode()

    @cached_property
    def deflated(self) -> bytes:
        """Compressed without reference to what stands before or after it."""
        compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, _RAW)
        return compressor.compress(self.plain) + compressor.flush(zlib.Z_FULL_FLUSH)


Parts = tuple[Part, ...]


def joined(parts: Parts, between: Part) -> Parts:
    """The parts with another between each two of them."""
    return tuple(each for part in parts for each in (between, part))[1:]


def gzipped(parts: Parts) -> bytes:
    """All parts as one gzip file."""
    check = size = 0
    for part in parts:
        check, size = zlib.crc32(part.plain, check), size + len(part.plain)
    deflated = b"".join(part.deflated for part in parts)
    return _GZIP_HEADER + deflated + _NO_MORE + struct.pack("<II", check, size & 0xFFFFFFFF)


def text_response(parts: Parts, mimetype: str) -> Response:
    """The parts one after the other, compressed where the request takes that."""
    response = Response(mimetype=mimetype)
    _fill(response, parts)
    return response


def compress(response: Response) -> Response:
    """After a request: compress what is text and was not compressed yet."""
    if not (response.mimetype or "").startswith(TEXTS):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code not in (206, 304) and not response.content_encoding:
        # Static files come as streams, and ours are small.
        response.direct_passthrough = False
        _fill(response, (Part(response.get_data(as_text=True)),))
    return response


def _fill(response: Response, parts: Parts) -> None:
    worth = sum(len(part.plain) for part in parts) >= LEAST_BYTES
    if worth and request.accept_encodings["gzip"] > 0:
        response.set_data(gzipped(parts))
        response.content_encoding = "gzip"
    else:
        response.set_data(b"".join(part.plain for part in parts))
