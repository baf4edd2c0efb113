"""Facts about time and quota: Google's clock against ours, how long answers take, what too many requests get."""

import threading
from statistics import median

from sync.doctor.probe.fact import Fact, Observation
from sync.doctor.probe.scratch import Scratch
from sync.domain.failures import Trouble
from sync.google import SheetsError

_MOST_SKEW = 60.0
_SLOW = 5.0
# Google allows 60 reads a minute for one account; the rest is for a project that was given more.
_MOST_READS = 400
_LONGEST_CLOSED = 180.0
_SHORTEST_WAIT = 1.0
_TIME_FOR_A_READ = 5.0


def _clock(scratch: Scratch) -> Observation:
    skew = scratch.client.clock_skew
    if skew is None:
        return Observation("no Date header", False)
    return Observation(f"our clock is {skew:+.1f} s from Google's", abs(skew) <= _MOST_SKEW)


def _latency(scratch: Scratch) -> Observation:
    """Over the whole run so far, waits for the quota and repeats included."""
    told = [
        f"{kind}: median {1000 * median(seconds):.0f} ms, longest {1000 * max(seconds):.0f} ms of {len(seconds)}"
        for kind, seconds in scratch.seconds.items()
    ]
    return Observation("; ".join(told), all(median(seconds) < _SLOW for seconds in scratch.seconds.values()))


def _quota(scratch: Scratch) -> Observation:
    for sent in range(1, _MOST_READS + 1):
        refusal = _read(scratch)
        if refusal is not None:
            return _closed(scratch, sent, refusal)
    return Observation(f"{_MOST_READS} reads in a row were all answered", False)


def _closed(scratch: Scratch, sent: int, refusal: SheetsError) -> Observation:
    """What came instead of an answer, and whether it is over when we would try again: see `sync.google.http`."""
    # Google's own Retry-After is in whole seconds; without one, ours is the time to the minute's edge and a bit.
    told = "Retry-After" if refusal.retry_after.is_integer() else "no Retry-After"
    text = f"read {sent}: {refusal.status} {refusal.detail}; {told}"
    began = scratch.clock.monotonic()
    again: SheetsError | None = refusal
    while again is not None and scratch.clock.monotonic() - began < _LONGEST_CLOSED:
        scratch.clock.wait(max(again.retry_after, _SHORTEST_WAIT), threading.Event())
        again = _read(scratch)
    lasted = f"{scratch.clock.monotonic() - began:.0f} s"
    if again is not None:
        return Observation(f"{text}; still closed after {lasted}", False)
    return Observation(f"{text}; open again after {lasted}", refusal.status == 429)


def _read(scratch: Scratch) -> SheetsError | None:
    """The smallest read; what Google says where it is one too many. Raises SheetsError for other trouble.

    It gets so little time that the client does not wait for the next minute by itself.
    """
    try:
        with scratch.client.within(_TIME_FOR_A_READ):
            scratch.ask("spreadsheets.get without cells", "", params={"fields": "spreadsheetId"})
    except SheetsError as error:
        if error.trouble is Trouble.QUOTA:
            return error
        raise
    return None


FACTS = (
    Fact("Google's clock", "answers carry a Date header, less than a minute from our clock", _clock),
    Fact(
        "how long answers take",
        "half of each kind come within 5 s; the longest may have waited for the quota",
        _latency,
    ),
)

QUOTA_FACTS = (
    Fact(
        "too many requests", "429, and over when we would try again: after Retry-After, or at the minute's edge", _quota
    ),
)
