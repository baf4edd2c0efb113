"""When something falls due that comes again and again, and when nobody is to be disturbed. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

# The longest time between two days of a month is shorter.
LONGEST_WAIT = 62


@dataclass(frozen=True, slots=True)
class Timetable:
    """A time of every day, of one `weekday` (0 is Monday), or of one day of the month (in a shorter one, its last)."""

    at: time
    weekday: int | None = None
    month_day: int | None = None

    def newest(self, now: datetime, zone: tzinfo | None) -> datetime:
        """The last time that it fell due, not after `now`, in a time zone; None is that of this machine."""
        day = now.astimezone(zone).date()
        for back in range(LONGEST_WAIT + 1):
            at = moment(day - timedelta(days=back), self.at, zone)
            if at <= now and self._is_on(at.date()):
                return at
        raise AssertionError("every timetable has a day within two months")

    def _is_on(self, day: date) -> bool:
        if self.weekday is not None:
            return day.weekday() == self.weekday
        if self.month_day is not None:
            return day.day == min(self.month_day, calendar.monthrange(day.year, day.month)[1])
        return True


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day to another, over midnight where the first is the later one."""

    first: time
    last: time

    def hold(self, now: datetime, zone: tzinfo | None) -> bool:
        """Whether it is quiet at a moment."""
        at = now.astimezone(zone).time()
        if self.first <= self.last:
            return self.first <= at < self.last
        return at >= self.first or at < self.last


def moment(day: date, at: time, zone: tzinfo | None) -> datetime:
    """A time of a day where the company is; None is the zone of this machine."""
    local = datetime.combine(day, at)
    return local.replace(tzinfo=zone) if zone else local.astimezone()
