"""What a click does to the document: each edit is a small function from a document to the next.

Edits come from the page as JSON. What one cannot be carried out for is an EditError, and the document stays.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from sync.config.faults import Fault
from sync.config.sources import Condition, Source
from sync.domain.cells import cell_name, column_letters
from sync.domain.grid import Tab
from sync.domain.languages import N_
from sync.inspect.columns import column_of
from sync.inspect.heads import Head
from sync.inspect.scales import decimals_of, scale_of
from webapp.desk.document import Document
from webapp.desk.heading import head_of
from webapp.desk.marks import roles_by_column
from webapp.desk.roles import RECORDS, Role, kinds_in, known_role, path_of
from webapp.desk.understanding import Entry, Understanding, entries_of
from webapp.reader.languages import Words

NO_SUCH_EDIT = N_("This cannot be done here: %(what)s")

# Keys of a source that say where it is; the rest, such as a score's scale, goes with the field to another place.
PLACES = tuple(Source.model_fields)
CONDITIONS = {("skip",), ("until",), *((record, "when") for record in RECORDS)}

# What one kind of key results has otherwise than another.
MEASURED = ("start", "target", "current", "progress", "progress_scale", "metric", "direction", "words", "rows", "date")


class EditError(Exception):
    """An edit that cannot be carried out, and why."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message, self.facts = message, facts

    def told(self, words: Words) -> str:
        """In a reader's words."""
        return words.gettext(self.message, **self.facts)


@dataclass(frozen=True, slots=True)
class Scene:
    """What an edit is made on: the document, what it means, and the tab that is looked at."""

    document: Document
    understanding: Understanding
    tab: Tab

    def entry(self, number: int | None) -> Entry | None:
        """The entry of that number where it is one of the tab's, else the tab's first; None where it has none."""
        own = list(entries_of(self.understanding, self.tab))
        return next((entry for entry in own if entry.number == number), next(iter(own), None))


def apply(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """The document after an edit. Raises EditError."""
    kind = edit.get("do")
    if not isinstance(kind, str) or kind not in _EDITS:
        raise EditError(NO_SUCH_EDIT, what=str(kind)[:40])
    try:
        changed = _EDITS[kind](scene, edit)
        changed.tables()
        return changed
    except Fault as fault:
        raise EditError(NO_SUCH_EDIT, what=f"{kind}: {fault}"[:80]) from None
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise EditError(NO_SUCH_EDIT, what=f"{kind}: {error}"[:80]) from None


def _role(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """A column is something, or is not any longer; "also" where it is so beside another one."""
    role, column = _role_of(edit), int(edit["column"])
    document, entry = _with_entry(scene, edit.get("entry"))
    path = _field_path(document, entry, role)
    if not edit.get("on", True):
        return document.drop(entry, path)
    before, source = _value_at(document, entry, path), _source(scene, entry, column)
    if edit.get("also"):
        return document.put(entry, path, _also(before, source))
    return document.put(entry, path, _placed(scene, entry, role, before, source, column))


def _place(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """A fixed cell is something, for all records of the tab."""
    role = _role_of(edit)
    document, entry = _with_entry(scene, edit.get("entry"))
    cell = cell_name(int(edit["row"]), int(edit["column"]))
    return document.put(entry, _field_path(document, entry, role), {"cell": cell})


def _unused(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """A column is nothing."""
    entry, document = scene.entry(edit.get("entry")), scene.document
    if entry is None:
        return document
    for role in roles_by_column(scene.understanding, scene.tab, entry).get(int(edit["column"]), []):
        document = document.drop(entry.number, _field_path(document, entry.number, role))
    return document


def _condition(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """One more condition: rows that do not count, where the table ends, what tells kinds of rows apart."""
    path, condition = _path(edit), _condition_of(edit)
    if tuple(key for key in path if isinstance(key, str)) not in CONDITIONS:
        raise EditError(NO_SUCH_EDIT, what=str(path))
    document, entry = _with_entry(scene, edit.get("entry"))
    # A kind of record is told by what all of its rows share; of what leaves rows out, each condition is one more.
    known = [] if path[-1] == "when" else _list_at(document, entry, path)
    return document.put(entry, path, [*known, condition] if known or path[-1] != "when" else condition)


def _uncondition(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """Without one of the conditions."""
    path, entry = _path(edit), scene.entry(edit.get("entry"))
    if entry is None:
        raise EditError(NO_SUCH_EDIT, what=str(path))
    rest = _list_at(scene.document, entry.number, path)
    del rest[int(edit["number"])]
    return scene.document.put(entry.number, path, rest) if rest else scene.document.drop(entry.number, path)


def _header(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """The header is in this row."""
    document, entry = _with_entry(scene, edit.get("entry"))
    return document.put(entry, ("header_row",), int(edit["row"]) + 1)


def _set(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """A value at a key of the entry, such as the scale of a score; no value takes the key away."""
    path, value = _path(edit), edit.get("value")
    document, entry = _with_entry(scene, edit.get("entry"))
    if value is None:
        return document.drop(entry, path)
    held = _value_at(document, entry, path[:-1])
    if isinstance(held, str | list):  # a bare text is short for a column with that header
        return document.put(entry, path[:-1], {"header": held, path[-1]: value})
    return document.put(entry, path, value)


def _another(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """Rows like one are a kind of key results of their own: as the first, but for how it is measured."""
    condition = _condition_of(edit)
    document, entry = _with_entry(scene, edit.get("entry"))
    first: Mapping[str, Any] = next(iter(kinds_in(document.tabs()[entry], "key_result")), {})
    kept = {name: value for name, value in first.items() if name not in MEASURED}
    return document.add_kind(entry, "key_result", {**kept, "when": condition})


def _leave(scene: Scene, edit: Mapping[str, Any]) -> Document:
    """The tab takes no part: its entries go."""
    document = scene.document
    for entry in sorted((entry.number for entry in entries_of(scene.understanding, scene.tab)), reverse=True):
        document = document.remove_tab(entry)
    return document


_EDITS: dict[str, Callable[[Scene, Mapping[str, Any]], Document]] = {
    "role": _role,
    "place": _place,
    "unused": _unused,
    "condition": _condition,
    "uncondition": _uncondition,
    "header": _header,
    "set": _set,
    "another": _another,
    "leave": _leave,
}


def _path(edit: Mapping[str, Any]) -> tuple[str | int, ...]:
    return tuple(key if isinstance(key, int) else str(key) for key in edit["path"])


def _condition_of(edit: Mapping[str, Any]) -> dict[str, Any]:
    """The condition that an edit brings. Raises EditError where it is none."""
    condition = dict(edit["condition"])
    try:
        Condition.model_validate(condition)
    except ValidationError:
        raise EditError(NO_SUCH_EDIT, what=str(condition)) from None
    return condition


def _role_of(edit: Mapping[str, Any]) -> Role:
    found = known_role(str(edit["record"]), str(edit["field"]), int(edit.get("kind", 0)))
    if found is None:
        raise EditError(NO_SUCH_EDIT, what=f"{edit['record']}.{edit['field']}")
    return found


def _with_entry(scene: Scene, number: int | None) -> tuple[Document, int]:
    """The tab's entry to change, made where it has none yet."""
    entry = scene.entry(number)
    if entry is not None:
        return scene.document, entry.number
    return scene.document.add_tab({"title": scene.tab.title}), len(scene.understanding.entries)


def _field_path(document: Document, entry: int, role: Role) -> tuple[str | int, ...]:
    """Where a role stands in an entry, of several kinds of key results in its own."""
    return (*path_of(document.tabs()[entry], role.record, role.kind), role.field)


def _value_at(document: Document, entry: int, path: Sequence[str | int]) -> Any:
    value: Any = document.tabs()[entry]
    for key in path:
        if isinstance(key, int):
            value = value[key] if isinstance(value, list) and key < len(value) else None
        else:
            value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _list_at(document: Document, entry: int, path: Sequence[str | int]) -> list[Any]:
    value = _value_at(document, entry, path)
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _head(scene: Scene, entry: int) -> Head | None:
    known = next((each for each in scene.understanding.entries if each.number == entry), None)
    return head_of(scene.understanding, scene.tab, known)


def _source(scene: Scene, entry: int, column: int) -> Any:
    head = _head(scene, entry)
    if head is None or column not in head.columns:
        return {"column": column_letters(column)}
    return head.reference(column)


def _placed(scene: Scene, entry: int, role: Role, before: Any, place: Any, column: int) -> Any:
    """A field's source at another place: what else was said of it stays; a score's scale is that of the column."""
    now = {"header": place} if isinstance(place, str) else dict(place)
    kept = {key: value for key, value in before.items() if key not in PLACES} if isinstance(before, Mapping) else {}
    if role.is_score and not kept:
        kept = _scale(scene, entry, column)
    merged = {**now, **kept}
    return merged["header"] if set(merged) == {"header"} else merged


def _also(before: Any, place: Any) -> dict[str, Any]:
    """A field in one more column; the last that is filled counts. Raises EditError where it has no header."""
    first = before if isinstance(before, Mapping) else {"header": before}
    if "header" not in first or not isinstance(place, str):
        raise EditError(NO_SUCH_EDIT, what=str(place))
    known = first["header"] if isinstance(first["header"], list) else [first["header"]]
    rest = {key: value for key, value in first.items() if key != "header"}
    return {"header": [*known, place], "pick": "last", **rest}


def _scale(scene: Scene, entry: int, column: int) -> dict[str, Any]:
    head = _head(scene, entry)
    if head is None or column not in head.columns:
        return {}
    held = column_of(scene.tab, column, head.rows())
    scale, _ = scale_of(held, head.texts[column])
    decimals = decimals_of(held, scale)
    return {**({"scale": scale} if scale != 1 else {}), **({"decimals": decimals} if decimals else {})}
