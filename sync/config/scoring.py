"""Where the bands begin, as the configuration says it; `sync.domain.scoring` carries it out."""

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from sync.config.faults import Fault
from sync.config.sources import Strict
from sync.domain.scoring import Bands


class ScoringSettings(Strict):
    """Where the bands begin, from 0 to 1."""

    done: Decimal = Field(Decimal(1), ge=0, le=1, description="From here on: done.")
    on_track: Decimal = Field(Decimal("0.6"), ge=0, le=1, description="From here on: on track.")
    at_risk: Decimal = Field(Decimal("0.3"), ge=0, le=1, description="From here on: at risk; below: off track.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.at_risk <= self.on_track <= self.done:
            raise Fault("bands", at_risk=self.at_risk, on_track=self.on_track, done=self.done)
        return self

    @property
    def bands(self) -> Bands:
        return Bands(self.done, self.on_track, self.at_risk)
