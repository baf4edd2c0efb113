"""One person on this machine: who holds the address that the command printed, and nobody else in any browser.

The address carries a token that is good once. It is exchanged for a cookie that no script sees; every change must carry
a second secret, which only a page of ours was given, so that no other site can make one.
"""

import hmac
import secrets

from flask import Response, request
from werkzeug.exceptions import Forbidden

CHANGE_HEADER = "X-Desk-Change"


class Guard:
    """The secrets of one run."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(32)
        self.change = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self._is_spent = False

    def enter(self, token: str, response: Response) -> Response:
        """Let the holder of the token in, once. Raises Forbidden."""
        if self._is_spent or not hmac.compare_digest(token.encode(), self.token.encode()):
            raise Forbidden
        self._is_spent = True
        response.set_cookie(self._cookie, self._session, httponly=True, samesite="Strict")
        return response

    def check(self) -> None:
        """Before a request: raises Forbidden unless it comes from the page of this run."""
        if not hmac.compare_digest(request.cookies.get(self._cookie, "").encode(), self._session.encode()):
            raise Forbidden
        if request.method != "GET" and not hmac.compare_digest(
            request.headers.get(CHANGE_HEADER, "").encode(), self.change.encode()
        ):
            raise Forbidden

    @property
    def _cookie(self) -> str:
        # Cookies know no ports: two desks on one machine need names of their own.
        return f"desk-{request.host.rpartition(':')[2]}"
