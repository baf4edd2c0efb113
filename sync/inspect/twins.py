"""Tabs with the same header as one that is understood, such as one for each person or team, are read as that one is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sync.domain.keys import key_of
from sync.inspect.binding import Binding
from sync.inspect.draft import Draft
from sync.inspect.heads import Head

_ALIKE = 0.8


def twin_of(bindings: Sequence[Binding], drafts: Mapping[str, Draft]) -> Draft | None:
    """The lines of the draft whose header a tab has, for that tab; none of them is sure there."""
    for draft in drafts.values():
        for binding in bindings:
            if binding.head.two is draft.binding.head.two and _are_alike(binding.head, draft.binding.head):
                return _copied(draft, binding)
    return None


def _are_alike(one: Head, other: Head) -> bool:
    texts, others = ({key_of(text) for text in head.texts if text} for head in (one, other))
    return len(texts) > 2 and len(texts & others) >= _ALIKE * max(len(texts), len(others))


def _copied(draft: Draft, binding: Binding) -> Draft:
    table = {name: replace(line, sure=False) for name, line in draft.table.items() if name != "until"}
    records = {
        kind: {name: replace(line, sure=False) for name, line in lines.items()} for kind, lines in draft.records.items()
    }
    return Draft(replace(binding, roles=draft.binding.roles), table, records)
