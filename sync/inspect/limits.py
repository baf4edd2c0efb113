"""Which rows count: approvals that are missing, deletions that were asked for, totals, and tables further below."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from sync.domain.cells import column_letters
from sync.domain.grid import Scalar, Tab
from sync.domain.keys import key_of
from sync.inspect.binding import Binding
from sync.inspect.columns import SAMPLE, are_amounts, is_amount, is_filled
from sync.inspect.draft import DraftLine
from sync.inspect.fields import labels
from sync.inspect.formulas import sums_in
from sync.inspect.heads import Head
from sync.inspect.roles import MEASURES, NUMBERS
from sync.inspect.status_words import WAITING
from sync.reading.header_words import LEAST, roles_of
from sync.reading.plain import plain
from sync.reading.words import yes_or_no

_LEGEND = re.compile(
    r"(bang |phan )?(chu thich|chu giai|ghi chu|luu y|quy uoc|thang diem|cach (cham|tinh) diem|legend|notes?|scoring|"
    r"rating scale|score guide|leyenda|notas?|observaciones|legenda|legende|hinweise?|凡例|備考|注)\b.{0,40}"
)
# "1: kém", "0.7–1.0 = tốt", "70-100%: green".
_GRADE = re.compile(r"\s*\d+([.,]\d+)?\s*%?(\s*[-–]\s*\d+([.,]\d+)?\s*%?)?\s*[:=]\s*\D")
_MARKS = ("0", "1", "true", "false")
_TRUE = ("1", "true", "yes", "x", "co", "✓", "✔")
# "KR1:", "[ ]" and "Initiatives:" are places to write, or headings.
PLACEHOLDERS = (
    r"(?i)\s*((KR|key result|kết quả|kqtc)\s*(\d+(\.\d+)?\s*[:.)\-–]?|[:.)\-–])|\[[^\]]*\]|[^\d:]{1,30}:)\s*$"
)
# "VD: …" in a form that was copied with what explains it.
EXAMPLES = r"(?i)\s*(VD|ví dụ|e\.g\.|for example|example|ejemplo|p\.? ?ej\.?|exemplo|beispiel|z\. ?B\.)\s*\d*\s*[:：]"
TOTALS = (
    r"(?i)\s*(((grand )?total|tổng|cộng|trung bình|average|bình quân|promedio|média|合計|sum)"
    r"( (cộng|điểm|số|trọng số|kết|okrs?|score|weight|result|chung))*\s*:?\s*$"
    r"|(ghi chú|notes?|lưu ý|nguồn|xếp loại|nhận xét|kết luận)\s*:|[*※])"
)


def skips(binding: Binding, text_columns: Sequence[int]) -> list[tuple[dict[str, Any], str]]:
    """Conditions for rows that do not count, each with the code of its reason."""
    found: list[tuple[dict[str, Any], str]] = []
    for role, words, code in (("status", WAITING, "approval"), ("deleted", _TRUE, "deletion")):
        bound = binding.get(role)
        values = dict.fromkeys(bound.column.values) if bound is not None else {}
        wanted = [value for value in values if plain(value) in words or key_of(value) in words]
        if bound is not None and role == "deleted" and not wanted and set(values) <= {"0", "FALSE", ""}:
            wanted = ["TRUE"] if "FALSE" in values else ["1"]
        if bound is not None and wanted:
            place = {"header": bound.source} if isinstance(bound.source, str) else dict(bound.source)
            found.append(({**place, "is": wanted[0] if len(wanted) == 1 else wanted}, code))
    tab = binding.head.tab
    for column in text_columns:
        texts = [tab.text(row, column) for row in binding.head.rows()]
        if 0 < sum(bool(re.match(TOTALS, text)) for text in texts) < 0.5 * len(texts):
            found.append(({"column": column_letters(column), "matches": TOTALS}, "totals"))
        summed = [tab.text(row, column) for row in totals_of(binding) if is_filled(tab.value(row, column))]
        if summed and not any(re.match(TOTALS, text) for text in summed):
            found.append(({"column": column_letters(column), "is": summed}, "totals"))
        is_key_results = (own := binding.get("key_result")) is not None and own.column.index == column
        if is_key_results and 0 < sum(bool(re.match(PLACEHOLDERS, text)) for text in texts if text) < len(texts):
            found.append(({"column": column_letters(column), "matches": PLACEHOLDERS}, "placeholders"))
        if is_key_results and 0 < sum(bool(re.match(EXAMPLES, text)) for text in texts) < len(texts):
            found.append(({"column": column_letters(column), "matches": EXAMPLES}, "examples"))
        titles = [" ".join(text.split()) for place, text in binding.head.titles_of_blocks() if place == column]
        titles = [text for text in titles if ":" not in text and not re.match(TOTALS, text)]
        if titles:
            found.append(({"column": column_letters(column), "is": titles}, "block_titles"))
        for _, label in labels(binding):
            pattern = r"(?i)" + re.sub(r"\d+", r"\\d+", re.escape(label)) + r"\s*(:|$)"
            if any(re.match(pattern, text) for text in texts):
                found.append(({"column": column_letters(column), "matches": pattern}, "block_label"))
    return found


def columns_of_formulas(binding: Binding) -> list[int]:
    """The columns in which some cells are formulas."""
    return [index for index, column in binding.columns.items() if column.formulas]


def totals_of(binding: Binding) -> list[int]:
    """The rows in which a formula sums up what are sums of other rows."""
    sums = sums_in(binding.head.tab, columns_of_formulas(binding), binding.head.rows())
    return [row for row, found in sums.items() if found.rows & sums.keys()]


def other_table(binding: Binding) -> int | None:
    """The header row of another table below."""
    rows = replace(binding.head, last=None).rows()
    header = next((row for row in rows if _is_other_header(binding, row)), None)
    return header or _legend(binding, rows) or _tail(binding, rows)


def _ends_there(binding: Binding, rows: Sequence[int], row: int) -> bool:
    """Whether it is sure that the table ends above a row: a header or a legend, and no table of OKRs.

    Without a header or a name of its own, what stands below may be more of the same.
    """
    texts = [str(value) for value in binding.head.tab.values[row] if is_filled(value)]
    if _is_other_header(binding, row):
        roles = {role for text in texts if len(text) <= 60 for role, worth in roles_of(text).items() if worth >= LEAST}
        return not ({"objective", "key_result"} & roles and {*MEASURES} & roles)
    return row == _legend(binding, rows) and any(_LEGEND.fullmatch(plain(text)) or _GRADE.match(text) for text in texts)


def has_marks(binding: Binding) -> bool:
    """Whether a column without a use marks rows by yes and no: the rows that do not count, for all we know."""
    taken = {bound.column.index for bound in binding.roles.values() if bound.worth > LEAST}
    return any(
        index not in taken
        and binding.head.texts[index]
        and column.filled > 1
        and all(key_of(value) in _MARKS or yes_or_no(value) is not None for value in column.values)
        for index, column in binding.columns.items()
    )


def _legend(binding: Binding, rows: Sequence[int]) -> int | None:
    """A legend: below the last number of a measure, a line that says it is one, or what is set apart from a total."""
    tab = binding.head.tab
    measures = [bound.column.index for role in MEASURES if (bound := binding.get(role)) is not None]
    if not measures or len(rows) == SAMPLE:
        return None
    last = max((row for row in rows if any(_is_number(tab.value(row, column)) for column in measures)), default=None)
    for above, row in pairwise(rows):
        held = [str(value) for value in tab.values[row] if is_filled(value)]
        if row - 1 not in rows and sum(bool(_GRADE.match(text)) for text in held) * 2 > len(held):
            return row
        if last is None or row <= last:
            continue
        if len(held) == 1 and _LEGEND.fullmatch(plain(held[0])):
            return row
        totals = any(isinstance(value, str) and re.match(TOTALS, value) for value in tab.values[above])
        if totals and row - 1 not in rows:
            return row
    return None


def _is_number(value: Scalar) -> bool:
    return is_filled(value) and is_amount(value)


def _tail(binding: Binding, rows: Sequence[int]) -> int | None:
    """Signatures and remarks: what stands below an empty row, texts where numbers belong, no key result any more."""
    key_result, objective, tab = binding.get("key_result"), binding.get("objective"), binding.head.tab
    if key_result is None or objective is None or len(rows) == SAMPLE:
        return None
    last = max((row for row in rows if is_filled(tab.value(row, key_result.column.index))), default=None)
    if last is None:
        return None
    below = next((row for row in rows if row > last and row - 1 not in rows), None)
    places = [objective.column.index, key_result.column.index]
    strange = [
        column
        for row in rows
        for column in binding.head.columns
        if below is not None and row >= below and column not in places and _is_words(tab.value(row, column))
    ]
    return below if strange else None


def _is_words(value: Scalar) -> bool:
    return isinstance(value, str) and is_filled(value) and not is_amount(value)


def limited(binding: Binding) -> Head | None:
    """The header with its table's end, where another table follows; what stands there is no evidence."""
    row = other_table(binding)
    if row is None or binding.head.last is not None:
        return None
    return replace(binding.head, last=_title_above(binding.head.tab, replace(binding.head, last=None).rows(), row))


def ending(binding: Binding) -> DraftLine | None:
    """The condition that ends the table before another one below it."""
    head, row = binding.head, other_table(binding)
    if row is None:
        return None
    rows = replace(head, last=None).rows()
    for place in dict.fromkeys((_title_above(head.tab, rows, row), row)):
        for column in range(head.tab.width):
            text = head.tab.text(place, column).strip()
            if text and len(text) <= 200 and _first_with(head.tab, rows, column, text) == place:
                condition = {"column": column_letters(column), "is": text}
                return DraftLine(condition, "other_table", {"row": place + 1}, _ends_there(binding, rows, row))
    return None


def _first_with(tab: Tab, rows: Sequence[int], column: int, text: str) -> int | None:
    return next((row for row in rows if key_of(tab.text(row, column)) == key_of(text)), None)


def _is_other_header(binding: Binding, row: int) -> bool:
    """A row of texts where numbers should be, which names things as headers do and is not this header again."""
    tab = binding.head.tab
    held = {column: tab.value(row, column) for column in binding.head.columns if is_filled(tab.value(row, column))}
    if len(held) < 3 or not all(isinstance(value, str) and len(value) <= 120 for value in held.values()):
        return False
    if sum(map(are_amounts, held.values())) * 3 > len(held):
        return False
    equal = sum(key_of(str(value)) == key_of(binding.head.texts[column]) for column, value in held.items())
    names = [column for column, value in held.items() if _names_something(str(value))]
    if equal * 2 > len(held):
        return False
    misplaced = any(column in held and not are_amounts(held[column]) for column in _number_columns(binding.roles))
    # A key result may be called "Điểm hài lòng", its owner "Nam" and its target "Hoàn thành".
    telling = [column for column in names if column not in _text_columns(binding)]
    return (misplaced and bool(telling)) or (len(names) >= 3 and len(names) * 2 > len(held))


def _names_something(text: str) -> bool:
    return len(text) <= 60 and yes_or_no(text) is None and any(worth >= 0.8 for worth in roles_of(text).values())


def _text_columns(binding: Binding) -> list[int]:
    bound = [binding.get(role) for role in ("objective", "key_result", "owner")]
    return [found.column.index for found in bound if found is not None]


def _number_columns(roles: Mapping[str, Any]) -> list[int]:
    return [bound.column.index for role, bound in roles.items() if role in NUMBERS and bound.worth >= LEAST]


def _title_above(tab: Tab, rows: Sequence[int], row: int) -> int:
    """The line above another table that is its title: a single text right above."""
    if row - 1 in rows:
        held = [value for value in tab.values[row - 1] if is_filled(value)]
        texts = [value for value in held if isinstance(value, str) and not is_amount(value)]
        if len(texts) == 1 and len(held) <= 2:
            return row - 1
    return row
