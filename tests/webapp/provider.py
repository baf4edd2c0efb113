"""A real OpenID provider on a port of its own, with the accounts that matter, and what it was asked for tokens."""

import io
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs

import oidc_provider_mock  # type: ignore[import-untyped]
from werkzeug.serving import make_server

WORKER, LOOKALIKE, STRANGER, ADVISER, UNCONFIRMED = "worker", "lookalike", "stranger", "adviser", "unconfirmed"

ACCOUNTS: Mapping[str, dict[str, object]] = {
    WORKER: {"email": "an@cty.vn", "email_verified": True, "hd": "cty.vn"},
    LOOKALIKE: {"email": "x+y@cty.vn", "email_verified": True},
    STRANGER: {"email": "an@other.vn", "email_verified": True, "hd": "other.vn"},
    ADVISER: {"email": "Adviser@gmail.com", "email_verified": True},
    UNCONFIRMED: {"email": "adviser@gmail.com", "email_verified": False},
}

Tokens = dict[str, Any]


@cache
def _application() -> Any:
    """One for all tests of a process: to make its RSA key takes longer than most of them. No test changes its accounts,
    and what it handed out is good for the one who has it alone.
    """
    users = [oidc_provider_mock.User(sub=name, claims=claims) for name, claims in ACCOUNTS.items()]
    return oidc_provider_mock.app(user_claims=users)


class Provider:
    """`change` is applied to every answer of the token endpoint; `asked` are the forms that were sent to it."""

    def __init__(self, folder: Path) -> None:
        self._app = _application()
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self.change: Callable[[Tokens], Tokens] = lambda tokens: tokens
        self.asked: list[dict[str, str]] = []
        self.client_file = folder / "client.json"
        self.client_file.write_text(json.dumps({"web": {"client_id": "okr", "client_secret": "hush-hush"}}))
        self.client_file.chmod(0o600)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/oauth2/token":
            untouched: Iterable[bytes] = self._app(environ, start_response)
            return untouched
        form = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        self.asked.append({name: values[0] for name, values in parse_qs(form.decode()).items()})
        started: list[Any] = []
        answer = self._app(
            environ | {"wsgi.input": io.BytesIO(form)}, lambda status, headers, *rest: started.append((status, headers))
        )
        tokens = self.change(json.loads(b"".join(answer)))
        status, _ = started[0]
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(tokens).encode()]

    def __enter__(self) -> "Provider":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
