"""What keeps the mapping, or a tab, from being read at all, in words that say what to press next."""

import re
from collections.abc import Iterator
from typing import Any

from sync.config.faults import Fault
from sync.domain.catalogue import Severity
from sync.domain.languages import N_
from sync.translations.problems import hint_of, message_of
from webapp.desk.desk import Desk
from webapp.desk.roles import known_role
from webapp.desk.saying import full_role_name
from webapp.reader.languages import Words

# A key of a fault as it is told, counted from 1: spreadsheet[1].tab[2].key_result[1].text
_FIELD = re.compile(r"spreadsheet\[(\d+)\]\.tab\[(\d+)\]\.(\w+)(?:\[\d+\])?(?:\.(\w+))?")
_TAB = re.compile(r"spreadsheet\[(\d+)\](?:\.tab(?:\[(\d+)\])?)?")

NO_TAB = N_("Nothing is mapped yet. Begin with the column that holds the objectives: press the label under its letter.")
NO_RECORD = N_("“%(title)s”: no column is said to hold objectives or key results. Press the label under its letter.")
NO_FIELD = N_(
    "“%(title)s”: it is not said yet which column is “%(role)s”. Press the label under that column's letter and "
    "choose it."
)


def lacking(desk: Desk, words: Words) -> list[dict[str, Any]]:
    """Each with what to do; `key` is where a person who edits the text finds it."""
    number = (desk.document.number or 0) + 1
    told = [_fault(desk, number, key, fault, words) for key, fault in desk.at_first.faults]
    return [*told, *_refused(desk, words)]


def _fault(desk: Desk, number: int, key: str, fault: Fault, words: Words) -> dict[str, Any]:
    """What the configuration lacks, by what would be pressed for it; as the text has it where nothing would."""
    field, tab = _FIELD.fullmatch(key), _TAB.fullmatch(key)
    found = field or tab
    message = ""
    if found and int(found[1]) == number and fault.code in ("missing", "no-text", "says-nothing", "too_short"):
        entries = desk.at_first.entries
        at = int(found[2]) - 1 if found[2] else -1
        title = entries[at].table.get("title", "") if 0 <= at < len(entries) else ""
        role = known_role(field[3], field[4] or "text") if field else None
        if role:
            message = words.gettext(NO_FIELD, title=title, role=full_role_name(role, words))
        elif not field:
            message = words.gettext(NO_RECORD, title=title) if title else words.gettext(NO_TAB)
    if message:
        return {"key": "", "message": message, "hint": ""}
    return {"key": key, "message": fault.told(words.language), "hint": ""}


def _refused(desk: Desk, words: Words) -> Iterator[dict[str, Any]]:
    """Why a tab whose mapping is whole gives nothing, such as a header that is not there."""
    titles = {found.tab.title for found in desk.at_first.reading.tabs if found.refused}
    for each in desk.at_first.problems:
        title = each.cell.tab if each.cell else each.tab
        if each.severity is Severity.ERROR and title in titles:
            told = message_of(each, words.language), hint_of(each, words.language)
            yield {"key": "", "message": told[0], "hint": told[1]}
