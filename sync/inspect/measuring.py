"""How a key result is measured, by the columns that there are: start, target and current; or the progress itself."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sync.config.sources import fits
from sync.domain.keys import key_of
from sync.domain.scoring import Scale
from sync.inspect.binding import Binding, Bound
from sync.inspect.columns import Column
from sync.inspect.draft import DraftLine, by_header, is_sure
from sync.inspect.roles import SAYS_NOTHING
from sync.inspect.scales import decimals_of, scale_of
from sync.inspect.status_words import WORTH
from sync.reading.header_words import LEAST, is_time
from sync.reading.plain import plain
from sync.reading.words import DIRECTIONS, METRICS

# "3 Tỷ" and "3 TỶ" are three billion as "3 tỷ" is; a single m or b is no million.
_TIMES = r"%|％|億円?|万|兆|(?i:tỷ|tỉ|triệu|nghìn|ngàn|million|billion|mio|bn|tr\b|k\b)|[MB]\b"
_AMOUNT = rf"(?<![A-Za-z\d.,])(\d(?:[\d.,]*\d)?(?:\s?(?:{_TIMES})|[a-zA-Z]{{1,3}}\b)?)"
_ARROW = r"(?:から|→|->|=>|(?i:\bto\b|\blên\b|\bxuống\b|\bđến\b|\bcòn\b|\bthành\b))"
_NUMBERED = r"^\s*(?:KR|kr)?\s*\d+(?:\.\d+)*\s*[:.)]\s*"
TARGET_IN_TEXT = rf"^(?:{_NUMBERED})?(?:.*{_ARROW}\s*|\D*?|.*?){_AMOUNT}"
START_IN_TEXT = rf"{_AMOUNT}\s*{_ARROW}"
CURRENT_IN_TEXT = r"[（(]\s*(?:現在|(?i:hiện tại|hiện nay|currently|current|now|actual))\s*:?\s*([^）)]+)[）)]"
_PERIODIC = re.compile(r"\d+")


_TOGETHER = ("start", "target", "current", "progress", "progress_scale")


def measures(binding: Binding, in_text: bool) -> dict[str, DraftLine]:
    """The lines of a key result that say how it is measured and where its score goes.

    Its numbers are sure together: beside one that is not, the others may be something else as well.
    """
    lines = _measures(binding, in_text)
    missing = "progress" in lines and _has_other_numbers(binding)
    if missing or any(name in lines and not lines[name].sure for name in ("start", "target", "current")):
        lines |= {name: replace(lines[name], sure=False) for name in _TOGETHER if name in lines}
    return lines


def _has_other_numbers(binding: Binding) -> bool:
    """Whether numbers stand beside the progress by which it may be a value: of no known use, a start, "some value"."""
    held = [found for role in ("start", "value") if (found := binding.get(role)) is not None]
    return bool(unknown_numbers(binding)) or any(found.column.filled and found.column.numeric >= 0.5 for found in held)


def _measures(binding: Binding, in_text: bool) -> dict[str, DraftLine]:
    target, current, score = binding.get("target"), _current(binding), binding.get("score")
    if target is not None and current is not None and not _is_ratio(binding, target, current):
        return _linear(binding, target, current, score)
    progress = _newest_progress(binding, target, score) if current is None else {}
    if progress:
        return progress
    if target is not None and current is None and (score is None or not score.column.filled):
        return _linear(binding, target, _beside(binding, target), score)
    if target is not None and current is None and latest(binding):
        return _linear(binding, target, None, score)
    if target is None and current is not None and in_text and _goals_in_text(binding):
        return _from_text(binding, ("start", "target")) | _linear(binding, None, current, score)
    given = [found for found in (score, current) if found is not None]
    if target is not None and current is not None and score is not None:
        given = [current]
    if not given:
        return _by_status(binding) or (_from_text(binding) if in_text else {})
    best = max(given, key=lambda found: (found.column.filled > 0, found.worth))
    lines = _given(binding, best) | _waiting(binding, score, [best.column.index])
    if best is current and not _are_shares(binding, best):
        lines |= {name: replace(lines[name], sure=False) for name in ("progress", "progress_scale") if name in lines}
    return lines


def _waiting(binding: Binding, score: Bound | None, taken: Sequence[int]) -> dict[str, DraftLine]:
    """The score column, where it is empty and none of those that give the progress."""
    waits = score is not None and not score.column.filled and score.column.index not in taken
    return {"score": score_line(binding, score)} if waits and score is not None else {}


def _newest_progress(binding: Binding, target: Bound | None, score: Bound | None) -> dict[str, DraftLine]:
    """Weeks or months of progress: percents beside targets of another kind, or columns that are called so."""
    newest = latest(binding)
    headers = newest.value["header"] if newest is not None else ()
    headers = [headers] if isinstance(headers, str) else headers
    texts = {i: key_of(text) for i, text in enumerate(binding.head.texts)}
    columns = [i for i, text in texts.items() if text and any(fits(text, key_of(header)) for header in headers)]
    filled = [binding.columns[i] for i in columns if binding.columns[i].filled]
    percents = bool(filled) and all(column.percent > 0.8 for column in filled)
    named = all(binding.worths.get(i, {}).get("score", 0) >= LEAST for i in columns)
    others = target is None or (target.column.filled > 0 and target.column.percent < 0.6)
    if newest is None or not filled or not others or not (percents or (named and target is None)):
        return {}
    scale, _ = scale_of(filled[-1], binding.head.texts[filled[-1].index])
    lines = {"progress": newest}
    if scale != 1:
        lines["progress_scale"] = DraftLine(scale, "scale", {"scale": scale}, False)
    return lines | _waiting(binding, score, columns)


def _by_status(binding: Binding) -> dict[str, DraftLine]:
    """Nothing but a status: its words are worth something."""
    status = binding.get("status")
    values = dict.fromkeys(status.column.values) if status is not None else {}
    worth = {value: WORTH[plain(value)] for value in values if plain(value) in WORTH}
    if status is None or not worth or len(worth) < len(values):
        return {}
    return {"current": by_header(status, binding), "words": DraftLine(worth, "status_words", {}, False)}


def _goals_in_text(binding: Binding) -> bool:
    """Whether most key results say from what to what, so that a column of current values is measured by that; or how
    much, beside values that are no shares.
    """
    key_result, current = binding.get("key_result"), binding.get("current")
    texts = key_result.column.values if key_result is not None else ()
    says = START_IN_TEXT if current is None or _are_shares(binding, current) else TARGET_IN_TEXT
    return sum(bool(re.search(says, text)) for text in texts) >= 0.7 * max(len(texts), 1)


def _are_shares(binding: Binding, bound: Bound) -> bool:
    """Whether values may be progress as they are: percents, by their header too, ticks, or nothing beyond 1."""
    named = "%" in binding.head.texts[bound.column.index]
    return named or bound.column.percent > 0.5 or not _beyond_one(bound.column)


def _linear(binding: Binding, target: Bound | None, current: Bound | None, score: Bound | None) -> dict[str, DraftLine]:
    found = {"start": binding.get("start"), "target": target, "current": current}
    lines = {role: by_header(bound, binding) for role, bound in found.items() if bound is not None}
    if current is None:
        newest = latest(binding)
        lines |= {"current": newest} if newest else {}
        if newest is None and "target" in lines:
            lines["target"] = replace(lines["target"], why="no_current", sure=False)
    for role, known in (("metric", METRICS), ("direction", DIRECTIONS)):
        bound = binding.get(role)
        if bound is not None and _mostly(bound.column, set(known)):
            line = by_header(bound, binding)
            # A word among them that is not understood leaves its key result without a score.
            lines[role] = replace(line, sure=line.sure and all(key_of(word) in known for word in bound.column.values))
    if score is not None:
        lines["score"] = score_line(binding, score)
    return lines


def _mostly(column: Column, known: set[str]) -> bool:
    hits = sum(key_of(value) in known for value in column.values)
    return column.filled > 0 and hits >= 0.8 * column.filled


def _current(binding: Binding) -> Bound | None:
    """The current value; a column called "Progress" beside a target holds it where nothing else does."""
    current, score = binding.get("current"), binding.get("score")
    if current is not None or score is None or score.column.index not in binding.worths:
        return current
    worth = binding.worths[score.column.index].get("current", 0)
    return score if worth >= LEAST and score.column.percent < 0.5 and _beyond_one(score.column) else None


def _beside(binding: Binding, target: Bound) -> Bound | None:
    """Numbers right behind the target, below a header that says nothing to us, are likely what was reached."""
    column = target.column.index + 1
    return binding.bound(column) if column in unknown_numbers(binding) and not latest(binding) else None


def unknown_numbers(binding: Binding) -> list[int]:
    """Columns of numbers whose header says nothing to us."""
    return [
        index
        for index, worths in binding.worths.items()
        if (column := binding.columns[index]).filled
        and column.numeric >= 0.8
        and column.dates < 0.5
        and not column.is_text
        and binding.head.texts[index]
        and not is_time(binding.head.texts[index])
        and max(worths.values(), default=0) < SAYS_NOTHING
    ]


def _beyond_one(column: Column) -> bool:
    return any(number > 1 for number in column.numbers) or (column.filled > len(column.numbers))


def _is_ratio(binding: Binding, target: Bound, current: Bound) -> bool:
    """Percents reached beside targets of all kinds are progress, not values to compare with the target."""
    other = target.column.filled > 0 and target.column.percent < 0.6
    return current.column.filled > 0 and current.column.percent > 0.8 and other and binding.get("start") is None


def progress_lines(binding: Binding) -> dict[str, DraftLine]:
    """How much of an initiative is done, where a column of shares says so."""
    score = binding.get("score")
    return _given(binding, score) if score is not None and score.column.filled else {}


def _given(binding: Binding, bound: Bound) -> dict[str, DraftLine]:
    scale, sure = scale_of(bound.column, binding.head.texts[bound.column.index])
    line = by_header(bound, binding)
    certain = line.sure and (any(bound.column.numbers) or bool(bound.column.typed))
    lines = {"progress": DraftLine(line.value, "progress", line.facts, certain)}
    if scale != 1:
        lines["progress_scale"] = DraftLine(scale, "scale", {"scale": scale}, sure and certain)
    return lines


def _from_text(binding: Binding, roles: Sequence[str] = ("start", "target", "current")) -> dict[str, DraftLine]:
    patterns = {"start": START_IN_TEXT, "target": TARGET_IN_TEXT, "current": CURRENT_IN_TEXT}
    lines = {role: {"field": "text", "pattern": pattern} for role, pattern in patterns.items() if role in roles}
    return {role: DraftLine(line, *_example(binding, line["pattern"]), False) for role, line in lines.items()}


def _example(binding: Binding, pattern: str) -> tuple[str, dict[str, object]]:
    """What a pattern finds in the first text that it fits, with the code of the sentence that tells it."""
    key_result = binding.get("key_result")
    cells = key_result.column.values if key_result is not None else ()
    for text in (line.strip() for cell in cells for line in cell.splitlines()):
        match = re.search(pattern, text)
        if match:
            return "sentence_example", {"found": match[1].strip(), "example": text[:60]}
    return "sentence", {}


def score_line(binding: Binding, bound: Bound) -> DraftLine:
    """A score column, with its scale and decimals."""
    header = binding.head.texts[bound.column.index]
    scale, sure = scale_of(bound.column, header)
    source: dict[str, object] = {"header": bound.source} if isinstance(bound.source, str) else dict(bound.source)
    decimals = decimals_of(bound.column, scale)
    if scale != 1:
        source["scale"] = scale
    if decimals is not None:
        source["decimals"] = decimals
    code = _said_of(bound.column, scale, sure=sure)
    facts = {"header": " ".join(header.split())[:40], "scale": scale, "filled": bound.column.filled}
    value = source["header"] if list(source) == ["header"] else source
    # Formulas that show nothing yet may be the score of anything.
    telling = not bound.column.formulas or any(bound.column.numbers)
    return DraftLine(value, code, facts, sure and telling and is_sure(bound))


def _said_of(column: Column, scale: Scale, *, sure: bool) -> str:
    """The sentence on a score column, by what it holds."""
    if column.formulas > 0.5:
        return "score_formulas"
    if not sure:
        return "score_blank"
    return "score_in_texts" if scale == "percent" and column.typed and not column.numbers else "score"


def latest(binding: Binding) -> DraftLine | None:
    """Weekly or monthly columns of values: the newest one that is filled counts."""
    by_stem: dict[str, list[int]] = {}
    for column in binding.head.columns:
        text = " ".join(binding.head.texts[column].split())
        if _PERIODIC.search(text) and not text.startswith("20"):
            by_stem.setdefault(_PERIODIC.sub("*", text), []).append(column)
    for stem, found in by_stem.items():
        evidence = [binding.columns[column] for column in found]
        if len(found) > 2 and plain(stem) and all(column.numeric > 0.7 or not column.filled for column in evidence):
            return DraftLine({"header": stem, "pick": "last"}, "latest", {"count": len(found)}, False)
    return _latest_named(binding)


def _latest_named(binding: Binding) -> DraftLine | None:
    """Months by their names."""
    texts = [" ".join(text.split()) for text in binding.head.texts]
    found = [column for column in binding.head.columns if is_time(texts[column])]
    evidence = [binding.columns[column] for column in found]
    names = [texts[column] for column in found]
    side_by_side = len(found) > 1 and found[-1] - found[0] == len(found) - 1 and len(set(names)) == len(names)
    if side_by_side and all(column.numeric > 0.7 or not column.filled for column in evidence):
        return DraftLine({"header": names, "pick": "last"}, "latest", {"count": len(found)}, False)
    return None
