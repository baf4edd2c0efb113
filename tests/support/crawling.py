"""Goes over every page that links lead to, as a search engine would, and tells all addresses that it met."""

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

# What an answer says: status, type, text, and where it leads on to, "" where it does not.
Answer = tuple[int, str, str, str]

_ADDRESSES = re.compile(r'(?:\s(?:href|src|action|data-address)=|url\()"?([^"\s>)]+)')


def crawled(get: Callable[[str], Answer], start: str) -> dict[str, Answer]:
    """Every answer by its whole address, beginning with `start`; other hosts are met and not asked."""
    host, waiting, seen = urlsplit(start).netloc, [start], dict[str, Answer]()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        elsewhere = urlsplit(address).netloc != host
        seen[address] = (0, "", "", "") if elsewhere else get(address)
        waiting += [urljoin(address, found) for found in _addresses(seen[address])]
    return seen


def _addresses(answer: Answer) -> Iterator[str]:
    _, kind, text, leads_to = answer
    if leads_to:
        yield leads_to
    if kind in ("text/html", "text/css", "image/svg+xml"):
        for found in _ADDRESSES.findall(text):
            address = html.unescape(found).partition("#")[0]
            if address:
                yield address
