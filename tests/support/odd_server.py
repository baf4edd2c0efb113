"""A server that answers what a test tells it to, for answers that the local Sheets server would never give."""

import gzip
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass(frozen=True)
class Reply:
    """An answer; with `meanwhile`, its body byte by byte, and that is called before each.

    `from_the_head`: the head too. `as_google`: compressed and in chunks. `cut`: without its last bytes.
    """

    status: int = 200
    body: str = "{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    meanwhile: Callable[[], None] | None = None
    from_the_head: bool = False
    as_google: bool = False
    cut: bool = False

    def head(self) -> dict[str, str]:
        """The headers, those that go with the body first."""
        if self.as_google:
            return {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip", **self.headers}
        return {"Content-Length": str(len(self.body.encode())), **self.headers}

    def content(self) -> bytes:
        """The body as it goes over the wire."""
        content = self.body.encode()
        if self.as_google:
            packed = gzip.compress(content)
            chunks = [packed[at : at + 20] for at in range(0, len(packed), 20)]
            content = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in [*chunks, b""])
        return content[:-9] if self.cut else content


@dataclass(frozen=True)
class Asked:
    """A request as it came; `token` is what stands after Bearer."""

    verb: str
    path: str
    token: str
    body: str


HTML = "<html><title>Error 502 (Server Error)!!1</title></html>"
BOOK = Reply(body=json.dumps({"spreadsheetId": "s", "properties": {"title": "Kinh doanh"}, "sheets": []}))


def token(text: str = "ya29.local") -> Reply:
    """The sign-in server's answer when all is well."""
    return Reply(body=json.dumps({"access_token": text, "expires_in": 3599, "token_type": "Bearer"}))


def refused(code: int, status: str, message: str, **more: object) -> Reply:
    """An error in Google's envelope."""
    return Reply(code, json.dumps({"error": {"code": code, "status": status, "message": message, **more}}))


class OddServer:
    """Answers each path from `fixed`, all others from `replies` in their order, then with `BOOK`."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.fixed: dict[str, Reply] = {"/token": token()}
        self.asked: list[Asked] = []
        self.connections = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                outer.connections += 1

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                path = self.path.split("?")[0]
                bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
                outer.asked.append(Asked(self.command, path, bearer, body))
                reply = outer.fixed.get(path) or (outer.replies.pop(0) if outer.replies else BOOK)
                lines = [f"HTTP/1.1 {reply.status} OK", *(f"{name}: {value}" for name, value in reply.head().items())]
                self._send("\r\n".join([*lines, "", ""]).encode(), reply.meanwhile if reply.from_the_head else None)
                self.close_connection = reply.cut
                self._send(reply.content(), reply.meanwhile)

            def _send(self, content: bytes, meanwhile: Callable[[], None] | None) -> None:
                for part in [content] if meanwhile is None else [bytes([byte]) for byte in content]:
                    if meanwhile is not None:
                        meanwhile()
                    self.wfile.write(part)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        # A client that has heard enough hangs up; that is no fault of this server.
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=self._server.serve_forever, args=[0.01], daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def asked_for(self, path: str) -> list[Asked]:
        """The requests whose path ends so."""
        return [each for each in self.asked if each.path.endswith(path)]

    def __enter__(self) -> "OddServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
