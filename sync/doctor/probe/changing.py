"""Facts about Drive's change feed: whether it tells of what we write, what it says to a token that it does not know.

Tried only where the Google Drive API and its scope are there; without them nothing relies on it. What people edit comes
some minutes late, which no probe can try alone.
"""

import threading
from collections.abc import Callable
from contextlib import closing

from sync.doctor.probe.fact import Fact, Observation
from sync.doctor.probe.scratch import Scratch
from sync.domain.failures import Trouble
from sync.google import ChangeFeed, Hint, SheetsError

# Opens the feed where it begins, or at a token.
OpenFeed = Callable[[str], ChangeFeed]

_LOOKS, _BETWEEN_LOOKS = 12, 10.0
_NOT_THERE = (Trouble.API_DISABLED, Trouble.PERMISSION, Trouble.CREDENTIALS)


def feed_facts(open_feed: OpenFeed) -> tuple[Fact, ...]:
    """Those that are tried on this feed."""
    return (
        Fact(
            "our own write in Drive's change feed",
            "it is told of within two minutes, as ours",
            lambda scratch: _where_there_is_one(lambda: _own_write(scratch, open_feed)),
        ),
        Fact(
            "a token that Drive does not know",
            "it is refused, so that all spreadsheets are looked at once",
            lambda _: _where_there_is_one(lambda: _unknown_token(open_feed)),
        ),
    )


def _own_write(scratch: Scratch, open_feed: OpenFeed) -> Observation:
    with closing(open_feed("")) as feed:
        feed.look()
        scratch.lay(["a change of ours"])
        for waited in range(_LOOKS):
            hint = feed.look().hints.get(scratch.spreadsheet)
            if hint is not None:
                return Observation(f"told as “{hint}” after {waited * _BETWEEN_LOOKS:.0f} s", hint is Hint.OURS)
            scratch.clock.wait(_BETWEEN_LOOKS, threading.Event())
    return Observation(f"not told within {_LOOKS * _BETWEEN_LOOKS:.0f} s", False)


def _unknown_token(open_feed: OpenFeed) -> Observation:
    with closing(open_feed("okr-sheets")) as feed:
        lost = feed.look().lost
    return Observation("refused, and a new token was given" if lost else "taken for a good one", lost)


def _where_there_is_one(look: Callable[[], Observation]) -> Observation:
    try:
        return look()
    except SheetsError as error:
        if error.trouble in _NOT_THERE:
            return Observation(f"not tried: {error.detail or error.trouble}", None)
        raise
