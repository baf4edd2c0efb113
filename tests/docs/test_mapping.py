"""docs/mapping.md keeps its word: every sheet in it is read by its mapping and gives what the page says was understood;
every key, every fault of a configuration and every problem of a sheet stands in it.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from sync.config import mapping as mapping_module
from sync.config import settings as config_module
from sync.config.cycle_fields import (
    CheckInFields,
    CoachingFields,
    ConfidenceSource,
    FeedbackFields,
    InitiativeFields,
    PersonFields,
    RecognitionFields,
    ReviewFields,
)
from sync.config.mapping import KeyResultFields, ObjectiveFields, TabMapping
from sync.config.settings import SpreadsheetSettings, load_config
from sync.config.sources import AmountSource, Condition, DirectionName, ScoreColumn, Source, WordSource
from sync.domain.catalogue import CATALOGUE
from sync.domain.cells import CellRef
from sync.domain.cycle_records import Coaching, CycleRecord, Feedback, Person, Recognition, Review
from sync.domain.grid import WORD_FIELDS, Tab, slot_of
from sync.domain.okr import Amount, CheckIn, Initiative, KeyResult, Metric, Objective, Status
from sync.domain.scoring import Score, rounded, score_okrs
from sync.domain.visibility import audience
from sync.reading import BookReading, read_book
from sync.reading.cycle_words import COACHING_STATE, CONFIDENCES, DECISION, INITIATIVE_STATE
from sync.reading.words import DIRECTION, KIND, LEVEL, METRIC, STATUS, TOTALS, YES_NO
from sync.translations.problems import message_of
from tests.support.grids import book, grid

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "mapping.md").read_text(encoding="utf-8")
VIETNAMESE_PAGE = (DOCS / "vi" / "khai-bao.md").read_text(encoding="utf-8")


@dataclass
class Example:
    """Sheets (title and picture), their mapping, and what is understood."""

    heading: str
    sheets: list[tuple[str, str]] = field(default_factory=list)
    toml: str = ""
    understood: str = ""


def examples(page: str) -> list[Example]:
    """Every mapping of a page that has a picture before it."""
    found: list[Example] = []
    example = Example("")
    blocks = re.compile(
        r"^(?:#+ (?P<heading>.+)|```(?P<kind>sheet|toml|understood)(?P<title>.*)\n(?P<text>(?:.*\n)*?)```)$", re.M
    )
    for match in blocks.finditer(page):
        if match["heading"]:
            example = Example(match["heading"])
        elif match["kind"] == "sheet":
            example.sheets.append((match["title"].strip(), match["text"]))
        elif match["kind"] == "toml" and example.sheets:
            example.toml = match["text"]
        elif match["kind"] == "understood":
            example.understood = match["text"]
            found.append(example)
            example = Example(example.heading)
    return found


EXAMPLES = examples(PAGE)


def drawn(title: str, picture: str, sheet_id: int) -> Tab:
    """A tab out of a picture: without its letters and row numbers; "⏎" is a new line in a cell."""
    lines = [line.split("|", 1)[1].strip() or "|" for line in picture.splitlines()[1:]]
    tab = grid("\n".join(lines), title=title, sheet_id=sheet_id)
    values = [[cell.replace("⏎", "\n") if isinstance(cell, str) else cell for cell in row] for row in tab.values]
    return replace(tab, values=values)


def read_example(example: Example, folder: Path) -> BookReading:
    path = folder / "config.toml"
    path.write_text(f'[[spreadsheet]]\nid = "page"\n{example.toml}', encoding="utf-8")
    tabs = [drawn(title or "OKR", picture, number) for number, (title, picture) in enumerate(example.sheets, 1)]
    return read_book(book(*tabs), load_config(path, {}).spreadsheet[0].mappings())


def told(reading: BookReading) -> str:
    """What was understood, as the page tells it."""
    scores = score_okrs(reading.objectives, reading.key_results, {})
    words = reading.own_cells()
    lines = []
    for objective in reading.objectives:
        line = _line("Objective", objective.text, _objective(objective), scores[objective.key], objective.score_cells)
        lines.append(line + _words(objective.key, words))
        own = [found for found in reading.key_results if found.objective == objective.key]
        lines += [_key_result(found, scores[found.key]) + _words(found.key, words) for found in own]
    lines += [_key_result(found, scores[found.key]) for found in reading.key_results if not found.objective]
    lines += [f"Check-in: {' · '.join(filter(None, _check_in(found)))}" for found in reading.check_ins]
    lines += [f"Initiative: {' · '.join(filter(None, _initiative(found)))}" for found in reading.initiatives]
    lines += [f"{type(found).__name__}: {' · '.join(_record(found))}" for found in reading.cycle]
    lines += [
        f"Problem {found.code} at {found.cell.a1 if found.cell else '—'}: {message_of(found, 'en')}"
        for found in reading.problems
    ]
    return "".join(f"{line}\n" for line in lines)


def _words(key: str, cells: Mapping[str, Sequence[CellRef]]) -> str:
    """Where words of ours go."""
    places = ((field, cells.get(slot_of(key, field), ())) for field in WORD_FIELDS)
    return "".join(f" · {field} {', '.join(cell.a1 for cell in found)}" for field, found in places if found)


def _check_in(found: CheckIn) -> tuple[str, ...]:
    sure = "" if found.confidence_level is None else f"sure {found.confidence_level}"
    return found.key_result, found.date, _number(found.value), sure, found.obstacle, found.next_step, found.author


def _initiative(found: Initiative) -> tuple[str, ...]:
    days = (found.start, found.due)
    return found.text, *found.key_results, found.owner, *days, found.state or "", _number(found.progress)


# As the page tells a record: its facts in this order, without words as written that are understood.
FACTS = {
    Review: ("about", "period", "author", "date", "lesson", "decision", "final_comment"),
    Recognition: ("text", "receivers", "giver", "date", "about"),
    Feedback: ("text", "receivers", "giver", "date", "kind", "about"),
    Coaching: ("person", "coach", "date", "topic", "next_step", "due", "state"),
    Person: ("name", "email", "unit", "manager"),
}


def _record(found: CycleRecord) -> Iterator[str]:
    for name in FACTS[type(found)]:
        fact = getattr(found, name)
        yield from filter(None, fact if isinstance(fact, tuple) else (fact,))
    if not isinstance(found, Review | Person):
        seen = audience(found)
        yield "for everyone" if seen.everyone else "for the involved" if seen.people else "for nobody"


def _line(kind: str, text: str, facts: Sequence[str], score: Score, cells: Sequence[CellRef]) -> str:
    result = f"no score ({score.problem})" if score.value is None else f"score {rounded(score.value, 2)}"
    written = f" → {', '.join(cell.a1 for cell in cells)}" if cells and score.value is not None else ""
    return f"{kind}: {' · '.join([text.replace(chr(10), '⏎'), *facts, result + written])}"


def _objective(found: Objective) -> list[str]:
    named = [("id", found.id), ("level", found.level), ("unit", found.unit), ("owner", found.owner)]
    named += [("period", found.period), ("status", found.status if found.status is not Status.ACTIVE else "")]
    named += [("kind", found.kind), ("supports", found.parent), ("related to", ", ".join(found.related))]
    named += [("weight", "" if found.weight == 1 else str(found.weight))]
    return [f"{name} {value}" for name, value in named if value]


def _key_result(found: KeyResult, score: Score) -> str:
    amounts = [("from", found.start), ("to", found.target), ("now", found.current)]
    numbers = " ".join(f"{name} {_number(amount)}" for name, amount in amounts if amount.number is not None)
    metric = "" if found.metric in (Metric.LINEAR, Metric.LINEAR_DOWN) else found.metric.value
    weight = "" if found.weight == 1 else f"weight {found.weight}"
    named = [f"id {found.id}" if found.id else "", f"owner {found.owner}" if found.owner else "", metric, numbers]
    named += [found.measure, weight, f"confidence {found.confidence}" if found.confidence else ""]
    named += [f"due {found.due}" if found.due else "", f"lesson {found.lesson}" if found.lesson else ""]
    named += [found.decision or "", f"final comment {found.final_comment}" if found.final_comment else ""]
    cells = list(found.score_cells)
    return "  " + _line("Key result", found.text, [fact for fact in named if fact], score, cells)


def _number(amount: Amount) -> str:
    if amount.number is None:
        return ""
    upper = f"–{amount.upper.normalize():f}" if amount.upper is not None else ""
    return f"{amount.number.normalize():f}{upper}"


@pytest.mark.parametrize("example", [*EXAMPLES, *examples(VIETNAMESE_PAGE)], ids=lambda example: example.heading)
def test_what_the_page_says_is_understood_is_understood(example: Example, tmp_path: Path) -> None:
    assert told(read_example(example, tmp_path)) == example.understood


def test_the_page_has_examples_for_every_key() -> None:
    told_keys = set(re.findall(r"\b([a-z_]+)(?:\.[a-z_]+)* *=", "".join(example.toml for example in EXAMPLES)))
    told_keys |= {name for path in re.findall(r"^\[+([a-z_.]+)\]+$", PAGE, re.M) for name in path.split(".")}
    for model in (
        TabMapping,
        Source,
        Condition,
        ScoreColumn,
        ObjectiveFields,
        KeyResultFields,
        CheckInFields,
        InitiativeFields,
        ReviewFields,
        RecognitionFields,
        FeedbackFields,
        CoachingFields,
        PersonFields,
    ):
        assert {f.alias or name for name, f in model.model_fields.items()} - told_keys == set(), model


# The reference tables

TABLES: dict[str, tuple[type[BaseModel], type[BaseModel] | None]] = {
    "A spreadsheet": (SpreadsheetSettings, None),
    "A tab": (TabMapping, None),
    "A source": (Source, None),
    "A condition": (Condition, Source),
    "A start, target, current or progress": (AmountSource, Source),
    "A level, status, kind, metric, direction or decision": (WordSource[DirectionName], Source),
    "A score column": (ScoreColumn, Source),
    "An objective": (ObjectiveFields, None),
    "A key result": (KeyResultFields, None),
    "A check-in": (CheckInFields, None),
    "An initiative": (InitiativeFields, None),
    "A review": (ReviewFields, None),
    "Recognition": (RecognitionFields, None),
    "Feedback": (FeedbackFields, None),
    "Coaching": (CoachingFields, None),
    "A person": (PersonFields, None),
    "A confidence": (ConfidenceSource, Source),
}


def key_table(model: type[BaseModel], base: type[BaseModel] | None) -> str:
    """Every key of a model with its description, but for those that it has from `base`."""
    known = base.model_fields if base else {}
    lines = [
        f"| `{found.alias or name}` | {found.description or _described(found.annotation)} |"
        for name, found in model.model_fields.items()
        if name not in known
    ]
    return "\n".join(["| key | what it says |", "|---|---|", *lines])


def _described(annotation: object) -> str:
    """A table of its own is described by its model."""
    models = [part for part in getattr(annotation, "__args__", ()) if isinstance(part, type)]
    [model] = [part for part in models if issubclass(part, BaseModel)]
    return str(model.__doc__)


UNDERSTOOD: dict[str, Mapping[str, object]] = {
    "level": LEVEL.words,
    "status": STATUS.words,
    "kind": KIND.words,
    "metric": METRIC.words,
    # A direction is kept as the metric that it asks for.
    "direction": {word: "increase" if way is Metric.LINEAR else "decrease" for word, way in DIRECTION.words.items()},
    "decision": DECISION.words,
    "status of an initiative": INITIATIVE_STATE.words,
    "status of coaching": COACHING_STATE.words,
    "confidence, from 0 to 10": CONFIDENCES,
    "target, current, check-in": {word: "yes" if says else "no" for word, says in YES_NO.items()},
    "text": dict.fromkeys(sorted(TOTALS), "a line of totals"),
}


def word_table() -> str:
    """Every word that is understood, by field and meaning."""
    lines = [
        f"| {name} | {meaning} | {' · '.join(word for word in words if words[word] == meaning)} |"
        for name, words in UNDERSTOOD.items()
        for meaning in dict.fromkeys(words.values())
    ]
    return "\n".join(["| field | means | words |", "|---|---|---|", *lines])


def problem_table() -> str:
    """Every code that a sheet can give."""
    lines = [
        f"| `{code}` | {entry.severity} | {_blanked(entry.message)} | {_blanked(entry.hint)} |"
        for code, entry in sorted(CATALOGUE.items())
    ]
    return "\n".join(["| code | severity | says | what to do |", "|---|---|---|---|", *lines])


def _blanked(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "…", sentence)


@pytest.mark.parametrize("title", TABLES)
def test_every_key_is_in_its_table_as_the_code_describes_it(title: str) -> None:
    assert f"### {title}\n\n" in PAGE
    assert key_table(*TABLES[title]) in PAGE


def test_every_word_that_is_understood_is_in_the_table_of_its_field() -> None:
    assert "### Words that are understood\n\n" in PAGE
    assert word_table() in PAGE


def test_every_problem_is_in_its_table_as_the_catalogue_says_it() -> None:
    assert problem_table() in PAGE


# The faults of a configuration


def fault_table() -> list[str]:
    """What the page quotes of faults."""
    [table] = re.findall(r"## When the configuration is refused\n(.*?)\n## ", PAGE, re.DOTALL)
    return re.findall(r"^\| “(.+?)” \|", table, re.MULTILINE)


def refusals() -> Iterator[str]:
    """The sentence of every ValueError of the configuration, its facts as "…"."""
    for module in (mapping_module, config_module):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Raise)
                and isinstance(node.exc, ast.Call)
                and getattr(node.exc.func, "id", "") == "ValueError"
            ):
                yield _sentence(node.exc.args[0])


def _sentence(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)


@pytest.mark.parametrize("sentence", sorted(set(refusals())))
def test_every_refusal_of_a_configuration_is_on_the_page(sentence: str) -> None:
    assert any(quoted.strip("… ") in sentence for quoted in fault_table())
