"""What became wrong in the sheets since last time, by cell and with the fix; at most once an hour. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from sync.domain.keys import identity
from sync.domain.notices import Message
from sync.domain.problems import Problem, in_need
from sync.translations.problems import hint_of, message_of
from webapp.exports.notices.scene import Scene
from webapp.exports.notices.slots import due_of, newest, waiting
from webapp.exports.notices.words import lines, plain

KIND = "problems"
HOUR = timedelta(hours=1)
MOST_TOLD = 3
LONGEST_SENTENCE = 220


def problem_notices(scene: Scene) -> Iterator[Message]:
    """One message of all that is new, where there is something and the last one is an hour old."""
    last, pending = newest(KIND, scene.told), waiting(KIND, scene.told)
    if pending is None and last is not None and scene.now - last.at < HOUR:
        return
    found = keyed(in_need(problems_for(scene)))
    new = {key: problem for key, problem in found.items() if last is None or key not in last.subjects}
    if not new:
        return
    about = pending.about if pending else f"{KIND} {scene.now:%Y-%m-%dT%H:%M:%S}"
    title = scene.words.ngettext(
        "%(name)s: %(count)s thing to mend in the sheets",
        "%(name)s: %(count)s things to mend in the sheets",
        len(new),
        name=scene.name,
    )
    yield Message(about, due_of(about, scene.told, scene.now), title, _text(new, scene), tuple(found))


def _text(new: Mapping[str, Problem], scene: Scene) -> str:
    told = list(new.values())[:MOST_TOLD]
    found: list[str] = []
    for problem in told:
        language = scene.reader.language
        sentence = f"{message_of(problem, language)} {hint_of(problem, language)}"
        found += [f"• {plain(str(problem.cell or problem.tab))}: {plain(sentence, LONGEST_SENTENCE)}"]
        found += [scene.cell(problem.cell)]
    left = len(new) - len(told)
    more = scene.words.ngettext("… and %(count)s more", "… and %(count)s more", left) if left else ""
    return lines(*found, more, scene.link("problems") if left or not any(found[1::2]) else "")


def problems_for(scene: Scene) -> list[Problem]:
    """What is wrong in the whole company, or with what the room hears of."""
    company = scene.running()
    if scene.is_whole:
        return [found.problem for found in company.problems]
    here = {id(found.problem) for found in company.problems}
    objectives = scene.objectives(company)
    keys = [found.key for found in objectives]
    keys += [part.key for found in objectives for part in company.key_results_of(found.key)]
    return [problem for key in keys for problem in company.concerning.get(key, ()) if id(problem) in here]


def keyed(problems: Iterable[Problem]) -> dict[str, Problem]:
    """By what makes a problem the same one after its row has moved."""
    return {_key(problem): problem for problem in problems}


def _key(problem: Problem) -> str:
    cell, facts = problem.cell, [f"{name}={fact}" for name, fact in problem.facts]
    if cell is None:
        return identity(problem.code, *facts)
    return identity(problem.code, cell.spreadsheet, cell.sheet_id, *(facts or [cell.a1]))
