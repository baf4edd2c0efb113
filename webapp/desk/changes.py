"""What saving changes, in sentences for people who read no TOML: what each tab's places mean now and did not before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sync.config.sources import Source
from sync.domain.languages import N_
from webapp.desk.document import Document
from webapp.desk.marks import placed_in
from webapp.desk.roles import RECORDS, kinds_in, roles
from webapp.desk.saying import condition_text, full_role_name, record_name
from webapp.reader.languages import Words

_PLACES = {
    "column": N_("column %(place)s"),
    "cell": N_("cell %(place)s"),
    "label": N_("behind the label “%(place)s”"),
    "value": N_("always “%(place)s”"),
}
_CONDITIONS = {"skip": N_("does not count"), "until": N_("the table ends")}


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence: `kind` is "added" or "removed"."""

    kind: str
    tab: str
    text: str


def changes(before: Document, after: Document, words: Words) -> list[Change]:
    """What is new first, tab by tab, then what is gone; none where only comments and the like differ."""
    old, new = _sentences(before, words), _sentences(after, words)
    added = [Change("added", tab, text) for tab, text in new if (tab, text) not in old]
    return [*added, *(Change("removed", tab, text) for tab, text in old if (tab, text) not in new)]


def _sentences(document: Document, words: Words) -> list[tuple[str, str]]:
    return [
        (_title(table), text) for table in document.tabs() for text in [*_roles(table, words), *_rules(table, words)]
    ]


def _title(table: Mapping[str, Any]) -> str:
    title = table.get("title", "")
    return title if isinstance(title, str) else " / ".join(map(str, title))


def _roles(table: Mapping[str, Any], words: Words) -> Iterator[str]:
    order = roles()
    for role, source, written in sorted(placed_in(table), key=lambda found: order.index(replace(found[0], kind=0))):
        place = _place(source, words)
        rest = [f"{key} = {value}" for key, value in written.items() if key not in Source.model_fields]
        pattern = [source.pattern] if source.pattern else []
        yield f"{full_role_name(role, words)}: {', '.join([place, *pattern, *rest])}"


def _place(source: Source, words: Words) -> str:
    if source.header:
        header = " / ".join(source.header)
        return words.gettext("column “%(place)s”", place=f"{source.under} → {header}" if source.under else header)
    for name, said in _PLACES.items():
        held = getattr(source, name)
        if held:
            return words.gettext(said, place=held if isinstance(held, str) else " / ".join(held))
    if source.check_in:
        return words.gettext("the newest check-in")
    return words.gettext("the tab's title") if source.tab_title else words.gettext("from other fields")


def _rules(table: Mapping[str, Any], words: Words) -> Iterator[str]:
    for key, said in _CONDITIONS.items():
        yield from (f"{words.gettext(said)}: {condition_text(each, words)}" for each in _listed(table.get(key)))
    for record in RECORDS:
        kinds = kinds_in(table, record)
        for kind, fields in enumerate(kinds):
            name = record_name(record, kind, len(kinds), words)
            yield from (f"{name}: {condition_text(each, words)}" for each in _listed(fields.get("when")))


def _listed(held: Any) -> Sequence[Mapping[str, Any]]:
    return [each for each in (held if isinstance(held, list) else [held]) if isinstance(each, Mapping)]
