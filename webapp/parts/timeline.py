"""Initiatives drawn over the days of their periods, one on a line. Pure; all places are shares of the width."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sync.domain.periods import Span
from sync.domain.problems import quote
from sync.domain.rhythm import day_of
from webapp.company.company import Company
from webapp.company.undertakings import Undertaking
from webapp.reader.reader import Reader

ROW = 40
FOOT = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """From `x` over `width` of the picture, at `y`, under its `label` and what is to be `noted` of it; `style` is late,
    done or open. `reached` is how much of the picture's width its progress takes, "" where none is told.
    """

    x: str
    width: str
    reached: str
    y: int
    style: str
    label: str
    noted: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """`today` is "" where it lies outside."""

    height: int
    bars: tuple[Bar, ...]
    today: str
    first: str
    last: str


def timeline(found: Sequence[Undertaking], company: Company, reader: Reader) -> Timeline | None:
    """The picture of those that have a due day; None where nobody knows the days of the periods."""
    periods = [company.calendar.period(one.period).span for one in company.alignment.objectives.values()]
    spans = [span for span in periods if span]
    dated = [one for one in found if one.due]
    if not spans or not dated:
        return None
    whole = Span(min(span.first for span in spans), max(span.last for span in spans))
    return Timeline(
        height=len(dated) * ROW + FOOT,
        bars=tuple(_bar(one, row, whole, reader) for row, one in enumerate(dated)),
        today=_percent(_share(company.today, whole)) if whole.first <= company.today <= whole.last else "",
        first=reader.formats.day(whole.first),
        last=reader.formats.day(whole.last),
    )


def _bar(one: Undertaking, row: int, whole: Span, reader: Reader) -> Bar:
    assert one.due is not None
    begin = day_of(one.initiative.start) or whole.first
    left, right = sorted((_share(begin, whole), _share(one.due, whole)))
    width = max(right - left, 0.005)
    progress = one.initiative.progress.number
    noted = (
        reader.words.gettext("late") if one.is_late else "",
        "" if progress is None else reader.formats.percent(progress),
    )
    return Bar(
        x=_percent(left),
        width=_percent(width),
        reached="" if progress is None else _percent(width * min(max(float(progress), 0), 1)),
        y=row * ROW + 20,
        style="late" if one.is_late else one.initiative.state or "open",
        label=quote(one.initiative.text),
        noted=" · ".join(filter(None, noted)),
    )


def _share(day: date, whole: Span) -> float:
    return min(max((day - whole.first).days / whole.days, 0), 1)


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
