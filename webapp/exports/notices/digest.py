"""The digest: how far things are, what moved, what is behind time, who was thanked, what to mend. Pure.

Says nothing where nothing happened. Counts people never, and names objectives and not their owners.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from sync.domain.notices import Message
from sync.domain.okr import Objective
from sync.domain.pace import Pace
from sync.domain.problems import in_need
from sync.domain.standing import standing
from webapp.company.company import Company
from webapp.company.recognitions import given_since
from webapp.exports.notices.problems import keyed, problems_for
from webapp.exports.notices.scene import Scene
from webapp.exports.notices.slots import is_open, newest
from webapp.exports.notices.words import lines
from webapp.parts.progress import mean_of, progress_in

KIND = "digest"
MOST_NAMED = 3
MOST_SHARES = 6
WEEK = timedelta(days=7)


def digests(scene: Scene) -> Iterator[Message]:
    """That of the newest time that it fell due."""
    due = scene.room.when.newest(scene.now, scene.zone)
    about = f"{KIND} {due:%Y-%m-%dT%H:%M}"
    if not is_open(about, due, scene.told, scene.now):
        return
    company = scene.running()
    objectives = scene.objectives(company)
    problems = keyed(in_need(problems_for(scene)))
    last = newest(KIND, scene.told)
    new = [key for key in problems if last is None or key not in last.subjects]
    moved, others = _moved(objectives, company, scene), _thanks(objectives, company, scene)
    if new:
        count = scene.words.ngettext(
            "%(count)s new thing to mend in the sheets", "%(count)s new things to mend in the sheets", len(new)
        )
        others.append(f"• {count}")
    text = _text(objectives, moved, others, company, scene) if moved or others else ""
    title = scene.words.gettext(
        "%(name)s: OKR on %(day)s", name=scene.name, day=scene.reader.formats.day(scene.day(due))
    )
    yield Message(about, due, title, text, tuple(problems))


def _text(objectives: list[Objective], moved: list[str], others: list[str], company: Company, scene: Scene) -> str:
    """What it is about first: how far, what moved, what needs help."""
    far, behind = _how_far(objectives, company, scene), _behind(objectives, company, scene)
    return lines(far, *moved, *behind, *others, scene.link(""))


def _how_far(objectives: list[Objective], company: Company, scene: Scene) -> str:
    """In one line, by level and then by unit, in the order of the sheets. A unit's own number is that of its level, as
    the company's digest and the page have it, and not one of all its people's objectives.
    """
    gettext = scene.words.gettext
    progress = progress_in("", objectives, company, scene.reader)
    levels = [one for one in progress.levels if one.percent]
    if scene.room.units and len(levels) < 2:
        value = mean_of(objectives, company).value
        return gettext("• Reached so far: %(percent)s", percent=scene.reader.formats.percent(value)) if value else ""
    units = [one for one in progress.units if one.percent] if len(progress.units) > 1 else []
    room = MOST_SHARES - len(levels)
    told = [
        " · ".join(gettext("%(name)s %(percent)s", name=one.name, percent=one.percent) for one in shares)
        for shares in (levels, units[:room])
        if shares
    ]
    more = "…" if len(units) > room else ""
    return gettext("• Reached so far:") + " " + "; ".join(told) + more if told else ""


def _moved(objectives: Iterable[Objective], company: Company, scene: Scene) -> list[str]:
    """The widest moves of a week."""
    moved = [found for found in objectives if found.key in company.moves]
    widest = sorted(moved, key=lambda found: -abs(company.moves[found.key]))[:MOST_NAMED]
    gettext, formats = scene.words.gettext, scene.reader.formats
    return [
        gettext("• %(move)s in a week: %(text)s", move=formats.move(company.moves[found.key]), text=found.text)
        for found in widest
    ]


def _behind(objectives: Iterable[Objective], company: Company, scene: Scene) -> list[str]:
    """What needs help is named, what is early is counted."""
    paces = {found.key: found_at.pace for found in objectives if (found_at := standing(found.key, company))}
    behind = [found for found in objectives if paces.get(found.key) in (Pace.BEHIND, Pace.FAR_BEHIND)]
    ahead = sum(pace is Pace.AHEAD for pace in paces.values())
    words, told = scene.words, list[str]()
    if behind:
        far = sorted(behind, key=lambda found: paces[found.key] is not Pace.FAR_BEHIND)
        first = far[0].text
        told.append(
            words.ngettext(
                "• %(count)s objective is behind time and needs help: %(first)s",
                "• %(count)s objectives are behind time and need help, such as: %(first)s",
                len(behind),
                first=first,
            )
        )
    if ahead:
        told.append(
            words.ngettext("• %(count)s objective is ahead of time", "• %(count)s objectives are ahead of time", ahead)
        )
    return told


def _thanks(objectives: list[Objective], company: Company, scene: Scene) -> list[str]:
    """Recognition of the week that is for everyone: in the whole company, or about what the room hears of."""
    about = {found.key for found in objectives}
    about |= {part.key for found in objectives for part in company.key_results_of(found.key)}
    about |= {""} if scene.is_whole else set()
    given = given_since(company.today - WEEK, about, frozenset(), company)[:2]
    return [
        scene.words.gettext("• Thanks to %(who)s: %(text)s", who=", ".join(filter(None, one.receivers)), text=one.text)
        for one in given
    ]
