"""How often the company checks in, as the configuration says it; `sync.domain.rhythm` carries it out."""

from pydantic import Field

from sync.config.periods import Days
from sync.config.sources import Strict
from sync.domain.okr import Level
from sync.domain.rhythm import DEFAULT_GRACE, Rhythm


class CheckInSettings(Strict):
    """The rhythm of check-ins."""

    every: dict[Level, Days] = Field(
        {}, description='By level, how often a key result is checked in: "30d" for the company\'s, else "7d".'
    )
    grace: Days = Field(DEFAULT_GRACE, description="How long after that it is not overdue yet.")

    def over(self, base: Rhythm) -> Rhythm:
        """The same, with what it leaves out as in `base`."""
        grace = self.grace if "grace" in self.model_fields_set else base.grace
        every: dict[Level | None, int] = {**base.every}
        return Rhythm(every | dict(self.every.items()), grace)
