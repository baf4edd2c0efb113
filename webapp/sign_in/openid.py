"""Signing in with Google by OpenID Connect, and out again. Authlib holds the protocol: state, nonce, PKCE, signature.

A session is a signed cookie that holds who signed in and when, and ends after eight hours however it is used.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.exceptions import BadRequest, Forbidden, ServiceUnavailable
from werkzeug.wrappers import Response

from sync.config.access import Readers, SignInSettings
from webapp.security import cookie_path, page_here
from webapp.sign_in.accounts import Account, account_of, may_read
from webapp.sign_in.secret_files import kept_key, read_client

SESSION = timedelta(hours=8)
PATIENCE = 10
METADATA = "/.well-known/openid-configuration"

# A cookie has room for 4 kB.
LONGEST_NEXT = 1000

# Of the server's threads so many may wait for the provider at once; the others go on answering readers.
MOST_WAITING = 4

log = logging.getLogger(__name__)


class SignInUnfinishedError(BadRequest):
    """What came back does not belong to a sign-in that was begun here, or the provider did not go through with it."""


class AccountRefusedError(Forbidden):
    """The provider knows the account, and it may not read."""


class _SessionsOfThePage(SecureCookieSessionInterface):
    """Signed cookies that browsers send to the page and to nothing else on its host."""

    def get_cookie_path(self, app: Flask) -> str:
        return cookie_path()


class SignIn:
    """Adds `/sign-in`, `/sign-out` and what belongs to them to the app. Raises SecretError.

    `secure`: the page has a name on the network, so its cookies go over TLS only.
    """

    def __init__(self, app: Flask, settings: SignInSettings, readers: Readers, *, secure: bool) -> None:
        client = read_client(settings.client)
        app.config.update(
            SECRET_KEY=kept_key(settings.session_key),
            SESSION_COOKIE_NAME="okr_sheets_session",
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
            SESSION_COOKIE_SECURE=secure,
            SESSION_REFRESH_EACH_REQUEST=False,
            PERMANENT_SESSION_LIFETIME=SESSION,
        )
        self._readers = readers
        self._provider = OAuth(app).register(  # type: ignore[no-untyped-call]
            "provider",
            client_id=client.id,
            client_secret=client.secret,
            server_metadata_url=settings.issuer + METADATA,
            client_kwargs={
                "scope": "openid email",
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE,
            },
        )
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        app.session_interface = _SessionsOfThePage()
        app.register_blueprint(self._pages())

    def account(self) -> Account | None:
        """Who is signed in, as far as the request's cookie tells."""
        account, since = session.get("account"), session.get("since")
        if not isinstance(account, tuple) or len(account) != len(fields(Account)) or not isinstance(since, int):
            return None
        if not timedelta() <= datetime.now(UTC) - datetime.fromtimestamp(since, UTC) < SESSION:
            return None
        return Account(*account)

    def _pages(self) -> Blueprint:
        pages = Blueprint("sign_in", __name__)
        pages.add_url_rule("/sign-in", "begin", self._begin)
        pages.add_url_rule("/sign-in/back", "finish", self._finish)
        pages.add_url_rule("/sign-out", "sign_out", self._sign_out, methods=["POST"])
        pages.add_url_rule("/signed-out", "signed_out", self._signed_out)
        return pages

    def _begin(self) -> Response:
        """To the provider; `next` is the page to come back to, seen from where ours stands."""
        session.clear()
        session.permanent = True
        session["next"] = page_here(request.args.get("next", "/")[:LONGEST_NEXT])
        only = self._readers.domains[0] if len(self._readers.domains) == 1 and not self._readers.everybody else None
        hint: dict[str, str] = {"hd": only} if only else {}
        with self._asking_the_provider():
            answer: Response = self._provider.authorize_redirect(
                url_for("sign_in.finish", _external=True), prompt="select_account", **hint
            )
        return answer

    def _finish(self) -> Response:
        """Back from the provider."""
        if "error" in request.args:
            raise SignInUnfinishedError
        with self._asking_the_provider():
            claims = self._claims()
        account = account_of(claims, confirmed=claims.get("email_verified") is True)
        next_page = page_here(session.get("next", "/"))
        session.clear()
        if not may_read(account, self._readers):
            log.warning("a sign-in was refused: neither the account's domain nor its address may read")
            raise AccountRefusedError
        session.permanent = True
        session["account"] = astuple(account)
        session["since"] = int(datetime.now(UTC).timestamp())
        return redirect(request.script_root + next_page, 303)

    def _claims(self) -> dict[str, Any]:
        token = self._provider.authorize_access_token()
        return dict(token["userinfo"])

    def _sign_out(self) -> Response:
        session.clear()
        return redirect(url_for("sign_in.signed_out"), 303)

    def _signed_out(self) -> str:
        return render_template("signed_out.html")

    @contextmanager
    def _asking_the_provider(self) -> Iterator[None]:
        """Turns whatever may go wrong with the provider into an error page."""
        if not self._waiting.acquire(blocking=False):
            raise ServiceUnavailable(retry_after=PATIENCE)
        try:
            yield
        except RequestException as error:
            log.warning("the OpenID provider cannot be reached: %s", type(error).__name__)
            raise ServiceUnavailable(retry_after=PATIENCE) from None
        except (AuthlibBaseError, JoseError, KeyError, TypeError, ValueError) as error:
            log.warning("a sign-in was not finished: %s", type(error).__name__)
            raise SignInUnfinishedError from None
        finally:
            self._waiting.release()
