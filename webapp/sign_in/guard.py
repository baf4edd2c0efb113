"""Stands before every request: who asks, and may they read?

Open to everybody are only the style sheet and the like, the pages for signing in and out, and what a machine asks to
learn whether this one lives: `/healthz`, and `/readyz` without names. A hook has a secret of its own.
"""

import hmac
from collections.abc import Callable

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, SecurityError, Unauthorized

from sync.config.access import Readers
from webapp.sign_in.accounts import Account, may_read

OPEN_TO_ALL = frozenset({"static", "pages.healthz", "pages.readyz", "pages.hook"})


class Guard:
    """`identity` tells who asks, as far as is known; `token` is that of scripts, b"" where there is none."""

    def __init__(self, identity: Callable[[], Account | None], readers: Readers, token: bytes) -> None:
        self._identity, self._readers, self._token = identity, readers, token

    def __call__(self) -> None:
        """Before a request: raises Unauthorized, or Forbidden for an account that is known and may not read."""
        if isinstance(request.routing_exception, SecurityError) or request.blueprint == "sign_in":
            return
        if self._has_token():
            g.has_token = True
            let_in()
            return
        if request.endpoint in OPEN_TO_ALL:
            g.hide_names = True
            return
        account = self._identity()
        if account is None:
            raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "okr-sheets"}))
        if self._readers and not may_read(account, self._readers):
            raise Forbidden
        g.reader_address = account.email
        g.reader_name = account.subject
        let_in()

    def _has_token(self) -> bool:
        given = request.authorization
        if not self._token or given is None or given.type != "bearer":
            return False
        return hmac.compare_digest((given.token or "").encode(), self._token)


def let_in() -> None:
    """What is rendered from here on is for somebody who may read."""
    g.is_let_in = True


def is_let_in() -> bool:
    """Whether it is known by now that whoever asks may read; asked where it has to be known who reads."""
    return bool(g.get("is_let_in", False))


def has_token() -> bool:
    """Whether this request is a script's, by its token; no browser sends that by itself."""
    return bool(g.get("has_token", False))


def reader_name() -> str:
    """Who signed in, by the provider's name of the account; "" where nobody has to."""
    return str(g.get("reader_name", ""))


def may_see_names() -> bool:
    """Whether the answer to this request may hold anything of the company's."""
    return not g.get("hide_names", False)


def reader_address() -> str:
    """The confirmed address of whoever is signed in and may read; "" where nobody is, as for a script with a token."""
    return str(g.get("reader_address", ""))
