"""Where a room's address is kept, read anew for each message: whoever replaces the file need not start us again."""

import os
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from sync.config.notify import AddressSource
from sync.config.secrets import SecretError, read_secret

# What the address of a mailbox says of those who get the message, and what any address says of its markup.
_RECEIVERS = ("to", "cc", "bcc")
_MARKUP = "format"


def address_of(source: AddressSource, environment: Mapping[str, str] = os.environ) -> str:
    """The address. Raises SecretError, which says nothing of it."""
    if source.file is not None:
        found = read_secret(source.file).decode("utf-8", errors="replace").strip()
        where = str(source.file)
    else:
        found, where = environment.get(source.env or "", "").strip(), f"${source.env}"
    if not found:
        raise SecretError("no-address", where=where)
    if len(found.split()) > 1:
        raise SecretError("several-addresses", where=where)
    return found


def plainly(address: str, receiver: str = "") -> str:
    """The address with plain text asked for, and, where one is named, with another receiver than it names itself."""
    left_out = (*_RECEIVERS, _MARKUP) if receiver else (_MARKUP,)
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in left_out]
    query += [("to", receiver)] if receiver else []
    return parts._replace(query=urlencode([*query, (_MARKUP, "text")])).geturl()
