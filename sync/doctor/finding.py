"""One thing that the doctor looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, what was seen, and what to do if not; for people.

    `well` is None where there was nothing to judge by.
    A remedy for what is well is advice: nothing is in the way, but it could be better.
    """

    what: str
    well: bool | None
    seen: str
    remedy: str = ""
