"""New keys for what uses an ID that belongs to something else by now, such as a tab reused for a new quarter."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from msgspec import structs

from sync.domain.okr import KeyResult, Objective
from sync.reading.book import BookReading
from sync.reading.tab import TabReading

Value = TypeVar("Value")


def rekeyed(reading: BookReading, new_keys: Mapping[str, str]) -> BookReading:
    """The same reading, with objectives and key results under their new keys; others keep theirs."""
    if not new_keys:
        return reading
    return replace(
        reading,
        tabs=tuple(_tab(tab, new_keys) for tab in reading.tabs),
        key_results=tuple(_key_result(found, new_keys) for found in reading.key_results),
    )


def _tab(tab: TabReading, new_keys: Mapping[str, str]) -> TabReading:
    return replace(
        tab,
        objectives=[_objective(found, new_keys) for found in tab.objectives],
        additions=[_objective(found, new_keys) for found in tab.additions],
        key_results=[_key_result(found, new_keys) for found in tab.key_results],
        score_cells=_under(tab.score_cells, new_keys),
        word_cells=_under(tab.word_cells, new_keys),
        kinds=_under(tab.kinds, new_keys),
        joins=_under(tab.joins, new_keys),
    )


def _objective(found: Objective, new_keys: Mapping[str, str]) -> Objective:
    return structs.replace(found, key=new_keys.get(found.key, found.key))


def _key_result(found: KeyResult, new_keys: Mapping[str, str]) -> KeyResult:
    objective = new_keys.get(found.objective, found.objective)
    return structs.replace(found, key=new_keys.get(found.key, found.key), objective=objective)


def _under(values: Mapping[str, Value], new_keys: Mapping[str, str]) -> dict[str, Value]:
    return {new_keys.get(key, key): value for key, value in values.items()}
