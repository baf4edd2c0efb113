"""Pace and projection as a reader sees them, beside the band and never in place of it. Pure."""

from dataclasses import dataclass

from sync.domain.pace import Pace, Projection
from sync.domain.standing import Standing
from webapp.reader.reader import Reader

# The shape beside each word; letters that every font has.
SHAPES = {Pace.AHEAD: "»", Pace.ON_PACE: "=", Pace.BEHIND: "‹", Pace.FAR_BEHIND: "«"}


@dataclass(frozen=True, slots=True)
class PaceView:
    """`style` is what the style sheet knows; `word` says it, `shape` shows it; `expected` is what it rests on."""

    style: str
    word: str
    shape: str
    expected: str


@dataclass(frozen=True, slots=True)
class ProjectionView:
    """Where it will end, and the history that says so."""

    text: str
    rests_on: str


def pace_view(standing: Standing | None, reader: Reader) -> PaceView | None:
    """None where there is no pace."""
    if standing is None:
        return None
    expected = reader.words.gettext("expected by now: %(score)s", score=reader.formats.score(standing.expected))
    return PaceView(standing.pace.value, reader.pace_words[standing.pace], SHAPES[standing.pace], expected)


def pace_legend(reader: Reader) -> tuple[PaceView, ...]:
    """Every pace with its word."""
    return tuple(PaceView(pace.value, word, SHAPES[pace], "") for pace, word in reader.pace_words.items())


def projection_view(found: Projection | None, reader: Reader) -> ProjectionView | None:
    """None where a projection would be a guess."""
    if found is None:
        return None
    gettext, formats = reader.words.gettext, reader.formats
    return ProjectionView(
        text=gettext(
            "at this speed %(score)s by %(day)s", score=formats.score(found.value), day=formats.day(found.last)
        ),
        rests_on=gettext(
            "from %(start)s on %(first)s to %(end)s on %(today)s, changed on %(count)s days",
            start=formats.score(found.start),
            first=formats.day(found.first),
            end=formats.score(found.end),
            today=formats.day(found.today),
            count=found.changes,
        ),
    )
