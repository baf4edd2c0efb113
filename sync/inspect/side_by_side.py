"""Columns that stand beside each other several times: periods, of which one counts, and numbered groups."""

import re
from collections.abc import Iterable, Mapping

from sync.domain.keys import key_of
from sync.inspect.columns import LEAST_LENGTH, Column
from sync.inspect.heads import Head, Reference
from sync.inspect.roles import MEASURES
from sync.reading.header_words import LEAST, is_time, period_in, period_number, roles_of
from sync.reading.plain import plain

NUMBER = re.compile(r"\d+")


def periods_of(head: Head) -> dict[int, str]:
    """The period that each column belongs to, where several periods stand side by side."""
    found: dict[int, str] = {}
    for column in head.columns:
        period = _group_period(head, column) if head.two else ""
        if not period and _measures(head.texts[column]):
            period = period_in(head.texts[column])
        if period:
            found[column] = period
    found = found or _numbered_measures(head)
    return found if len(set(found.values())) > 1 else {}


def _numbered_measures(head: Head) -> dict[int, str]:
    """Targets and values that stand side by side with a number each, and nothing else with these: periods."""
    by_stem: dict[str, dict[str, int]] = {}
    for column in head.columns:
        numbers = NUMBER.findall(head.texts[column])
        if len(numbers) == 1:
            by_stem.setdefault(_stem(head.texts[column]), {})[numbers[0]] = column
    several = {stem: found for stem, found in by_stem.items() if len(found) > 1}
    alike = len({tuple(found) for found in several.values()}) == 1
    if not alike or len(several) < 2 or not all(_measures(stem) for stem in several):
        return {}
    return {column: number for found in several.values() for number, column in found.items()}


def _group_period(head: Head, column: int) -> str:
    """The quarter or month that a group is called after; a month is one where its columns repeat below another."""
    group = head.groups[column]
    repeats = sum(key_of(text) == key_of(head.texts[column]) for text in head.texts) > 1
    return period_in(group) or (plain(group) if repeats and is_time(group) else "")


def _measures(text: str) -> bool:
    roles = roles_of(text)
    return any(roles.get(role, 0) >= LEAST for role in MEASURES)


def label_of(head: Head, chosen: str) -> str:
    """The period as the sheet writes it; none where it has a number only, of a quarter, a month or a round."""
    if chosen.isdigit():
        return ""
    texts = [*head.groups, *head.texts]
    named = [text for text in texts if chosen and chosen in (period_in(text), plain(text))]
    found = " ".join(named[0].split()) if named else ""
    return found if head.two else chosen.replace(" ", "").upper()


def choose_period(heads: Iterable[Head], today: str) -> str:
    """The newest period that has current values; else that of `today` (such as "q 4"); else the first with targets."""
    filled: dict[str, list[int]] = {}
    held: set[str] = set()
    order: dict[str, tuple[int, int]] = {}
    for head in heads:
        columns = head.evidence()
        for column, period in periods_of(head).items():
            label = head.groups[column] if head.two else head.texts[column]
            order[period] = max(order.get(period, (0, 0)), (period_number(label), column))
            roles, evidence = roles_of(head.texts[column]), columns[column]
            counts = filled.setdefault(period, [0, 0])
            typed = evidence.filled if not evidence.formulas else 0
            held |= {period} if typed and evidence.numeric >= 0.5 else set()
            counts[0] += typed if roles.get("current", 0) >= LEAST else 0
            counts[1] += typed if roles.get("target", 0) >= LEAST else 0
    newest = sorted(filled, key=lambda period: order[period], reverse=True)
    measured = [period for period in newest if filled[period][0]]
    planned = [period for period in reversed(newest) if filled[period][1]]
    # Where no word tells values from plans, numbers do as well as words.
    now = [period for period in newest if period == today and (period in held or not held)]
    counted = [period for period in newest if period in held]
    return next(iter([*measured, *now, *planned, *counted, *reversed(newest)]), "")


def repeats_of(
    head: Head, usable: list[int], columns: Mapping[int, Column]
) -> tuple[tuple[str, ...], list[list[int]], dict[int, Reference]]:
    """Groups of columns that repeat with a number: the items, the columns of each, and sources with "{}"."""
    return _named_groups(head, usable) if head.two else _numbered(head, usable, columns)


def _named_groups(head: Head, usable: list[int]) -> tuple[tuple[str, ...], list[list[int]], dict[int, Reference]]:
    by_group: dict[str, list[int]] = {}
    for column in usable:
        group = " ".join(head.groups[column].split())
        if NUMBER.search(group) and not period_in(group) and not is_time(group):
            by_group.setdefault(group, []).append(column)
    stem = next(iter(by_group), "")
    alike = {group: found for group, found in by_group.items() if _stem(group) == _stem(stem)}
    lowers = [tuple(key_of(head.texts[column]) for column in found) for found in alike.values()]
    if len(alike) < 2 or len(set(lowers)) > 1 or len(lowers[0]) < 2:
        return (), [], {}
    groups = list(alike.values())
    templates: dict[int, Reference] = {
        column: {"header": " ".join(head.texts[column].split()), "under": "{}"} for column in groups[0]
    }
    return tuple(alike), groups, templates


def _stem(text: str) -> str:
    return NUMBER.sub("{}", key_of(text))


def _numbered(
    head: Head, usable: list[int], columns: Mapping[int, Column]
) -> tuple[tuple[str, ...], list[list[int]], dict[int, Reference]]:
    by_stem: dict[str, dict[str, int]] = {}
    for column in usable:
        text = " ".join(head.texts[column].split())
        numbers = NUMBER.findall(text)
        if len(numbers) == 1 and not period_in(text):
            by_stem.setdefault(_stem(text), {}).setdefault(numbers[0], column)
    several = {stem: found for stem, found in by_stem.items() if len(found) > 1}
    texts = [found for stem, found in several.items() if _is_key_result(stem)]
    texts = texts or [found for found in several.values() if _hold_texts(found, several.values(), columns)]
    if not texts:
        return (), [], {}
    items = tuple(texts[0])
    groups = [[found[item] for found in by_stem.values() if set(items) <= set(found)] for item in items]
    templates: dict[int, Reference] = {}
    for column in groups[0]:
        templates[column] = NUMBER.sub("{}", " ".join(head.texts[column].split()))
    return items, groups, templates


def _is_key_result(stem: str) -> bool:
    return roles_of(stem.replace("{}", " ")).get("key_result", 0) >= LEAST


def _hold_texts(found: Mapping[str, int], several: Iterable[Mapping[str, int]], columns: Mapping[int, Column]) -> bool:
    """Whether numbered columns hold sentences, and others with the same numbers amounts."""
    held = [columns[column] for column in found.values()]
    beside = [other for other in several if other is not found and other.keys() == found.keys()]
    measured = [other for other in beside if all(columns[column].numeric >= 0.5 for column in other.values())]
    return bool(measured) and all(column.is_text and column.length >= LEAST_LENGTH for column in held)


def is_one_of_many(head: Head, column: int) -> bool:
    """A week or a month, or a column beside others whose headers differ by a number only."""
    stem = _stem(head.texts[column])
    alike = sum(_stem(text) == stem for text in head.texts if text)
    return is_time(head.texts[column]) or ("{}" in stem and alike > 2)
