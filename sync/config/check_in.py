"""How often the company checks in, as the configuration says it; `sync.domain.rhythm` carries it out."""

from pydantic import Field

from sync.config.periods import Days
from sync.config.sources import Strict
from sync.domain.okr import Level
from sync.domain.rhythm import DEFAULT_EVERY, DEFAULT_GRACE, Rhythm


class CheckInSettings(Strict):
    """The rhythm of check-ins."""

    every: dict[Level, Days] = Field(
        {}, description='By level, how often a key result is checked in: "30d" for the company\'s, else "7d".'
    )
    grace: Days = Field(DEFAULT_GRACE, description="How long after that it is not overdue yet.")

    @property
    def rhythm(self) -> Rhythm:
        """The same, with what is left out."""
        every: dict[Level | None, int] = dict(self.every.items())
        return Rhythm({**DEFAULT_EVERY, **every}, self.grace)
