"""What saving changes, in sentences for people who read no TOML: what each tab's places mean now and did not before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sync.config.sources import Source
from sync.domain.languages import N_
from webapp.desk.document import Document
from webapp.desk.examples import Examples
from webapp.desk.marks import placed_in
from webapp.desk.roles import RECORDS, kinds_in, roles
from webapp.desk.saying import condition_text, full_role_name, quoted, record_name
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


def changes(before: Document, after: Document, examples: Examples, words: Words) -> list[Change]:
    """What is new first, tab by tab, then what is gone; none where only comments and the like differ."""
    old, new = (_sentences(document, examples, words) for document in (before, after))
    added = [Change("added", tab, text) for tab, text in new if (tab, text) not in old]
    return [*added, *(Change("removed", tab, text) for tab, text in old if (tab, text) not in new)]


def _sentences(document: Document, examples: Examples, words: Words) -> list[tuple[str, str]]:
    return [
        (_title(table), text)
        for table in document.tabs()
        for text in [*_roles(table, examples, words), *_rules(table, examples, words)]
    ]


def _title(table: Mapping[str, Any]) -> str:
    title = table.get("title", "")
    return title if isinstance(title, str) else " / ".join(map(str, title))


def _roles(table: Mapping[str, Any], examples: Examples, words: Words) -> Iterator[str]:
    order = roles()
    for role, source, written in sorted(placed_in(table), key=lambda found: order.index(replace(found[0], kind=0))):
        place = _place(source, words)
        rest = [_choice(key, value, words) for key, value in written.items() if key not in Source.model_fields]
        fields = kinds_in(table, role.record)[role.kind]
        part = [_part(examples.parts(_title(table), source, fields), words)] if source.pattern else []
        yield f"{full_role_name(role, words)}: {', '.join([place, *part, *rest])}"


def _part(found: Sequence[str], words: Words) -> str:
    """What a pattern takes out of a text."""
    return words.gettext("only %(text)s of it", text=quoted(found)) if found else words.gettext("only a part of it")


def _choice(key: str, value: Any, words: Words) -> str:
    """What is said beside a place."""
    full = "100%" if value == "percent" else value
    return words.gettext("a full score is %(text)s", text=full) if key == "scale" else f"{key} = {value}"


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


def _rules(table: Mapping[str, Any], examples: Examples, words: Words) -> Iterator[str]:
    def told(condition: Mapping[str, Any]) -> str:
        fitting = examples.beginning(_title(table), condition) if "matches" in condition else ()
        return condition_text(condition, words, fitting)

    for key, said in _CONDITIONS.items():
        yield from (f"{words.gettext(said)}: {told(each)}" for each in _listed(table.get(key)))
    for record in RECORDS:
        kinds = kinds_in(table, record)
        for kind, fields in enumerate(kinds):
            name = record_name(record, kind, len(kinds), words)
            yield from (f"{name}: {told(each)}" for each in _listed(fields.get("when")))


def _listed(held: Any) -> Sequence[Mapping[str, Any]]:
    return [each for each in (held if isinstance(held, list) else [held]) if isinstance(each, Mapping)]
