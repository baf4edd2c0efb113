"""Under which path of its host the page stands, such as `/okr`: set from the configuration, or from a proxy that is
believed. That is WSGI's SCRIPT_NAME, under which flask makes every link and redirect, and we every cookie.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

from sync.config.access import PATH, AccessSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def placed(app: "WSGIApplication", access: AccessSettings) -> "WSGIApplication":
    """The application where the settings say; it believes of the proxies in front what they say of a request."""
    if access.path:
        app = UnderPath(app, access.path)
    if access.path_from_proxy:
        app = UnderForwardedPath(app)
    if access.proxies:
        believed = {"x_for": access.proxies, "x_proto": access.proxies, "x_prefix": int(access.path_from_proxy)}
        app = ProxyFix(app, **believed)
    return app


class UnderPath:
    """The application under a path of ours, whether the proxy leaves that on the addresses or takes it off."""

    def __init__(self, app: "WSGIApplication", path: str) -> None:
        self._app, self._path = app, path

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        environ["SCRIPT_NAME"] = self._path
        if asked == self._path or asked.startswith(self._path + "/"):
            environ["PATH_INFO"] = asked.removeprefix(self._path)
        return self._app(environ, start_response)


class UnderForwardedPath:
    """The application under the path that the proxy told, if that can be one: “//host” would lead every link away."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        told = environ.get("SCRIPT_NAME", "").rstrip("/")
        environ["SCRIPT_NAME"] = told if PATH.fullmatch(told) else ""
        return self._app(environ, start_response)
