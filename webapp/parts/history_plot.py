"""How a score changed, drawn over the time line of its period. Pure: the time is given.

Beside the score stand, where they are known, the line on which it is expected, where it ends at its speed, and what was
checked in. Places along the time line are percents of the width, so that the picture fits every screen with texts of
the same size.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sync.domain.pace import Projection, expected_share
from sync.domain.periods import Calendar, Span
from sync.domain.scoring import Band
from sync.records import HistoryPoint
from webapp.parts.pace import projection_view
from webapp.reader.numbers import NO_VALUE
from webapp.reader.reader import Reader

TOP, FULL = 22, 110
HEIGHT = TOP + FULL + 22
# More changes than this cannot be told apart in the picture; the newest of each step is drawn.
FINEST = 400
NEAR_AN_END = 0.1


@dataclass(frozen=True, slots=True)
class Guide:
    """A level line: where a band begins."""

    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A line from one place to another: `x` in percent of the width, `y` in pixels."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Around:
    """What is drawn beside a score: the `goal` that it is to end with, None where it has no pace; where it ends; and
    the scores that were checked in, by day."""

    goal: Decimal | None = None
    projection: Projection | None = None
    check_ins: tuple[tuple[date, Decimal], ...] = ()


NOTHING_AROUND = Around()


@dataclass(frozen=True, slots=True)
class Dot:
    """A check-in at its place, and its name."""

    x: str
    y: str
    name: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything that is drawn. The line ends with `newest`; `today` is empty where it is not on the time line; `name`
    says it in words. `expected` and `projected` are None where they are not known."""

    name: str
    height: int
    guides: tuple[Guide, ...]
    segments: tuple[Segment, ...]
    newest: Segment
    expected: Segment | None
    projected: Segment | None
    check_ins: tuple[Dot, ...]
    first: str
    last: str
    today: str
    today_anchor: str
    elapsed: str


@dataclass(frozen=True, slots=True)
class _TimeLine:
    """Days on it begin where the company says."""

    start: datetime
    end: datetime
    calendar: Calendar

    def share(self, at: datetime) -> float:
        """0 at the start, 1 at the end."""
        return min(max((at - self.start) / (self.end - self.start), 0), 1)


def history_plot(
    points: Sequence[HistoryPoint],
    period: Span | None,
    now: datetime,
    calendar: Calendar,
    reader: Reader,
    around: Around = NOTHING_AROUND,
) -> Plot | None:
    """The picture of a history, oldest first; None where there is nothing to draw yet."""
    if not any(point.value is not None for point in points):
        return None
    line = _time_line(points, period, now, calendar)
    if line is None:
        return None
    segments = tuple(_segments(_thinned(points, line), line, min(now, line.end)))
    return Plot(
        name=_name(points, around.projection, calendar, reader),
        height=HEIGHT,
        guides=tuple(_guides(reader)),
        segments=segments,
        newest=segments[-1],
        expected=_expected(around.goal, period, line),
        projected=_projected(around.projection, segments[-1], line),
        check_ins=tuple(_dots(around.check_ins, line, reader)),
        first=reader.formats.day(calendar.today(line.start)),
        last=reader.formats.day(calendar.today(line.end - timedelta(seconds=1))),
        today=_percent(line.share(now)) if line.start <= now <= line.end else "",
        today_anchor=_anchor(line.share(now)),
        elapsed=_elapsed(period, now, calendar, reader),
    )


def _time_line(
    points: Sequence[HistoryPoint], period: Span | None, now: datetime, calendar: Calendar
) -> _TimeLine | None:
    """The period, and what was recorded before or after it; without a known period from the first record to now."""
    start, end = points[0].at, points[-1].at
    if period:
        start = min(start, calendar.midnight(period.first))
        end = max(end, calendar.midnight(period.last + timedelta(days=1)))
    else:
        end = max(end, now)
    return _TimeLine(start, end, calendar) if start < end else None


def _thinned(points: Sequence[HistoryPoint], line: _TimeLine) -> list[HistoryPoint]:
    return list({int(line.share(point.at) * FINEST): point for point in points}.values())


def _segments(points: Sequence[HistoryPoint], line: _TimeLine, until: datetime) -> Iterator[Segment]:
    """Level as long as a score stood, upright where it changed, nothing where there was none."""
    ends = [*(point.at for point in points[1:]), max(until, points[-1].at)]
    before: Decimal | None = None
    for point, end in zip(points, ends, strict=True):
        if point.value is not None:
            x, y = _percent(line.share(point.at)), _height(point.value)
            if before is not None and before != point.value:
                yield Segment(x, _height(before), x, y)
            yield Segment(x, y, _percent(line.share(end)), y)
        before = point.value


def _expected(goal: Decimal | None, period: Span | None, line: _TimeLine) -> Segment | None:
    """From nothing when the period begins to the goal when it ends."""
    if goal is None or period is None:
        return None
    begin, end = line.calendar.midnight(period.first), line.calendar.midnight(period.last + timedelta(days=1))
    return Segment(_percent(line.share(begin)), _height(Decimal(0)), _percent(line.share(end)), _height(goal))


def _projected(found: Projection | None, newest: Segment, line: _TimeLine) -> Segment | None:
    if found is None:
        return None
    end = line.share(line.calendar.midnight(found.last + timedelta(days=1)))
    return Segment(newest.x2, newest.y2, _percent(end), _height(found.value))


def _dots(check_ins: Iterable[tuple[date, Decimal]], line: _TimeLine, reader: Reader) -> Iterator[Dot]:
    for day, value in check_ins:
        noon = line.calendar.midnight(day) + timedelta(hours=12)
        if line.start <= noon <= line.end:
            name = f"{reader.formats.day(day)}: {reader.formats.score(value)}"
            yield Dot(_percent(line.share(noon)), _height(value), name)


def _height(value: Decimal) -> str:
    return f"{TOP + (1 - value) * FULL:.1f}"


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def _anchor(share: float) -> str:
    """Which part of a text stands at its place, so that it does not leave the picture."""
    if share < NEAR_AN_END:
        return "start"
    return "end" if share > 1 - NEAR_AN_END else "middle"


def _guides(reader: Reader) -> Iterator[Guide]:
    bands = reader.bands
    for band, begins in (
        (Band.DONE, bands.done),
        (Band.ON_TRACK, bands.on_track),
        (Band.AT_RISK, bands.at_risk),
        (Band.OFF_TRACK, Decimal(0)),
    ):
        text = f"{reader.formats.score(begins)} {reader.band_words[band]}"
        yield Guide(round(TOP + (1 - begins) * FULL), text)


def _name(points: Sequence[HistoryPoint], projection: Projection | None, calendar: Calendar, reader: Reader) -> str:
    first, last = points[0], points[-1]
    said = reader.words.gettext(
        "From %(first)s on %(start)s to %(last)s on %(end)s",
        first=_score(first, reader),
        start=reader.formats.day(calendar.today(first.at)),
        last=_score(last, reader),
        end=reader.formats.day(calendar.today(last.at)),
    )
    ends = projection_view(projection, reader)
    return f"{said}; {ends.text}" if ends else said


def _score(point: HistoryPoint, reader: Reader) -> str:
    return NO_VALUE if point.value is None else reader.formats.score(point.value)


def _elapsed(period: Span | None, now: datetime, calendar: Calendar, reader: Reader) -> str:
    """How much of the period has passed, today counted as for its pace, as long as it runs.

    `now` may be the last moment of the day, where a page is kept for that long.
    """
    today = calendar.today(now - timedelta(microseconds=1))
    if period is None or not period.first <= today <= period.last:
        return ""
    share = reader.formats.percent(expected_share(period, today))
    return reader.words.gettext("%(share)s of the period has passed", share=share)
