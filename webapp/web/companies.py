"""The pages of several companies behind one door: each under `/c/<company>/`, or alone on a host name of its own.

Every page is an application by itself, with its own records, readers and keys; here it is only found. What has no
company names none: `/` shows nothing, `/readyz` counts, and `/metrics` has the figures of those companies alone whose
own `/metrics` the same request may read.
"""

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, TestResponse

from sync.config.access import AccessSettings
from sync.config.settings import Config
from webapp.exports.company_metrics import company_metrics
from webapp.exports.metrics import CONTENT_TYPE
from webapp.reader.languages import choose, load_words
from webapp.security import add_headers, refuse_excess, trusted_hosts
from webapp.web.answers import LANGUAGE_COOKIE, json_answer
from webapp.web.prefix import placed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# What `/readyz` of a page may say, and what of it says that the page has something to show.
OK, DEGRADED, PENDING, UNAVAILABLE = "ok", "degraded", "pending", "unavailable"
READY = (OK, DEGRADED)
# Seconds for which an answer of `/readyz` is good.
BETWEEN_LOOKS = 1.0
# What is said of a company that has a configuration and cannot begin.
NOT_RUNNING = "not-running"


@dataclass(frozen=True, slots=True)
class _Page:
    app: Flask
    access: AccessSettings
    mounted: str


class OnePage:
    """A WSGI application that is the page of the only company there is."""

    def __init__(self) -> None:
        self._app: WSGIApplication = NotFound()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return self._app(environ, start_response)

    def show(self, _: Config, app: Flask) -> None:
        """Answer with this page from the next request on."""
        self._app = app

    def remove(self, _: str) -> None:
        """There is nothing any more."""
        self._app = NotFound()


class CompanyPages:
    """A WSGI application. Pages come and go, from one thread, while others ask for them.

    `door` is what all say alike of where they listen; `not_running` counts the companies that should have a page.
    """

    def __init__(
        self,
        door: AccessSettings,
        not_running: Callable[[], int] = lambda: 0,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._not_running, self._seconds = not_running, seconds
        self._asking, self._asked_at = threading.Lock(), -math.inf
        self._ready: tuple[dict[str, Any], int] = ({"status": PENDING}, 503)
        self._pages: dict[str, _Page] = {}
        self._lobby = Flask("webapp", static_folder=None)
        self._lobby.debug = False
        _furnish(self._lobby, self)
        self._lead()
        self._door = placed(self._found, door)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return self._door(environ, start_response)

    def show(self, config: Config, app: Flask) -> None:
        """Answer for a company with this page from the next request on."""
        mounted = config.page_path.removeprefix(config.page.path)
        self._pages = {**self._pages, config.name: _Page(app, config.page, mounted)}
        self._lead()

    def remove(self, name: str) -> None:
        """There is nothing any more where a company had its page."""
        self._pages = {known: page for known, page in self._pages.items() if known != name}
        self._lead()

    def _lead(self) -> None:
        pages = self._pages.values()
        self._by_host: Mapping[str, WSGIApplication] = {
            page.access.host_name: page.app for page in pages if page.access.host_name
        }
        # A page that is asked for under other names than these could be another site's that leads here.
        names = [name for page in pages for name in trusted_hosts(page.access) if name != page.access.host_name]
        self._lobby.config["TRUSTED_HOSTS"] = names or trusted_hosts(AccessSettings())
        self._by_path = DispatcherMiddleware(self._lobby, {page.mounted: page.app for page in pages if page.mounted})

    def _found(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """A company's own host name is its own from the root on, so nobody else's page is under it."""
        name = environ.get("HTTP_HOST", "").partition(":")[0].lower()
        return self._by_host.get(name, self._by_path)(environ, start_response)

    def readiness(self) -> tuple[dict[str, Any], int]:
        """Each company is asked, which writes into its database: however many strangers want to know, once a second."""
        with self._asking:
            if self._seconds() - self._asked_at >= BETWEEN_LOOKS:
                self._ready, self._asked_at = self._readiness(), self._seconds()
            return self._ready

    def _readiness(self) -> tuple[dict[str, Any], int]:
        """One company that is not ready takes no others off the network: only where none is, nothing is."""
        found = Counter(_status(self._asked(page, "/readyz")) for page in self._pages.values())
        found[NOT_RUNNING] += self._not_running()
        counts = {status: count for status, count in sorted(found.items()) if count}
        if not any(status in counts for status in READY):
            return {"status": PENDING, "companies": counts}, 503
        return {"status": OK if set(counts) == {OK} else DEGRADED, "companies": counts}, 200

    def figures(self, authorization: str | None) -> bytes | None:
        """Of the companies whose own figures whoever asks so may read; None where there is none.

        A page that is open to strangers is read under its own address, which a stranger has to know.
        """
        headers = {"Authorization": authorization} if authorization else {}
        told = {
            name: answer.text
            for name, page in sorted(self._pages.items())
            if page.access.lets_ask and (answer := self._asked(page, "/metrics", headers)).status_code == 200
        }
        return company_metrics(told) if told else None

    @staticmethod
    def _asked(page: _Page, path: str, headers: Mapping[str, str] | None = None) -> TestResponse:
        """What a page answers; every page knows this machine's own name."""
        return Client(page.app).get(path, headers=headers)


def _status(answer: TestResponse) -> str:
    found = answer.get_json(silent=True)
    return str(found["status"]) if found else UNAVAILABLE


def _furnish(lobby: Flask, pages: CompanyPages) -> None:
    languages = load_words()
    lobby.before_request(refuse_excess)
    lobby.after_request(add_headers)

    @lobby.get("/healthz")
    def healthz() -> Response:
        return json_answer({"status": "ok"})

    @lobby.get("/readyz")
    def readyz() -> Response:
        return json_answer(*pages.readiness())

    @lobby.get("/metrics")
    def metrics() -> Response:
        found = pages.figures(request.headers.get("Authorization"))
        if found is None:
            return Response(status=401, headers={"WWW-Authenticate": 'Bearer realm="okr-sheets"'})
        return Response(found, content_type=CONTENT_TYPE)

    @lobby.errorhandler(HTTPException)
    def nothing(error: HTTPException) -> Response:
        """The same whatever was asked for: nobody learns which companies there are."""
        words = languages[choose(None, request.cookies.get(LANGUAGE_COOKIE), request.accept_languages)]
        said = words.gettext("There is nothing here. Each company's page has an address of its own.")
        return Response(said, error.code or 500, mimetype="text/plain")
