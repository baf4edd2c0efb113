"""The server under people who do not behave: stuck clients, oversized requests, a port that is taken."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from click.testing import CliRunner
from flask import Flask

from sync.cli import main
from sync.records import Records
from tests.webapp.companies import keep, key_result, objective, snapshot
from tests.webapp.conftest import serving
from webapp.web.server import THREADS, PageServer

STUCK = 80
HUGE = 20 * 1024 * 1024


def connected(address: str, begin: bytes) -> socket.socket:
    """A client that sends this much and then neither sends nor reads any more."""
    parts = urlsplit(address)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(60)
    client.connect((parts.hostname, parts.port))
    client.sendall(begin)
    return client


def whole_request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def received(client: socket.socket, most: int) -> int:
    """How many bytes can still be read, up to `most`."""
    count = 0
    while count < most and (chunk := client.recv(min(1 << 20, most - count))):
        count += len(chunk)
    return count


@pytest.fixture
def filled(records: Records) -> Records:
    parts = [key_result(f"k{n}", "o", n, text="Khách hàng " * 20) for n in range(1, 200)]
    keep(records, snapshot([objective("o")], parts))
    return records


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "begin",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: local",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\nx",
        whole_request("/"),
    ],
    ids=["silent", "stuck in the header", "stuck in the body", "not reading"],
)
def test_eighty_stuck_clients_do_not_stop_a_reader(address: str, begin: bytes) -> None:
    with ExitStack() as opened:
        for _ in range(STUCK):
            opened.enter_context(connected(address, begin))
        answers = [requests.get(address, timeout=120) for _ in range(THREADS + 1)]
    assert [answer.status_code for answer in answers] == [200] * len(answers)


def test_a_huge_answer_that_nobody_reads_keeps_no_thread(app: Flask) -> None:
    """More of them than there are threads; each is more than the server and the system would buffer."""
    app.add_url_rule("/huge", view_func=lambda: app.response_class(b"x" * HUGE, mimetype="image/png"))
    with serving(app) as address, ExitStack() as opened:
        stuck = [opened.enter_context(connected(address, whole_request("/huge"))) for _ in range(THREADS + 2)]
        for client in stuck:
            assert client.recv(4) == b"HTTP"
        assert requests.get(f"{address}/healthz", timeout=120).json() == {"status": "ok"}
        # The reader was answered while they were still held, and not because they had been dropped.
        assert received(stuck[0], HUGE) == HUGE


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", b"431"),
        (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"431"),
        (b"GET /" + b"x" * 8_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n X: folded\r\n\r\n", b"400"),
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"400"),
        (b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"405"),
    ],
)
def test_what_is_too_large_or_no_http_is_refused(address: str, request_: bytes, status: bytes) -> None:
    with connected(address, request_) as client:
        answer = client.recv(4096)
    assert answer.split(b" ")[1] == status
    assert b"Traceback" not in answer
    assert b"waitress" not in answer.split(b"\r\n\r\n")[0].lower()


@pytest.mark.usefixtures("filled")
def test_a_page_comes_compressed_over_the_wire(address: str) -> None:
    answer = requests.get(address, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=60)
    packed = answer.raw.read(decode_content=False)
    assert len(packed) == int(answer.headers["Content-Length"])
    assert gzip.decompress(packed).startswith(b"<!doctype html>")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_no_traceback(app: Flask, taken: int) -> None:
    with pytest.raises(OSError, match="in use"):
        PageServer(app, "127.0.0.1", taken)


@pytest.mark.parametrize("host", ["nobody.invalid", "192.0.2.1"])
def test_an_address_that_is_not_this_machines_is_no_traceback(app: Flask, host: str) -> None:
    with pytest.raises(OSError, match=r".") as caught:
        PageServer(app, host, 0)
    assert caught.value.strerror


CONFIG = """
[page]
{page}
[[spreadsheet]]
id = "abc"
[[spreadsheet.tab]]
title = "OKR"
key_result.text = "KR"
"""


def served(folder: Path, page: str) -> str:
    """What `okr-sheets serve` says where it cannot."""
    path = folder / "config.toml"
    path.write_text(CONFIG.format(page=page), encoding="utf-8")
    result = CliRunner().invoke(main, ["serve", "--config", str(path)])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    return result.output


def test_the_command_says_what_to_do_about_a_taken_port(tmp_path: Path, taken: int) -> None:
    said = served(tmp_path, f"port = {taken}")
    assert f"127.0.0.1, port {taken}" in said
    assert "choose another in [page]" in said


def test_the_command_refuses_a_page_that_others_could_read_by_accident(tmp_path: Path) -> None:
    said = served(tmp_path, 'host = "0.0.0.0"')
    assert "page: host 0.0.0.0 can be reached from other machines: add [page.sign_in] or [page.iap]" in said
    assert "say under which names in trusted_hosts" in said


def test_the_command_says_which_secret_file_is_in_the_way(tmp_path: Path) -> None:
    said = served(tmp_path, 'readers.domains = ["cty.vn"]\nsign_in.client = "client.json"')
    assert f"{tmp_path}/client.json cannot be read: No such file or directory" in said
