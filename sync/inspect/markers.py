"""What tells objective rows from key result rows where both stand in one column: a number's form, a type, a section.

Gives conditions of the mapping language; knows no headers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sync.domain.cells import column_letters
from sync.domain.grid import Tab
from sync.domain.keys import key_of
from sync.inspect.columns import is_filled
from sync.reading.plain import plain

_FORMS = (
    (r"\d+\.?$", r"\d+[.,]\d+\.?$"),
    (r"(?i)O(bj|bjective)?[ .\-]?\d+$", r"(?i)O?(bj)?[ .\-]?\d*[.\- ]?KR[ .\-]?\d+([.\-]\d+)*$"),
    (r"(?i)(mục tiêu|MT)[ .]?\d+$", r"(?i)(KR|KQ|kết quả)[ .]?\d+([.\-]\d+)*$"),
    (r"[IVX]+\.?$", r"\d+\.?$"),
    (r"[A-H]\.?$", r"\d+\.?$"),
)
_OPENINGS = (
    (r"(?i)(O|obj|objective|mục tiêu|MT)[ .\-]?\d*\s*[:.)–-]\s*\D",
     r"(?i)(KR|key result|kết quả|KQ)[ .\-]?\d*([.\-]\d+)*\s*[:.)–-]"),
    (r"(目标|目標)\s*[一二三四五六七八九十\d]*\s*[:：]",
     r"(关键结果|關鍵結果|主要な成果|成果指標|KR)\s*[一二三四五六七八九十\d]*\s*[:：]"),
    (r"\d+\s*[.):]\s+\D|\d+\s*[.):]\s*[^\d\s]", r"\d+\.\d+\.?\s*\D"),
    (r"[IVX]+\s*[.):]\s", r"\d+(\.\d+)?\s*[.):]\s"),
)  # fmt: skip
_BULLET = r"[\-–—+](?=\s|[^\W\d])|[•*▪●○◦・→>]"
_BULLETS = (r"[^\s\d\-–—+•*▪●○◦・→>]", _BULLET)
_BEHIND_BULLET = rf"^\s*(?:{_BULLET})\s*(.*\S)"
# What is done for a key result, on lines of its own below it.
_WORK = re.compile(rf"{_BULLET}|\d+(\.\d+){{2,}}\.?(\s|$)")
_OBJECTIVE_TYPES = (
    "o",
    "obj",
    "objective",
    "muc tieu",
    "objetivo",
    "目標",
    "mt",
    "goal",
    "objectives",
    "muc tieu o",
    "objectif",
    "ziel",
    "obiettivo",
)
_KEY_RESULT_TYPES = (
    "kr", "key result", "ket qua then chot", "kqtc", "ket qua chinh", "resultado clave", "resultado chave", "kq",
    "key results", "ket qua", "ket qua then chot kr", "resultat cle", "schlusselergebnis", "risultato chiave",
)  # fmt: skip
_SECTION = (r"\d+\.\s", r"[IVX]+\s*[.):]\s", r"(?i)(O|objective|mục tiêu)\s*\d+\s*[:.)–-]")


@dataclass(frozen=True, slots=True)
class Marker:
    """Conditions for objective rows and for key result rows, the column they look at, and why.

    `text` is the pattern of a key result's text, where it stands behind the mark.
    """

    column: int
    objective: dict[str, Any]
    key_result: dict[str, Any]
    same_cell: bool
    example: tuple[str, str]
    text: str = ""


def markers(tab: Tab, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Marker]:
    """Every column whose cells fall into two kinds, objectives first."""
    for column in columns:
        held = [(row, tab.text(row, column).strip()) for row in rows if is_filled(tab.value(row, column))]
        if len(held) >= 2:
            yield from _by_forms(column, held)


def _by_forms(column: int, held: list[tuple[int, str]]) -> Iterator[Marker]:
    texts = [text for _, text in held]
    letter = column_letters(column)
    types = _types(texts)
    if types:
        named = [{"column": letter, "is": names} for names in types]
        yield Marker(column, named[0], named[1], False, (types[0][0], types[1][0]))
    okrs = [text for text in texts if not _WORK.match(text)]
    for forms, same_cell in ((_FORMS, False), (_OPENINGS, True)):
        for one, other in forms:
            found = _split(okrs, one, other)
            if found:
                forms_of = [{"column": letter, "matches": pattern} for pattern in (one, other)]
                yield Marker(column, forms_of[0], forms_of[1], same_cell, found)
    found = _split(texts, *_BULLETS)
    if found:
        forms_of = [{"column": letter, "matches": pattern} for pattern in _BULLETS]
        yield Marker(column, forms_of[0], forms_of[1], True, found, _BEHIND_BULLET)


def _types(texts: Sequence[str]) -> tuple[list[str], list[str]] | None:
    distinct = list({key_of(text): text for text in texts}.values())
    objectives = [text for text in distinct if plain(text) in _OBJECTIVE_TYPES]
    key_results = [text for text in distinct if plain(text) in _KEY_RESULT_TYPES]
    if not objectives or not key_results or len(distinct) > 8:
        return None
    return objectives, key_results


def _split(texts: Sequence[str], one: str, other: str) -> tuple[str, str] | None:
    """An example of each where the forms cover the column and an objective comes first."""
    kinds = ["o" if re.match(one, text) else "k" if re.match(other, text) else "" for text in texts]
    known = [kind for kind in kinds if kind]
    if "o" not in known or "k" not in known or known[0] != "o" or len(known) < 0.7 * len(texts):
        return None
    return texts[kinds.index("o")][:30], texts[kinds.index("k")][:30]


def section_form(texts: Sequence[str]) -> str | None:
    """The form that all section texts share, such as "1. "."""
    return next((form for form in _SECTION if texts and all(re.match(form, text) for text in texts)), None)
