"""What a mapping says beside its columns, in one reader's language: conditions, constants, and choices between ways."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sync.domain.cells import cell_place
from sync.domain.grid import Tab
from webapp.desk.examples import Examples
from webapp.desk.marks import columns_of, constants
from webapp.desk.roles import Role, kinds_in, path_of
from webapp.desk.saying import condition_text, record_name, role_name
from webapp.desk.understanding import Entry, Understanding
from webapp.reader.languages import Words

# A condition in words.
Told = Callable[[Mapping[str, Any]], str]
AMOUNTS = ("start", "target", "current", "progress", "value")
SAMPLE = 100
# The parts of a text that a number may be taken from: "2/4" of "2/4 hoàn thành", "42" of "đạt 42 tỷ".
_PARTS = (r"(\d+\s*/\s*\d+)", r"(\d[\d.,]*)")


def rules_of(understanding: Understanding, tab: Tab, entries: Sequence[Entry], words: Words) -> dict[str, Any]:
    """The rules of a tab: each can be taken away, or is a choice."""
    examples = Examples(understanding)
    return {
        "conditions": [said for entry in entries for said in _conditions(entry, tab, examples, words)],
        "constants": [said for entry in entries for said in _constants(understanding, tab, entry, words)],
        "settings": [said for entry in entries for said in _settings(understanding, tab, entry, words)],
    }


def _conditions(entry: Entry, tab: Tab, examples: Examples, words: Words) -> Iterator[dict[str, Any]]:
    def told(condition: Mapping[str, Any]) -> str:
        fitting = examples.beginning(tab.title, condition) if "matches" in condition else ()
        return condition_text(condition, words, fitting)

    yield from _listed(entry, ("skip",), words.gettext("does not count"), entry.table, told)
    yield from _listed(entry, ("until",), words.gettext("the table ends"), entry.table, told)
    for record in ("objective", "key_result"):
        kinds = kinds_in(entry.table, record)
        for kind, fields in enumerate(kinds):
            path = (*path_of(entry.table, record, kind), "when")
            yield from _listed(entry, path, record_name(record, kind, len(kinds), words), fields, told)


def _listed(
    entry: Entry, path: tuple[str | int, ...], name: str, fields: Mapping[str, Any], told: Told
) -> Iterator[dict[str, Any]]:
    held = fields.get(str(path[-1]), [])
    for number, condition in enumerate(held if isinstance(held, list) else [held]):
        if isinstance(condition, Mapping):
            yield {"entry": entry.number, "path": list(path), "number": number, "name": name, "said": told(condition)}


def _constants(understanding: Understanding, tab: Tab, entry: Entry, words: Words) -> Iterator[dict[str, Any]]:
    for role, source in constants(entry):
        behind = _behind(role, understanding, tab)
        yield {
            "entry": entry.number,
            "path": [*path_of(entry.table, role.record, role.kind), role.field],
            "name": role_name(role, words),
            "value": _constant(tab, source, behind, words),
        }


def _behind(role: Role, understanding: Understanding, tab: Tab) -> str:
    """What an objective's field says on the whole tab, "" where that is not one thing."""
    objectives = understanding.reading.objectives if role.record == "objective" else ()
    said = {getattr(found, role.field, "") for found in objectives if found.cell.sheet_id == tab.sheet_id}
    only = said.pop() if len(said) == 1 else ""
    return str(only or "")


def _constant(tab: Tab, source: Mapping[str, Any], behind: str, words: Words) -> str:
    """What a field is for the whole tab: a fixed cell with what stands in it, what is behind a label, a constant."""
    if source.get("check_in"):
        return words.gettext("the newest check-in")
    if cell := source.get("cell"):
        return words.gettext("“%(text)s”, in cell %(cell)s", text=tab.text(*cell_place(cell)).strip()[:60], cell=cell)
    if label := source.get("label"):
        place = label if isinstance(label, str) else " / ".join(label)
        return words.gettext("“%(text)s”, behind the label “%(place)s”", text=behind or "—", place=place)
    value = source.get("value") or source.get("field") or ""
    return (value if isinstance(value, str) else " / ".join(value)) or words.gettext("the tab's title")


def _settings(understanding: Understanding, tab: Tab, entry: Entry, words: Words) -> Iterator[dict[str, Any]]:
    """Choices that belong to a field and not to a place."""
    for record in ("objective", "key_result"):
        kinds = kinds_in(entry.table, record)
        for kind, fields in enumerate(kinds):
            path = path_of(entry.table, record, kind)
            name = record_name(record, kind, len(kinds), words)
            yield from _scale(entry, path, name, fields, words)
            if record == "key_result":
                yield from _rows(entry, path, name, fields, words)
                yield from _from_check_ins(entry, path, name, fields, words)
    yield from _parts(understanding, tab, entry, words)


def _scale(
    entry: Entry, path: tuple[str | int, ...], name: str, fields: Mapping[str, Any], words: Words
) -> Iterator[dict[str, Any]]:
    score = fields.get("score")
    if score is not None:
        value = score.get("scale", 1) if isinstance(score, Mapping) else 1
        said = words.gettext("%(record)s: a full score is", record=name)
        options: list[Any] = [[1, "1"], [10, "10"], [100, "100"], ["percent", "100 %"]]
        yield _setting(entry, (*path, "score", "scale"), said, value, options)


def _rows(
    entry: Entry, path: tuple[str | int, ...], name: str, fields: Mapping[str, Any], words: Words
) -> Iterator[dict[str, Any]]:
    options = [
        ["separate", words.gettext("several key results")],
        ["latest", words.gettext("one, of which the newest value counts")],
        ["mean", words.gettext("one, of which the mean counts")],
        ["sum", words.gettext("one, of which the sum counts")],
    ]
    said = words.gettext("%(record)s: the same one on several rows is", record=name)
    yield _setting(entry, (*path, "rows"), said, fields.get("rows", "separate"), options)


def _from_check_ins(
    entry: Entry, path: tuple[str | int, ...], name: str, fields: Mapping[str, Any], words: Words
) -> Iterator[dict[str, Any]]:
    current = fields.get("current")
    logged = {"check_in": True}
    options: list[Any] = [[logged, words.gettext("the newest check-in")]]
    if current != logged:
        options = [[current, words.gettext("its own column") if current else words.gettext("nothing")], *options]
    said = words.gettext("%(record)s: the current value is", record=name)
    yield _setting(entry, (*path, "current"), said, current, options)


def _parts(understanding: Understanding, tab: Tab, entry: Entry, words: Words) -> Iterator[dict[str, Any]]:
    """Which part of a text is the number, where a column of amounts holds texts with more than that."""
    examples = Examples(understanding)
    for role, source, columns in columns_of(understanding, tab, entry):
        example = next((text for column in columns[:1] for text in _texts(tab, column) if _has_more(text)), "")
        if role.field in AMOUNTS and (example or source.pattern):
            found = ((part, re.search(part, example)) for part in _PARTS)
            options: list[Any] = [
                [None, words.gettext("all of it")],
                *([part, match[0]] for part, match in found if match),
            ]
            if source.pattern and source.pattern not in [value for value, _ in options]:
                fields = kinds_in(entry.table, role.record)[role.kind]
                fitting = examples.parts(tab.title, source, fields)
                options.append([source.pattern, next(iter(fitting), words.gettext("only a part of it"))])
            path = (*path_of(entry.table, role.record, role.kind), role.field, "pattern")
            said = words.gettext("%(role)s: of “%(text)s” counts", role=role_name(role, words), text=example[:40])
            yield _setting(entry, path, said, source.pattern, options)


def _texts(tab: Tab, column: int) -> Iterator[str]:
    for row in range(min(SAMPLE, len(tab.values))):
        value = tab.value(row, column)
        if isinstance(value, str):
            yield value.strip()


def _has_more(text: str) -> bool:
    """Whether a text holds a number beside words: "2/4 hoàn thành"."""
    return bool(re.match(r"\D{0,30}\d", text)) and bool(re.search(r"[^\W\d_]{2,}", text)) and len(text) <= 80


def _setting(entry: Entry, path: tuple[str | int, ...], name: str, value: Any, options: list[Any]) -> dict[str, Any]:
    return {"entry": entry.number, "path": list(path), "name": name, "value": value, "options": options}
