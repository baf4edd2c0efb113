"""How far a command over many spreadsheets is: a line on standard error every few seconds, none for a short one."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import click

from sync.cli.terminal_language import terminal_language
from sync.domain.languages import N_
from sync.translations import told

EVERY = 3.0

_SO_FAR = N_("… {done} of {all} spreadsheets done, {seconds} seconds so far")


@contextmanager
def progress(spreadsheets: int, *, for_script: bool) -> Iterator[Callable[[], None]]:
    """Tells meanwhile; to be called after each spreadsheet. A script that reads JSON may mix both outputs: it is told
    nothing, unless somebody looks on.
    """
    done = 0

    def another() -> None:
        nonlocal done
        done += 1

    def tell(seconds: float) -> None:
        facts = {"done": done, "all": spreadsheets, "seconds": round(seconds)}
        click.echo(told(_SO_FAR, terminal_language(), **facts), err=True)

    if for_script and not sys.stderr.isatty():
        yield another
        return
    with every(EVERY, tell):
        yield another


@contextmanager
def every(seconds: float, tell: Callable[[float], None]) -> Iterator[None]:
    """Tell again and again, so many seconds apart, how many have gone by."""
    ended = threading.Event()

    def go_on() -> None:
        for times in count(1):
            if ended.wait(seconds):
                return
            tell(times * seconds)

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
