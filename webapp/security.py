"""What every answer tells the browser to refuse, and what no text may do to the page around it."""

import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

from flask import Response, request
from markupsafe import Markup
from werkzeug.exceptions import BadRequest, RequestURITooLarge

from sync.config.access import AccessSettings

# Nothing inline, nothing from elsewhere, no frame, forms to ourselves only: a cell that holds markup stays a text even
# if some template ever forgot to escape it.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "private, no-cache",
}

# For an answer that is for one reader alone: no browser keeps it, so that nobody finds it there after them.
FOR_ONE_READER = "private, no-store"

# Only said over TLS, as browsers ask for.
ALWAYS_TLS = {"Strict-Transport-Security": "max-age=31536000"}

# The names of this machine to itself. One bound to ::1 answers to "localhost".
LOOPBACK = ("127.0.0.1", "localhost")

LONGEST_ADDRESS = 4096
LONGEST_VALUE = 200

# Marks that turn the direction of the text after them, and control characters that no reader can see.
_INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if chr(code) not in "\t\n\r"),
        *range(0x7F, 0xA0),
        0x061C,
        *range(0x200E, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)


def add_headers(response: Response) -> Response:
    """The same headers on every answer, errors and static files included."""
    is_for_one_reader = response.cache_control.no_store
    response.headers.update(HEADERS)
    if is_for_one_reader:
        response.headers["Cache-Control"] = FOR_ONE_READER
    if request.is_secure:
        response.headers.update(ALWAYS_TLS)
    return response


def refuse_excess() -> None:
    """No address is longer than any that the page makes, and nobody searches for a chapter.

    What an OpenID provider sends along may be of any length within the address.
    """
    if len(request.full_path) > LONGEST_ADDRESS:
        raise RequestURITooLarge
    values = (value for key, value in request.args.items(multi=True))
    if request.blueprint != "sign_in" and any(len(value) > LONGEST_VALUE for value in values):
        raise BadRequest


class Pace:
    """Lets so many through a minute, for each name. Safe between threads. Names are none that a stranger can choose."""

    def __init__(self, a_minute: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._lock = seconds, threading.Lock()
        self._newest: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=a_minute))

    def pause(self, name: str) -> float:
        """0 for one that is let through and counted, else the seconds until the next one is."""
        with self._lock:
            now, newest = self._seconds(), self._newest[name]
            if len(newest) == newest.maxlen and (left := newest[0] + 60 - now) > 0:
                return left
            newest.append(now)
            return 0.0


def page_here(address: str) -> str:
    """The address where it can only lead to a page of ours, else that of the first page.

    Browsers take "//name" and "/\\name" for another host, skip control characters on the way to that, and go up at
    "/..", out of the path under which the page stands.
    """
    controlled = any(ord(character) < 0x20 for character in address)
    upward = ".." in re.sub("%2e", ".", address, flags=re.IGNORECASE).partition("?")[0].split("/")
    ours = address[:1] == "/" and address[1:2] != "/" and "\\" not in address
    return address if ours and not controlled and not upward else "/"


def cookie_path() -> str:
    """Where a cookie of the page belongs: to the page, and to nothing else on its host."""
    return request.script_root or "/"


def visible(value: object) -> object:
    """A text without what would reorder or hide the text around it; anything else as it is."""
    # Markup was made of texts that came through here; a text all of which prints has nothing to lose.
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return value.translate(_INVISIBLE)


def trusted_hosts(access: AccessSettings) -> list[str]:
    """The names under which the page answers: those that are configured, and this machine's own to itself."""
    return [*access.names, *LOOPBACK, *((access.host,) if access.is_local else ())]
