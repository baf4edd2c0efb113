"""A proposed mapping of one tab: every line with its reason and how sure it is. Turned into TOML by `render`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sync.config.mapping import TabMapping
from sync.inspect.binding import Binding, Bound
from sync.inspect.roles import CERTAIN

_FEW = 0.25


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line of a mapping: its value, the code of the reason with its facts, and whether it is sure."""

    value: Any
    why: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    sure: bool = True


@dataclass
class Draft:
    """What is proposed for a tab: the tab's own lines, and those of each kind of record."""

    binding: Binding
    table: dict[str, DraftLine] = field(default_factory=dict)
    records: dict[str, dict[str, DraftLine]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.binding.head.tab.title

    def plain(self) -> dict[str, Any]:
        """The mapping without its reasons."""
        own = {key: line.value for key, line in self.table.items()}
        kinds = {kind: {key: line.value for key, line in lines.items()} for kind, lines in self.records.items()}
        rows = {"header_rows": 2} if self.binding.head.two else {}
        return {"title": self.title, **rows, **own, **kinds}

    def mapping(self) -> TabMapping:
        return TabMapping.model_validate(self.plain())


def by_header(bound: Bound, binding: Binding) -> DraftLine:
    """A column by its header, with what stands in it as the reason."""
    column = bound.column
    numeric = round(column.numeric * column.filled)
    header = " ".join(binding.head.texts[column.index].split())
    code = "empty" if not column.filled else "numbers" if column.numeric >= 0.5 else "texts"
    if not header:
        code = "content"
    facts = {"header": header[:40], "count": numeric if code == "numbers" else column.filled, "rows": column.rows}
    return DraftLine(bound.source, code, facts, is_sure(bound))


def is_sure(bound: Bound) -> bool:
    """Whether the header says what the column is; which of several equal ones it does not say. Numbers and words in one
    column are two tables, of which one has another header.
    """
    source = bound.source if isinstance(bound.source, dict) else {}
    chosen = "nth" in source or ("under" in source and not bound.column.filled)
    column = bound.column
    counted = len(column.numbers) / max(column.filled, 1)
    mixed = counted >= _FEW and max(counted, column.numeric) <= 1 - _FEW and column.wordy >= _FEW
    return bound.worth >= CERTAIN and not chosen and not mixed


def behind(line: DraftLine, pattern: str) -> DraftLine:
    """A text without the mark before it."""
    if not pattern:
        return line
    place = {"header": line.value} if isinstance(line.value, str) else line.value
    return replace(line, value={**place, "pattern": pattern})
