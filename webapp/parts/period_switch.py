"""The periods to switch between, as a reader sees them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sync.domain.periods import Period, PeriodState
from webapp.company.scope import KnownPeriod, Scope
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class PeriodLink:
    """`asked` stands in the address, `state` is a word of the reader's.

    `days` are the first and the last, "" where nobody knows them.
    """

    asked: str
    name: str
    state: str
    days: str
    is_shown: bool
    is_over: bool = False


def period_switch(periods: Sequence[KnownPeriod], scope: Scope, reader: Reader) -> tuple[PeriodLink, ...]:
    """A link to what runs now, and one to each period; none where there is nothing to choose between."""
    if len(periods) < 2 and scope.is_known:
        return ()
    now = PeriodLink("", reader.words.gettext("What runs now"), "", "", not scope.asked)
    return (now, *period_links(periods, scope, reader))


def period_links(periods: Iterable[KnownPeriod], scope: Scope, reader: Reader) -> tuple[PeriodLink, ...]:
    """A link to each period that has a name."""
    return tuple(_link(one, scope, reader) for one in periods if one.period.key)


def _link(one: KnownPeriod, scope: Scope, reader: Reader) -> PeriodLink:
    shown = scope.asked == one.period.key or (not scope.is_known and one.period.key in scope.keys)
    state, is_over = reader.period_states[one.state], one.state in (PeriodState.CLOSING, PeriodState.CLOSED)
    return PeriodLink(one.period.key, one.period.name, state, _days(one.period, reader), shown, is_over)


def _days(period: Period, reader: Reader) -> str:
    if period.span is None:
        return ""
    return f"{reader.formats.day(period.span.first)} – {reader.formats.day(period.span.last)}"
