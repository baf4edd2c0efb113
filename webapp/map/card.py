"""What stands on a card of the map, line by line, and how high that makes it. Pure.

Everything is text in the reader's language, or a word that the style sheet knows; where a card stands is decided
elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync.domain.alignment import Alignment, Unresolved
from sync.domain.okr import KeyResult, Level, Objective, Status
from webapp.company.company import Company
from webapp.map.text import one_line, width_of, wrapped
from webapp.parts.items import ScoreView, counts_of, score_of, troubles_of
from webapp.parts.silence import silence_of
from webapp.reader.reader import Reader

WIDTH = 272
EDGE = 12
TEXT_SIZE, SMALL_SIZE = 13, 11
BOLD = 1.16
MARK = 25  # before a score, with some air after it
TEXT_LINES = 2
TEXT_STEP, SMALL_STEP = 17, 17
FOOT = 11
# Links to the objective itself come and go at this height, those to a key result at that of its line.
HELD_AT = 21
# Links across come and go so far above the lower edge.
ACROSS_AT = 15
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text at a height; `style` is "words", "about" or "fault"."""

    y: int
    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Port:
    """A key result that something links to."""

    key: str
    y: int
    text: str
    score: ScoreView


@dataclass(frozen=True, slots=True)
class Content:
    """A card. `name` says all of it to who cannot see it; `loose` is the style of a link that ends in the air, "orphan"
    or "broken", empty where none does. `status` is the style: "draft", "closed" or "active"."""

    key: str
    name: str
    lines: tuple[TextLine, ...]
    score: ScoreView
    score_y: int
    troubles: str
    ports: tuple[Port, ...]
    loose: str
    status: str
    height: int

    @property
    def port_heights(self) -> dict[str, int]:
        """Where links to each key result end, from the top of the card."""
        return {port.key: port.y - 4 for port in self.ports}


@dataclass(frozen=True, slots=True)
class LinkFaults:
    """What is wrong with links, by the key of the objective that bears them."""

    unresolved: Mapping[str, Sequence[Unresolved]]
    circles: frozenset[str]


def link_faults(alignment: Alignment) -> LinkFaults:
    """The references that lead nowhere and the objectives that support each other in a circle."""
    unresolved: dict[str, list[Unresolved]] = {}
    for found in alignment.unresolved:
        unresolved.setdefault(found.child, []).append(found)
    return LinkFaults(unresolved, frozenset(key for circle in alignment.circles for key in circle))


def card_content(
    objective: Objective,
    ports: Iterable[KeyResult],
    faults: LinkFaults,
    company: Company,
    reader: Reader,
    *,
    tells_level: bool,
) -> Content:
    """The card of an objective; `ports` are those of its key results that something links to.

    Its level need not be told where that stands above its column.
    """
    loose, notices = _notices(objective, faults, company, reader)
    notices = [*notices, *silence_of(objective.key, company, reader)]
    level = reader.levels[objective.level] if objective.level else ""
    status = "" if objective.status is Status.ACTIVE else reader.statuses[objective.status]
    facts = _joined(status, level if tells_level else "", objective.unit, objective.owner)
    score = score_of(objective.key, company, reader)
    grade = " ".join(filter(None, (score.text, score.word, _pace(score))))
    troubles = _troubles(objective, company, reader)
    is_beside = _fits_beside(grade, troubles)
    lines = _lines(objective, facts, notices if is_beside else [*notices, troubles])
    score_y = lines[-1].y + SMALL_STEP
    views = _ports(ports, score_y + SMALL_STEP, company, reader)
    return Content(
        key=objective.key,
        name=_name(
            objective.text,
            level,
            facts,
            f"{score.text} {score.word}",
            score.pace.word if score.pace else "",
            score.counted,
            troubles,
            *notices,
        ),
        lines=lines,
        score=score,
        score_y=score_y,
        troubles=troubles if is_beside else "",
        ports=views,
        loose=loose,
        status=objective.status.value,
        height=score_y + len(views) * SMALL_STEP + FOOT,
    )


def _lines(objective: Objective, facts: str, notices: Sequence[str]) -> tuple[TextLine, ...]:
    inner = WIDTH - 2 * EDGE
    texts = wrapped(objective.text, inner / (TEXT_SIZE * BOLD), TEXT_LINES) or ("—",)
    lines = [TextLine(HELD_AT + TEXT_STEP * place, text, "words") for place, text in enumerate(texts)]
    for style, text in (("about", facts), *(("fault", notice) for notice in notices)):
        width = inner / (SMALL_SIZE * (BOLD if style == "fault" else 1))
        lines += [TextLine(lines[-1].y + SMALL_STEP, line, style) for line in wrapped(text, width, 1)]
    return tuple(lines)


def _fits_beside(grade: str, troubles: str) -> bool:
    """Whether problems can be told in the line of the score."""
    room = WIDTH - 2 * EDGE - MARK
    return (width_of(grade) + width_of(troubles)) * SMALL_SIZE * BOLD <= room


def _pace(score: ScoreView) -> str:
    return f"{score.pace.shape} {score.pace.word}" if score.pace else ""


def _joined(*facts: str) -> str:
    return " · ".join(one_line(fact) for fact in facts if fact)


def _notices(objective: Objective, faults: LinkFaults, company: Company, reader: Reader) -> tuple[str, list[str]]:
    """How a link that ends in the air looks, and what is said of the links."""
    gettext = reader.words.gettext
    unresolved = faults.unresolved.get(objective.key, ())
    said = [_unresolved(found, reader) for found in unresolved]
    if objective.key in faults.circles:
        return "", [gettext("supports itself in a circle"), *said]
    if any(found.reference == objective.parent for found in unresolved):
        return "broken", said
    parent = company.alignment.parents.get(objective.key)
    if parent and parent.objective not in company.alignment.objectives:
        above = company.objective(parent.objective)
        supports = gettext("supports “%(name)s” of %(period)s", name=one_line(above.text), period=above.period or "—")
        return "", [supports, *said]
    if parent and company.objective(parent.objective).status is Status.CLOSED:
        return "orphan", [gettext("what it supports is closed"), *said]
    below = objective.level in (Level.DEPARTMENT, Level.INDIVIDUAL)
    if below and parent is None and objective.status is Status.ACTIVE:
        return "orphan", [gettext("supports nothing above"), *said]
    return "", said


def _unresolved(found: Unresolved, reader: Reader) -> str:
    gettext, reference = reader.words.gettext, one_line(found.reference)
    if found.candidates:
        return gettext("means several: “%(name)s”", name=reference)
    return gettext("not found: “%(name)s”", name=reference)


def _ports(key_results: Iterable[KeyResult], first: int, company: Company, reader: Reader) -> tuple[Port, ...]:
    room = (WIDTH - 2 * EDGE - 50) / SMALL_SIZE
    return tuple(
        Port(
            key=found.key,
            y=first + place * SMALL_STEP,
            text="".join(wrapped(found.text, room, 1)) or "—",
            score=score_of(found.key, company, reader),
        )
        for place, found in enumerate(key_results)
    )


def _troubles(objective: Objective, company: Company, reader: Reader) -> str:
    """Problems here and in the key results, as on the tree."""
    return ", ".join(count.text for count in counts_of(troubles_of(objective, company), reader))


def _name(text: str, *facts: str) -> str:
    return ". ".join((one_line(text)[:LONGEST_NAME], *(one_line(fact) for fact in facts if fact)))
