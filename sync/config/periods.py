"""How a company names and dates its periods, as the configuration says it; `sync.domain.periods` carries it out."""

import re
import zoneinfo
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from sync.config.faults import Fault
from sync.config.sources import Strict, Texts
from sync.domain.keys import key_of
from sync.domain.periods import DEFAULT_GRACE, Calendar, FiscalYear, Period, Span

_DAYS = re.compile(r"(\d{1,3})\s*d")


def as_days(value: object) -> object:
    """ "14d" is 14; what is no text is left to its type."""
    if isinstance(value, int) and not isinstance(value, bool):
        raise Fault("days-without-unit", value=value)
    match = _DAYS.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise Fault("not-days", value=value)
    return int(match[1])


def _as_day(value: object) -> object:
    try:
        return value if type(value) is date else date.fromisoformat(str(value).strip())
    except ValueError:
        raise Fault("not-a-day", value=str(value)) from None


def _known_zone(value: str) -> str:
    if value not in zoneinfo.available_timezones():
        raise Fault("not-a-zone", value=value)
    return value


Days = Annotated[int, BeforeValidator(as_days, json_schema_input_type=str)]
Day = Annotated[date, BeforeValidator(_as_day, json_schema_input_type=date | str)]


class PeriodSettings(Strict):
    """A period whose name does not say its days, or says others."""

    name: Texts = Field(min_length=1, description="Its name as the sheets write it, or several.")
    first: Day = Field(alias="from", description="Its first day, such as 2026-09-05.")
    last: Day = Field(alias="to", description="Its last day.")
    grace: Days | None = Field(None, description="How long after it late numbers still count; else period_grace.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise Fault("ends-before", first=self.first, last=self.last)
        return self


class CalendarSettings(Strict):
    """What the whole company's periods are."""

    timezone: Annotated[str, AfterValidator(_known_zone)] | None = Field(
        None, description="Where a day begins and ends, such as Asia/Ho_Chi_Minh; left out: as on this machine."
    )
    fiscal_year_starts: int = Field(
        1, ge=1, le=12, description="Month in which the company's year begins, and with it its first quarter."
    )
    fiscal_year_named: Literal["start", "end"] | None = Field(
        None, description="Whether a year is called by the calendar year in which it begins or ends."
    )
    period_grace: Days = Field(
        DEFAULT_GRACE, description='How long after its last day late numbers of a period still count, such as "14d".'
    )
    period: tuple[PeriodSettings, ...] = Field((), description="Periods whose names do not say their days.")

    @model_validator(mode="after")
    def _certain_year(self) -> Self:
        if self.fiscal_year_starts > 1 and self.fiscal_year_named is None:
            raise Fault("which-year", month=self.fiscal_year_starts)
        return self

    @model_validator(mode="after")
    def _different_names(self) -> Self:
        names = [key_of(name) for found in self.period for name in found.name]
        twice = [name for found in self.period for name in found.name if names.count(key_of(name)) > 1]
        if twice:
            raise Fault("period-twice", name=twice[0])
        return self

    @property
    def calendar(self) -> Calendar:
        """How to read the names of periods."""
        year = FiscalYear(self.fiscal_year_starts, self.fiscal_year_named or "start")
        by_name = Calendar(year, {}, self.period_grace)
        told: dict[str, Period] = {}
        for found in self.period:
            grace = self.period_grace if found.grace is None else found.grace
            key = by_name.period(found.name[0]).key
            period = Period(key, found.name[0], Span(found.first, found.last), grace)
            told |= {key_of(name): period for name in found.name}
        return Calendar(year, told, self.period_grace, self.timezone or "")
