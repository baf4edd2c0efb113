"""Receivers of messages on loopback: webhooks that answer as they are told to, under any name, and a mailbox.

Whoever is asked for a webhook of Google Chat or Slack connects to a host that has but one name. So the receiver is a
proxy too: it takes the connection for that host, with a certificate that it made for it, and answers in its place.
"""

import json
import socket
import ssl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message as Mail
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """What a webhook answers; with `is_silent` it takes the message and never answers."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    is_silent: bool = False


@dataclass(frozen=True)
class Got:
    """A message as it arrived, and what was answered."""

    host: str
    path: str
    body: Any
    reply: Reply


class Webhooks:
    """Takes whatever is posted. `replies` are used up one by one; after them all is well."""

    def __init__(self, folder: Path) -> None:
        self.got: list[Got] = []
        self.replies: deque[Reply] = deque()
        self._folder, self._closing = folder, threading.Event()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self.authority, self._key = _authority(folder)
        self._server = ThreadingHTTPServer((HOST, 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """As Apprise writes that of a webhook that takes JSON; nobody waits long for its answers."""
        return f"json://{HOST}:{self.port}/hook?rto=0.5&cto=5"

    @property
    def environment(self) -> dict[str, str]:
        """With these variables every connection to any host on the web ends here."""
        return {"HTTPS_PROXY": f"http://{HOST}:{self.port}", "REQUESTS_CA_BUNDLE": str(self.authority)}

    def take(self, host: str, path: str, body: Any) -> Reply:
        reply = self.replies.popleft() if self.replies else Reply()
        self.got.append(Got(host, path, body, reply))
        if reply.is_silent:
            self._closing.wait()
        return reply

    def context_for(self, host: str) -> ssl.SSLContext:
        if host not in self._contexts:
            self._contexts[host] = _context(host, self._folder, self.authority, self._key)
        return self._contexts[host]

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(webhooks: Webhooks) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                said = json.loads(body)
            except ValueError:
                said = body.decode(errors="replace")
            reply = webhooks.take(self.headers.get("Host", ""), self.path, said)
            if reply.is_silent:
                return
            self.send_response(reply.status)
            for name, value in (reply.headers | {"Content-Length": str(len(reply.body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def do_CONNECT(self) -> None:
            self.send_response(200)
            self.end_headers()
            context = webhooks.context_for(self.path.partition(":")[0])
            with context.wrap_socket(self.connection, server_side=True) as connection:
                Handler(connection, self.client_address, self.server)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Tests look at what arrived."""

    return Handler


def _authority(folder: Path) -> tuple[Path, ec.EllipticCurvePrivateKey]:
    key, path = ec.generate_private_key(ec.SECP256R1()), folder / "authority.pem"
    path.write_bytes(_certificate("authority", key, "authority", key).public_bytes(serialization.Encoding.PEM))
    return path, key


def _context(host: str, folder: Path, authority: Path, authority_key: ec.EllipticCurvePrivateKey) -> ssl.SSLContext:
    key, path = ec.generate_private_key(ec.SECP256R1()), folder / f"{host}.pem"
    encoding, kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    certificate = _certificate(host, key, "authority", authority_key)
    path.write_bytes(
        key.private_bytes(encoding, kind, serialization.NoEncryption()) + certificate.public_bytes(encoding)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, issuer_key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    now, is_authority = datetime.now(UTC), name == issuer
    usage = x509.KeyUsage(True, False, False, False, False, is_authority, is_authority, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, name)])


@dataclass
class Mailbox:
    """Every mail that arrived, with those whom it was for. While `refuses` is set, none is taken."""

    port: int = 0
    refuses: bool = False
    mails: list[tuple[tuple[str, ...], Mail]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """That of a mail account, as Apprise writes it."""
        return f"mailto://{HOST}:{self.port}/?from=okr@example.vn&to=admin@example.vn&mode=insecure"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuses:
            return "451 try again later"
        mail = BytesParser(policy=default).parsebytes(envelope.content or b"")  # type: ignore[arg-type]
        self.mails.append((tuple(envelope.rcpt_tos), mail))
        return "250 OK"


@contextmanager
def a_mailbox() -> Iterator[Mailbox]:
    """A mail server on loopback."""
    with socket.create_server((HOST, 0)) as drawn:
        mailbox = Mailbox(drawn.getsockname()[1])
    controller = Controller(mailbox, hostname=HOST, port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
