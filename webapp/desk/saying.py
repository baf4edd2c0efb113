"""Roles and conditions in words, as every part of the page has them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sync.domain.languages import N_
from webapp.desk.roles import RECORD_NAMES, Role, field_name
from webapp.reader.languages import Words

_TESTS = {
    "is": N_("“%(place)s” is “%(text)s”"),
    "matches": N_("“%(place)s” begins like %(text)s"),
    "fill": N_("“%(place)s” has the colour %(text)s"),
}
_FORM = N_("“%(place)s” has a form that no text there has now")


def record_name(record: str, kind: int, kinds: int, words: Words) -> str:
    """A kind of record, with its number where a tab has several."""
    name = words.gettext(RECORD_NAMES[record])
    return f"{name} {kind + 1}" if kinds > 1 else name


def role_name(role: Role, words: Words) -> str:
    """A role: "Key result: target"; the record alone for its own text."""
    record = words.gettext(RECORD_NAMES[role.record])
    return record if role.field == "text" else full_role_name(role, words)


def full_role_name(role: Role, words: Words) -> str:
    """A role with its field, of a text too: "Key result: text"."""
    return f"{words.gettext(RECORD_NAMES[role.record])}: {words.gettext(field_name(role))}"


def short_name(role: Role, words: Words) -> str:
    """A role as a column or a cell wears it."""
    return words.gettext(RECORD_NAMES[role.record] if role.field == "text" else field_name(role))


def quoted(texts: Sequence[str]) -> str:
    """Texts of the sheet, one after the other."""
    return ", ".join(f"“{text}”" for text in texts)


def condition_text(condition: Mapping[str, Any], words: Words, fitting: Sequence[str] = ()) -> str:
    """What a condition asks of a row; `fitting` are examples of what a pattern fits."""
    held = condition.get("header") or condition.get("column") or condition.get("cell") or ""
    place = held if isinstance(held, str) else " / ".join(held)
    for test, said in _TESTS.items():
        if test in condition:
            if test == "matches" and not fitting:
                return words.gettext(_FORM, place=place)
            wanted = condition[test]
            text = wanted if isinstance(wanted, str) else " / ".join(map(str, wanted))
            text = quoted(fitting) if test == "matches" else text
            return words.gettext(said, place=place, text=text)
    if condition.get("blank"):
        return words.gettext("“%(place)s” is empty", place=place)
    return words.gettext("“%(place)s” is not empty", place=place)
