"""A real nginx in front of pages: TLS with a certificate of its own, each page under a path of the same host."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.ports import free_port

PATIENCE = 60.0

_CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/error.log warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        {locations}
    }}
}}
"""


def nginx() -> str | None:
    """The program; None where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


class Proxy:
    """`address` is that of its host, `certificate` the file by which clients know it."""

    def __init__(self, port: int, certificate: Path) -> None:
        self.address, self.certificate = f"https://localhost:{port}", certificate

    def session(self) -> requests.Session:
        """A client that believes this proxy and nobody else."""
        session = requests.Session()
        # An authority that the environment names would be believed instead.
        session.trust_env = False
        session.verify = str(self.certificate)
        return session


@contextmanager
def proxying(program: str, folder: Path, locations: str) -> Iterator[Proxy]:
    """nginx with these `location` blocks, from when it answers until it is ended."""
    port = free_port()
    certify(folder)
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, port=port, locations=locations))
    command = [program, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(configuration)]
    with subprocess.Popen(command) as process:
        try:
            latest = time.monotonic() + PATIENCE
            while not _listens(port):
                if process.poll() is not None or time.monotonic() > latest:
                    raise RuntimeError(f"nginx did not start: {(folder / 'error.log').read_text(errors='replace')}")
                time.sleep(0.05)
            yield Proxy(port, folder / "certificate.pem")
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except ConnectionRefusedError:
        return False
    return True


def certify(folder: Path) -> None:
    """A certificate for "localhost" that signs itself, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate = builder.sign(key, hashes.SHA256())
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(*form, plain))
