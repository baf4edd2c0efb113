"""From where on a score is ahead of or behind time; `sync.domain.pace` carries it out."""

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from sync.config.faults import Fault
from sync.config.sources import Strict
from sync.domain.pace import USUAL, PacePolicy


class PaceSettings(Strict):
    """What is ahead of time and what is behind. What is expected grows evenly from 0 to the goal, day by day."""

    aspirational: Decimal = Field(
        USUAL.aspirational,
        gt=0,
        le=1,
        description="Score that is the goal of an aspirational objective; else it is 1.",
    )
    ahead: Decimal = Field(USUAL.ahead, gt=0, le=1, description="Ahead from so much above what is expected by now.")
    behind: Decimal = Field(USUAL.behind, gt=0, le=1, description="Behind from so much below it.")
    far_behind: Decimal = Field(USUAL.far_behind, gt=0, le=1, description="Far behind from so much below it.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.far_behind < self.behind:
            raise Fault("pace", behind=self.behind, far_behind=self.far_behind)
        return self

    @property
    def policy(self) -> PacePolicy:
        return PacePolicy(self.aspirational, self.ahead, self.behind, self.far_behind)
