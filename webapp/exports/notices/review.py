"""That a period ends in a week, and that it has ended: what is still missing. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sync.domain.notices import Message
from sync.domain.okr import Objective
from sync.domain.periods import PeriodState
from sync.domain.timetable import moment
from webapp.company.company import Company
from webapp.company.scope import KnownPeriod, in_periods
from webapp.exports.notices.scene import Scene, with_key_results
from webapp.exports.notices.slots import is_open
from webapp.exports.notices.words import lines
from webapp.parts.learned import is_learned
from webapp.parts.progress import mean_of
from webapp.parts.silence import is_overdue

KIND = "review"
BEFORE = timedelta(days=7)


def reviews(scene: Scene) -> Iterator[Message]:
    """For every period a week before its last day, and on the day after it."""
    for one in scene.periods:
        span = one.period.span
        if span is None:
            continue
        ends = moment(span.last - BEFORE, scene.room.when.at, scene.zone)
        ended = moment(span.last + timedelta(days=1), scene.room.when.at, scene.zone)
        if one.state is PeriodState.RUNNING and ends <= scene.now:
            yield from _message(f"{KIND} {one.period.key} ends", ends, one, scene)
        elif ended <= scene.now:
            yield from _message(f"{KIND} {one.period.key} ended", ended, one, scene)


def _message(about: str, due: datetime, period: KnownPeriod, scene: Scene) -> Iterator[Message]:
    if not is_open(about, due, scene.told, scene.now):
        return
    company = in_periods(scene.company, {period.period.key})
    objectives = scene.objectives(company)
    text = _text(objectives, company, period, scene) if objectives else ""
    yield Message(about, due, _title(period, scene), text)


def _title(period: KnownPeriod, scene: Scene) -> str:
    span, words = period.period.span, scene.words
    if span is None or period.state is not PeriodState.RUNNING:
        return words.gettext("%(period)s has ended", period=period.period.name)
    day = scene.reader.formats.day(span.last)
    return words.gettext("%(period)s ends on %(day)s", period=period.period.name, day=day)


def _text(objectives: list[Objective], company: Company, period: KnownPeriod, scene: Scene) -> str:
    words, formats = scene.words, scene.reader.formats
    value = mean_of(objectives, company).value
    reached = words.gettext("• Reached: %(percent)s", percent=formats.percent(value)) if value is not None else ""
    missing = list(_missing(objectives, company, scene))
    if not missing:
        missing = [words.gettext("• All numbers and lessons are there. Thank you!")]
    page = f"review/{period.period.key}" if scene.url else ""
    return lines(reached, *missing, _last_day(period, scene), scene.link(page))


def _missing(objectives: list[Objective], company: Company, scene: Scene) -> Iterator[str]:
    """What nobody has written down yet, as counts."""
    parts = [part for part, _ in with_key_results(objectives, company)]
    ngettext = scene.words.ngettext
    if scoreless := sum(company.score(part.key).value is None for part in parts):
        yield ngettext(
            "• %(count)s key result has no score yet", "• %(count)s key results have no score yet", scoreless
        )
    if silent := sum(is_overdue(part.key, company) for part in parts):
        yield ngettext(
            "• %(count)s key result is waiting for its last check-in",
            "• %(count)s key results are waiting for their last check-in",
            silent,
        )
    if unlearned := sum(not is_learned(found, company) for found in objectives):
        yield ngettext(
            "• %(count)s objective is waiting for a lesson or a decision",
            "• %(count)s objectives are waiting for a lesson or a decision",
            unlearned,
        )


def _last_day(period: KnownPeriod, scene: Scene) -> str:
    span = period.period.span
    if span is None or period.state is not PeriodState.CLOSING:
        return ""
    day = scene.reader.formats.day(span.last + timedelta(days=period.period.grace))
    return scene.words.gettext("• Late numbers count until %(day)s.", day=day)
