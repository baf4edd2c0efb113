"""The demo as a whole: it starts, shows scores, and leaves nothing behind."""

import gc
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from sync.demo import Demo
from sync.domain.memory import PassResult
from sync.passes.outcome import PassOutcome
from tests.support.commands import completed

PATIENCE = 20.0


@pytest.fixture(autouse=True)
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def outcomes() -> list[PassOutcome]:
    return []


@pytest.fixture
def demo(outcomes: list[PassOutcome]) -> Iterator[Demo]:
    running = Demo(0, 0, outcomes.append)
    running.start()
    yield running
    running.stop()


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    tick = threading.Event()
    while not happened():
        assert time.monotonic() < deadline, "nothing happened for too long"
        tick.wait(0.05)


def get(url: str) -> str:
    with urlopen(url, timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def has_read(outcomes: list[PassOutcome]) -> Callable[[], bool]:
    return lambda: len({outcome.spreadsheet for outcome in outcomes}) == 5


def test_the_page_shows_scores(demo: Demo, outcomes: list[PassOutcome]) -> None:
    until(has_read(outcomes))
    page = get(f"{demo.page_url}?lang=vi")

    assert {outcome.result for outcome in outcomes} <= {PassResult.OK, PassResult.UNCHANGED}
    assert "Trở thành lựa chọn số một" in page
    assert "0,64" in page
    assert "objectives" in json.loads(get(f"{demo.page_url}alignment.json"))


def test_the_page_shows_what_moved_and_how_scores_came_about(demo: Demo, outcomes: list[PassOutcome]) -> None:
    until(has_read(outcomes))
    page = get(f"{demo.page_url}?lang=en")
    moved = page.partition('id="moves"')[2]
    objective = get(demo.page_url + moved.partition('href="/')[2].partition('"')[0])

    assert "Moved since last week" in page
    assert "objectives rose" in page
    assert objective.count('class="stood"') > 4


def test_addresses_begin_with_the_page_and_all_answer(demo: Demo, outcomes: list[PassOutcome]) -> None:
    until(has_read(outcomes))
    addresses = demo.addresses()

    assert addresses[0] == ("Chong Chóng Xanh", demo.page_url)
    assert addresses[1][0] == "Chong Chóng Xanh – OKR công ty"
    assert len(addresses) == 6
    assert all(url.startswith(demo.sheets_url) for _, url in addresses[1:])
    assert all(get(url) for _, url in addresses)


def test_stops_cleanly_and_more_than_once(temporary_folder: Path) -> None:
    before = set(threading.enumerate())
    demo = Demo(0, 0, lambda outcome: None)
    demo.start()

    demo.stop()
    demo.stop()

    assert list(temporary_folder.iterdir()) == []
    until(lambda: set(threading.enumerate()) <= before)
    with pytest.raises(OSError, match="refused"):
        get(demo.page_url)
    with pytest.raises(OSError, match="refused"):
        get(demo.sheets_url)


def test_stops_before_it_was_started(temporary_folder: Path) -> None:
    Demo(0, 0, lambda outcome: None).stop()

    assert list(temporary_folder.iterdir()) == []


# waitress leaves the socket that it could not bind to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("taken", ["page", "sheets"])
def test_says_at_once_that_a_port_is_taken(taken: str, temporary_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(OSError, match="in use") as failure:
            Demo(port if taken == "page" else 0, port if taken == "sheets" else 0, lambda outcome: None)

    assert failure.value.strerror
    assert list(temporary_folder.iterdir()) == []
    del failure
    gc.collect()


@pytest.mark.parametrize("option", ["--port", "--sheets-port"])
def test_who_finds_a_port_taken_is_told_what_to_type(option: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        free = {"--port": "0", "--sheets-port": "0", option: str(port)}
        command = ["demo", "--no-open", *(word for pair in free.items() for word in pair)]
        run = completed(command, tmp_path, {"LC_ALL": "C.UTF-8", "TMPDIR": str(tmp_path)})
    assert run.returncode == 2
    another = port + 10 if port < 65_000 else port - 10
    assert f"{option} {another}" in run.stderr
    assert 'make demo DEMO="--port' in run.stderr
