"""Trouble that an admin must know of, at once and again after an hour and a day, and that it is over. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.backoff import NEEDS_A_PERSON
from sync.domain.memory import PassResult
from sync.domain.notices import Message, NoticeState
from sync.domain.snapshot import TabState
from webapp.exports.notices.scene import Scene
from webapp.exports.notices.slots import due_of
from webapp.exports.notices.words import lines
from webapp.parts.cells import web_address

KIND, OVER = "trouble", "well"
# After these times it is said again.
AGAIN = (timedelta(0), timedelta(hours=1), timedelta(days=1))
INTERVALS = 3
LEAST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a spreadsheet, or with a `tab` of it. `since` is when it was last well, None for never."""

    spreadsheet: str
    tab: str
    since: datetime | None
    reason: str

    @property
    def about(self) -> str:
        """The same as long as it lasts."""
        since = f"{self.since:%Y-%m-%dT%H:%M:%S.%f}" if self.since else "never"
        return f"{self.spreadsheet} {since} {self.tab}"


def troubles(scene: Scene) -> Iterator[Message]:
    """What is to be said of each trouble there is, and of each that is over."""
    found = {trouble.about: trouble for trouble in _now(scene)}
    for trouble in found.values():
        yield from _said(trouble, scene)
    for about, notice in scene.told.items():
        kind, _, rest = about.partition(" ")
        number, _, what = rest.partition(" ")
        if kind == KIND and number == "0" and notice.state is NoticeState.SENT and what not in found:
            yield from _over(what, scene)


def _said(trouble: Trouble, scene: Scene) -> Iterator[Message]:
    """The first time, or the one that is due by now."""
    first = f"{KIND} 0 {trouble.about}"
    known = scene.told.get(first)
    if known is None or not known.is_settled:
        yield _message(first, due_of(first, scene.told, scene.now), trouble, scene)
        return
    for number, after in reversed(list(enumerate(AGAIN))):
        about, due = f"{KIND} {number} {trouble.about}", known.at + after
        if due <= scene.now and number:
            if about not in scene.told or not scene.told[about].is_settled:
                yield _message(about, due_of(about, scene.told, scene.now), trouble, scene)
            return


def _message(about: str, due: datetime, trouble: Trouble, scene: Scene) -> Message:
    gettext = scene.words.gettext
    what = f"{scene.sheet(trouble.spreadsheet)} / {trouble.tab}" if trouble.tab else scene.sheet(trouble.spreadsheet)
    if trouble.since:
        since = gettext("What the page shows of it is from %(at)s.", at=scene.reader.formats.moment(trouble.since))
    else:
        since = gettext("It has never been read yet.")
    known = scene.company.snapshots.get(trouble.spreadsheet)
    text = lines(trouble.reason, since, web_address(known.url) if known else scene.link(""))
    return Message(about, due, gettext("okr-sheets needs help with %(what)s", what=what), text)


def _over(what: str, scene: Scene) -> Iterator[Message]:
    about = f"{OVER} {what}"
    known = scene.told.get(about)
    if known is not None and known.is_settled:
        return
    spreadsheet, _, rest = what.partition(" ")
    tab = rest.partition(" ")[2]
    name = f"{scene.sheet(spreadsheet)} / {tab}" if tab else scene.sheet(spreadsheet)
    title = scene.words.gettext("okr-sheets: %(what)s is well again", what=name)
    text = scene.words.gettext("It is read and scored as usual; nothing is left to do.")
    yield Message(about, due_of(about, scene.told, scene.now), title, text)


def _now(scene: Scene) -> Iterator[Trouble]:
    """Everything that is wrong: with a spreadsheet as a whole, else with tabs of it."""
    for spreadsheet, every in scene.intervals.items():
        whole = _whole(spreadsheet, every, scene)
        if whole is not None:
            yield whole
        elif spreadsheet in scene.company.snapshots:
            for tab in scene.company.snapshots[spreadsheet].tabs:
                if tab.state is TabState.REFUSED:
                    reason = scene.words.gettext(
                        "The tab is not believed as it is now, and its last good view is kept. "
                        "Look at it with: okr-sheets check"
                    )
                    yield Trouble(spreadsheet, tab.title, tab.seen_at, reason)


def _whole(spreadsheet: str, every: int, scene: Scene) -> Trouble | None:
    last, seen = scene.status.last(spreadsheet), scene.status.seen.get(spreadsheet)
    if last is not None and last.result is PassResult.FAILED and last.message in NEEDS_A_PERSON:
        return Trouble(spreadsheet, "", seen, scene.reader.failures[last.message])
    if seen is not None and scene.now - seen > max(INTERVALS * timedelta(seconds=every), LEAST):
        reason = scene.words.gettext(
            "It was not read for more than three intervals. Look for the cause with: okr-sheets doctor"
        )
        return Trouble(spreadsheet, "", seen, reason)
    return None
