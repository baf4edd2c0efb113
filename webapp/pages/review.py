"""The review of a period: what came of it, how it was aimed, what moved, and what the teams learned. Pure.

Looks back on goals, never on people: nothing here is by person or in the order of scores.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sync.domain.okr import KeyResult, Kind, Objective, Status
from sync.domain.periods import PeriodState
from sync.domain.scoring import Band
from sync.records import HistoryPoint
from webapp.company.company import Company
from webapp.company.forest import by_level
from webapp.company.scope import KnownPeriod
from webapp.company.trend import Histories, no_histories
from webapp.parts.history_plot import Plot, history_plot
from webapp.parts.items import ObjectiveView, Reference, objective_view, reference_to
from webapp.parts.learned import Learned, learned_of
from webapp.parts.progress import Progress, mean_of, progress_in
from webapp.reader.reader import Reader

# What is told in full; the tables hold the rest.
MOST_OBJECTIVES = 100
MOST_NAMED = 10
A_DAY = timedelta(days=1)

# A set of aspirational objectives that averages above or below these was aimed too low or too high.
TOO_SAFE, TOO_FAR = Decimal("0.85"), Decimal("0.4")


@dataclass(frozen=True, slots=True)
class Past:
    """Scores by key as they stood when a period began, and which of them changed while it ran."""

    before: Mapping[str, Decimal | None]
    changed: Collection[str]


NO_PAST = Past({}, ())


@dataclass(frozen=True, slots=True)
class BandCount:
    """So many objectives ended in a band; `band` is the style, "none" without a score."""

    band: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class KindReading:
    """How the objectives of a kind went, read by the measure of that kind."""

    kind: str
    score: str
    counted: str
    reading: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An objective with its final score, its history in small, None without one, and what was learned."""

    objective: ObjectiveView
    history: Plot | None
    learned: tuple[Learned, ...]


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """The objectives of a level."""

    heading: str
    objectives: tuple[Reviewed, ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """A key result and how far it went in the period."""

    text: str
    objective: Reference
    move: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How a level went in this period and in the one before; "" where it had no score."""

    name: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything that `review.html` prints. `is_final`: the results will not change any more; `is_early`: the period
    still runs, so there is nothing to look back on yet. `more` objectives are in the tables only.
    """

    key: str
    name: str
    days: str
    state: str
    is_final: bool
    is_early: bool
    figures: Progress
    bands: tuple[BandCount, ...]
    kinds: tuple[KindReading, ...]
    groups: tuple[ReviewGroup, ...]
    more: int
    movers: tuple[Mover, ...]
    still: tuple[Mover, ...]
    silent: tuple[Mover, ...]
    before: str
    compared: tuple[Compared, ...]


def review_page(
    period: KnownPeriod,
    company: Company,
    earlier: "Earlier",
    past: Past,
    reader: Reader,
    histories: Histories = no_histories,
) -> ReviewPage:
    """The review of a period. `company` holds its objectives alone. All histories are asked for at once."""
    active = [found for found in company.alignment.objectives.values() if found.status is not Status.DRAFT]
    key_results = [part for objective in active for part in company.key_results_of(objective.key)]
    span = period.period.span
    return ReviewPage(
        key=period.period.key,
        name=period.period.name,
        days=f"{reader.formats.day(span.first)} – {reader.formats.day(span.last)}" if span else "",
        state=reader.period_states[period.state],
        is_final=period.state is PeriodState.CLOSED,
        is_early=period.state in (PeriodState.PLANNED, PeriodState.RUNNING),
        figures=progress_in("", active, company, reader),
        bands=tuple(_bands(active, company, reader)),
        kinds=tuple(_kinds(active, company, reader)),
        groups=_groups(active[:MOST_OBJECTIVES], histories, company, reader),
        more=max(0, len(active) - MOST_OBJECTIVES),
        movers=_movers(key_results, company, past, reader),
        still=_named((part for part in key_results if _stood_still(part, company, past)), company, reader),
        silent=_named(_silent(key_results, company), company, reader),
        before=earlier.name,
        compared=tuple(_compared(active, company, earlier, reader)),
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """The period before, with its objectives alone; without a name where there is none."""

    name: str = ""
    company: Company | None = None


def _bands(active: Iterable[Objective], company: Company, reader: Reader) -> Iterable[BandCount]:
    values = [company.score(found.key).value for found in active]
    counts = Counter("none" if value is None else reader.bands.of(value).value for value in values)
    for band in Band:
        yield BandCount(band.value, reader.band_words[band], counts[band.value])
    if counts["none"]:
        yield BandCount("none", reader.words.gettext("no score"), counts["none"])


def _kinds(active: Sequence[Objective], company: Company, reader: Reader) -> Iterable[KindReading]:
    """Committed and aspirational apart; nothing where the sheets tell no kinds."""
    for kind in Kind:
        found = [objective for objective in active if objective.kind is kind]
        mean = mean_of(found, company)
        if found and mean.value is not None:
            counted = reader.words.gettext("%(scored)s of %(count)s", scored=mean.counted, count=len(found))
            reading = (
                _committed(found, company, reader) if kind is Kind.COMMITTED else _aspirational(mean.value, reader)
            )
            yield KindReading(reader.kinds[kind], reader.formats.score(mean.value), counted, reading)


def _committed(found: Sequence[Objective], company: Company, reader: Reader) -> str:
    values = [company.score(objective.key).value for objective in found]
    missed = sum(1 for value in values if value is not None and value < reader.bands.done)
    if not missed:
        return reader.words.gettext("Every promise was kept.")
    return reader.words.ngettext(
        "%(count)s promise was missed: what is to be learned from it?",
        "%(count)s promises were missed: what is to be learned from them?",
        missed,
    )


def _aspirational(mean: Decimal, reader: Reader) -> str:
    gettext = reader.words.gettext
    if mean > TOO_SAFE:
        return gettext("Nearly all was reached: the goals may have been too safe.")
    if mean < TOO_FAR:
        return gettext("Little was reached: the goals may have been too far away.")
    return gettext("As it should be for goals that are set high.")


def _groups(
    active: Sequence[Objective], histories: Histories, company: Company, reader: Reader
) -> tuple[ReviewGroup, ...]:
    points = histories([found.key for found in active])
    return tuple(
        ReviewGroup(
            reader.levels[level],
            tuple(_reviewed(found, points.get(found.key, ()), company, reader) for found in those),
        )
        for level, those in by_level(active).items()
    )


def _reviewed(found: Objective, points: Sequence[HistoryPoint], company: Company, reader: Reader) -> Reviewed:
    span, until = company.calendar.period(found.period).span, company.calendar.midnight(company.today + A_DAY)
    history = history_plot(points, span, until, company.calendar, reader)
    return Reviewed(objective_view(found, company, reader), history, learned_of(found, company, reader))


def _movers(key_results: Iterable[KeyResult], company: Company, past: Past, reader: Reader) -> tuple[Mover, ...]:
    """Those that went furthest since the period began; one that was not scored then began at its first score."""
    moved = [(abs(move), part, move) for part in key_results if (move := _move(part, company, past))]
    widest = sorted(moved, key=lambda each: -each[0])[:MOST_NAMED]
    return tuple(_mover(part, reader.formats.move(move), company, reader) for _, part, move in widest)


def _move(part: KeyResult, company: Company, past: Past) -> Decimal:
    value = company.score(part.key).value
    before = past.before.get(part.key) or Decimal(0)
    return value - before if value is not None else Decimal(0)


def _stood_still(part: KeyResult, company: Company, past: Past) -> bool:
    return company.score(part.key).value is not None and part.key not in past.changed


def _silent(key_results: Sequence[KeyResult], company: Company) -> Sequence[KeyResult]:
    """Those without a check-in, where others of the period have some: else nobody keeps a log."""
    silent = [part for part in key_results if not company.check_ins.get(part.key)]
    return silent if len(silent) < len(key_results) else ()


def _named(parts: Iterable[KeyResult], company: Company, reader: Reader) -> tuple[Mover, ...]:
    return tuple(_mover(part, "", company, reader) for part in parts)


def _mover(part: KeyResult, move: str, company: Company, reader: Reader) -> Mover:
    return Mover(part.text, reference_to(part.objective, company, reader), move)


def _compared(active: Sequence[Objective], company: Company, earlier: Earlier, reader: Reader) -> Iterable[Compared]:
    if earlier.company is None:
        return
    there = [found for found in earlier.company.alignment.objectives.values() if found.status is not Status.DRAFT]
    then = by_level(there)
    for level, found in by_level(active).items():
        yield Compared(
            reader.levels[level],
            _mean_text(found, company, reader),
            _mean_text(then.get(level, ()), earlier.company, reader),
        )


def _mean_text(objectives: Iterable[Objective], company: Company, reader: Reader) -> str:
    value = mean_of(objectives, company).value
    return "" if value is None else reader.formats.score(value)
