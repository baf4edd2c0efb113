"""One thing that the doctor looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, what was seen, and what to do if not; for people.

    A remedy for what is well is advice: nothing is in the way, but it could be better.
    """

    what: str
    well: bool
    seen: str
    remedy: str = ""
