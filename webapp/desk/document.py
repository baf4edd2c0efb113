"""The configuration's text, changed in place: comments and order of what is not changed stay as people wrote them.

Knows TOML and where a spreadsheet's tabs stand in it, not what the keys mean.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.items import Comment, InlineTable, Item, Table

from sync.config.file import parse_toml
from sync.domain.languages import LANGUAGES
from sync.inspect.texts import say
from webapp.desk.roles import RECORDS

Path = Sequence[str | int]

# How a reason of inspect's ends. What it says of a line is no longer true of what a person puts there.
_REASON_ENDS = tuple(f"; {say(language, code)}" for language in LANGUAGES for code in ("sure", "unsure"))
_LONGEST_LINE = 100


@dataclass(frozen=True, slots=True)
class Document:
    """A configuration's text, and the spreadsheet in it that is being mapped. Every change gives another document."""

    text: str
    spreadsheet: str

    def tables(self) -> dict[str, Any]:
        """The whole as plain tables. Raises Fault where the text is no TOML."""
        return parse_toml(self.text)

    def entry(self) -> Mapping[str, Any]:
        """The spreadsheet as a plain table; an empty one where it is not in the text yet."""
        return next(iter(_entries_of(self.tables(), self.spreadsheet)), {})

    def tabs(self) -> list[dict[str, Any]]:
        """The spreadsheet's tab entries as plain tables, in order. Raises Fault where the text is no TOML."""
        tabs = self.entry().get("tab", [])
        return [tab for tab in tabs if isinstance(tab, dict)] if isinstance(tabs, list) else []

    @property
    def number(self) -> int | None:
        """Which of the configuration's spreadsheets it is; None where it is not in it yet."""
        found = self.tables().get("spreadsheet", [])
        places = [at for at, entry in enumerate(found) if _is_of(entry, self.spreadsheet)]
        return next(iter(places), None)

    def put(self, tab: int, path: Path, value: Any) -> "Document":
        """With a value at a place of a tab's entry, such as ("key_result", "target")."""
        whole = tomlkit.parse(self.text)
        table = self._tab(whole, tab)
        for key in path[:-1]:
            if isinstance(key, str) and not isinstance(table.get(key), Mapping | list):
                table[key] = tomlkit.table()
            table = table[key]
        _forget_reason(table, path[-1])
        table[path[-1]] = _item(value)
        return self._with(whole)

    def drop(self, tab: int, path: Path) -> "Document":
        """Without what stands at a place of a tab's entry; a record that holds nothing more goes too."""
        whole = tomlkit.parse(self.text)
        entry = self._tab(whole, tab)
        table = _table_at(entry, path)
        if path[-1] in table:
            _forget_reason(table, path[-1])
            del table[path[-1]]
        if len(path) > 1 and path[0] in entry and not entry[path[0]]:
            del entry[path[0]]
        return self._with(whole)

    def confirm(self, tab: int, path: Path) -> "Document":
        """As it is, but without the question that inspect wrote to a line."""
        whole = tomlkit.parse(self.text)
        _forget_reason(_table_at(self._tab(whole, tab), path), path[-1])
        return self._with(whole)

    def add_kind(self, tab: int, record: str, table: Mapping[str, Any]) -> "Document":
        """With one more kind of a record, before those that are there."""
        whole = tomlkit.parse(self.text)
        entry = self._tab(whole, tab)
        known = entry.get(record, [])
        kinds = tomlkit.aot()
        for each in [_table(table), *(known if isinstance(known, list) else [known])]:
            kinds.append(each)
        if record in entry:
            del entry[record]
        entry[record] = kinds
        return self._with(whole)

    def add(self, configuration: str) -> "Document":
        """With the tab entries of a spreadsheet's configuration, as inspect prints one, below those that are there."""
        whole = tomlkit.parse(self.text)
        ours = _entries_of(whole, self.spreadsheet)
        if not ours:
            return replace(self, text=f"{self.text.rstrip()}\n\n{configuration}".lstrip())
        for entry in tomlkit.parse(configuration)["spreadsheet"]:
            for table in entry["tab"]:
                _tabs_of(ours[0]).append(table)
        return self._with(whole)

    def add_tab(self, table: Mapping[str, Any]) -> "Document":
        """With one more entry of plain values."""
        whole = tomlkit.parse(self.text)
        _tabs_of(_entries_of(whole, self.spreadsheet)[0]).append(_table(table))
        return self._with(whole)

    def remove_tab(self, tab: int) -> "Document":
        """Without one of the entries."""
        whole = tomlkit.parse(self.text)
        entry = _entries_of(whole, self.spreadsheet)[0]
        del entry["tab"][tab]
        if not entry["tab"]:
            del entry["tab"]
        return self._with(whole)

    def renamed(self, spreadsheet: str) -> "Document":
        """For another spreadsheet of the same layout: the one at Google whose copy was mapped. Where that is mapped
        already, its tabs are these from now on; what else is set for it stays.
        """
        whole = tomlkit.parse(self.text)
        ours, known = _entries_of(whole, self.spreadsheet)[0], _entries_of(whole, spreadsheet)
        if not known:
            ours["id"] = spreadsheet
        elif known[0] is not ours:
            if "tab" in ours:
                known[0]["tab"] = ours["tab"]
            del whole["spreadsheet"][_place_of(whole["spreadsheet"], ours)]
        return Document(tomlkit.dumps(whole), spreadsheet)

    def _tab(self, whole: Any, tab: int) -> Any:
        return _tabs_of(_entries_of(whole, self.spreadsheet)[0])[tab]

    def _with(self, whole: Any) -> "Document":
        return replace(self, text=tomlkit.dumps(whole))


def _place_of(entries: Any, wanted: Any) -> int:
    return next(at for at, entry in enumerate(entries) if entry is wanted)


def _entries_of(whole: Any, spreadsheet: str) -> list[Any]:
    found = whole.get("spreadsheet", [])
    return [entry for entry in found if _is_of(entry, spreadsheet)] if isinstance(found, list) else []


def _is_of(entry: Any, spreadsheet: str) -> bool:
    """Whether an entry is that of a spreadsheet, by its ID or its whole address."""
    return (
        isinstance(entry, Mapping)
        and re.search(rf"(^|/){re.escape(spreadsheet)}(/|$)", str(entry.get("id"))) is not None
    )


def _tabs_of(entry: Any) -> Any:
    if "tab" not in entry:
        entry["tab"] = tomlkit.aot()
    return entry["tab"]


def _table(values: Mapping[str, Any]) -> Table:
    """Records have tables of their own; what is smaller stands in one line."""
    table = tomlkit.table()
    for key, value in values.items():
        table[key] = _table(value) if isinstance(value, Mapping) and key in RECORDS else _item(value)
    return table


def _item(value: Any) -> Item:
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        for key, inner in value.items():
            inline[key] = _item(inner)
        return inline
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        for inner in value:
            array.append(_item(inner))
        return array.multiline(len(array.as_string()) > _LONGEST_LINE)
    plain: Item = tomlkit.item(value)
    return plain


def _table_at(table: Any, path: Path) -> Any:
    """The table that the last key of a path is in; an empty one where there is none."""
    for key in path[:-1]:
        if isinstance(key, int):
            table = table[key] if isinstance(table, list) and key < len(table) else {}
        else:
            table = table.get(key, {})
    return table


def _forget_reason(table: Any, key: str | int) -> None:
    """Drop what inspect said of a line, behind it or on a line of its own above."""
    if key not in table:
        return
    item = table.value.item(key) if hasattr(table, "value") else table.item(key)
    if item.trivia.comment.endswith(_REASON_ENDS):
        item.trivia.comment, item.trivia.comment_ws = "", ""
    body = _body(table)
    at = next((at for at, (known, _) in enumerate(body) if known is not None and known.key == key), 0)
    if at and isinstance(body[at - 1][1], Comment) and body[at - 1][1].trivia.comment.endswith(_REASON_ENDS):
        body[at - 1] = (None, tomlkit.ws(""))


def _body(table: Any) -> list[Any]:
    container: Container = table.value if isinstance(table, Table | InlineTable) else table
    return container.body
