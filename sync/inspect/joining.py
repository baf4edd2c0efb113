"""Tabs that belong together: objectives on one, key results on another, a check-in log, a list of initiatives.

Joined by what stands in the columns: a reference is a column whose values are the IDs or texts of another tab.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sync.domain.keys import key_of
from sync.inspect.binding import Binding, Bound
from sync.inspect.draft import Draft, DraftLine, by_header, is_sure
from sync.inspect.fields import key_result_lines, objective_lines
from sync.inspect.measuring import latest, measures, progress_lines, score_line, unknown_numbers
from sync.inspect.placing import is_share
from sync.inspect.roles import CERTAIN
from sync.reading.header_words import LEAST
from sync.reading.plain import plain

_TITLES = {
    "objective": ("objective", "objectives", "muc tieu", "okr", "okrs", "goals", "objetivos", "目標"),
    "key_result": (
        "key result",
        "key results",
        "krs",
        "kr",
        "ket qua then chot",
        "ket qua",
        "resultados clave",
        "thuoc do",
    ),
    "check_in": ("check in", "check ins", "checkin", "checkins", "cap nhat", "updates", "nhat ky", "log"),
    "initiative": ("initiative", "initiatives", "sang kien", "action", "actions", "cong viec", "iniciativas"),
}
_OVERLAP = 0.7
_ID = re.compile(r"(?=.*\d)[\w.\-]{2,20}")


def says(title: str, kind: str) -> bool:
    """Whether a tab's title names a kind of record."""
    words = f" {plain(title)} "
    return any(f" {word} " in words for word in _TITLES[kind])


def text_of(binding: Binding, kind: str) -> Bound | None:
    """The column with the records' texts: named so, or called "title" on a tab that is called so."""
    found, text = binding.get(kind), binding.get("text")
    if text is not None and not (text.column.is_text and says(binding.head.tab.title, kind)):
        text = None
    if found is not None and found.worth >= LEAST and found.column.may_be_text:
        return text if text is not None and text.worth >= CERTAIN > found.worth else found
    is_measured = binding.get("target") is not None and binding.get("current") is not None
    return text or (_sentences(binding) if is_measured is (kind == "key_result") else None)


def _sentences(binding: Binding) -> Bound | None:
    """Where no word says so, the longest texts of their own. Only between tabs of which one refers to the other."""
    taken = {bound.column.index for bound in binding.roles.values()}
    free = [column for index, column in binding.columns.items() if index not in taken and binding.head.texts[index]]
    free = [column for column in free if column.is_text and column.length >= 12 and column.distinct > 0.9]
    return binding.bound(max(free, key=lambda column: column.length).index) if free else None


def _names(binding: Binding) -> Bound | None:
    """The first column of short names with a number, each its own, such as "obj_1": what another tab may refer to."""
    for index, column in binding.columns.items():
        if column.filled == column.rows > 1 and column.distinct == 1 and all(map(_ID.fullmatch, column.typed)):
            return binding.bound(index) if column.typed else None
    return None


def objective_draft(binding: Binding) -> Draft | None:
    """A tab of objectives only."""
    text = text_of(binding, "objective")
    if text is None or binding.get("key_result") is not None or binding.get("key_result_id") is not None:
        return None
    if text.column.distinct < _OVERLAP:
        return None  # a list names each objective once; what repeats them is a log
    about = objective_lines(binding, text, binding.head.rows(), mixed=False)
    line = by_header(text, binding)
    about.setdefault("text", line if text.column.distinct == 1 else replace(line, sure=False))
    if "id" in about and not _names_each(binding, about["id"]):
        del about["id"]
    if "id" not in about and (names := _names(binding)) is not None:
        about["id"] = by_header(names, binding)
    if "parent" not in about and (parent := _parent(binding, about)) is not None:
        about["parent"] = parent
    score = binding.get("score") or _shares(binding)
    if "score" not in about and score is not None:
        about["score"] = score_line(binding, score)
    weight = binding.get("weight")
    if "weight" not in about and weight is not None:
        about["weight"] = by_header(weight, binding)
    draft = Draft(binding)
    draft.records["objective"] = {
        **({"id": about.pop("id")} if "id" in about else {}),
        "text": about.pop("text"),
        **about,
    }
    return draft


def _shares(binding: Binding) -> Bound | None:
    """The one column of numbers from 0 to 1 on a list of objectives: likely how far they are."""
    found = [column for column in unknown_numbers(binding) if is_share(binding.columns[column])]
    return binding.bound(found[0]) if len(found) == 1 else None


def _names_each(binding: Binding, identity: DraftLine) -> bool:
    """Whether a column names each row by a text of its own; else it names others, such as the objective above."""
    columns = [column for i, column in binding.columns.items() if binding.head.reference(i) == identity.value]
    return all(column.distinct == 1 and column.filled == column.rows for column in columns)


def _parent(binding: Binding, about: Mapping[str, DraftLine]) -> DraftLine | None:
    """The column whose values are IDs of this same tab."""
    own = [i for i in binding.columns if "id" in about and binding.head.reference(i) == about["id"].value]
    keys = [key for i in own for key in binding.columns[i].values]
    reference = reference_to(binding, keys, own) if keys else None
    return replace(by_header(reference, binding), sure=False) if reference is not None else None


def key_result_draft(binding: Binding, objectives: Sequence[str]) -> Draft | None:
    """A tab of key results that refer to objectives on another tab."""
    text = text_of(binding, "key_result")
    if text is None:
        return None
    reference = reference_to(binding, objectives, (text.column.index,))
    if reference is None:
        return None
    draft = Draft(binding)
    in_text = any(re.search(r"\d", value) for value in text.column.values)
    lines = key_result_lines(binding, by_header(reference, binding), mixed=False)
    person = binding.get("person")
    if "owner" not in lines and person is not None and person.worth >= LEAST:
        lines["owner"] = by_header(person, binding)
    if not is_sure(text):
        # They may be tasks, or objectives further down; what is said of them is no surer.
        lines = {name: replace(line, sure=False) for name, line in lines.items()}
    identity = {"id": lines.pop("id")} if "id" in lines else {}
    facts = {"count": reference.column.filled, "rows": reference.column.rows}
    draft.records["key_result"] = {
        **identity,
        "objective": DraftLine(reference.source, "reference", facts, is_sure(text)),
        "text": by_header(text, binding),
        **measures(binding, in_text),
        **lines,
    }
    return draft


def reference_to(binding: Binding, keys: Sequence[str], without: Sequence[int] = ()) -> Bound | None:
    """The column whose values are keys of another tab; several keys in a cell are separated by commas."""
    known = {key_of(key) for key in keys if key}
    best: tuple[float, int] = (0.0, 0)
    for index, column in binding.columns.items():
        if index in without or not column.filled:
            continue
        parts = [part for value in column.values for part in re.split(r"[,;\n]", value)] if known else []
        whole = sum(key_of(value) in known for value in column.values) / column.filled
        split = sum(key_of(part.strip()) in known for part in parts) / max(len(parts), 1)
        share = max(whole, split)
        telling = not all(value.isdigit() for value in column.values) or _refers(binding, index)
        if share >= _OVERLAP and telling and share > best[0]:
            best = (share, index)
    return binding.bound(best[1], 1.0) if best[0] else None


def _refers(binding: Binding, column: int) -> bool:
    """Plain numbers are a reference only below a header that says so."""
    worths = binding.worths.get(column, {})
    return any(worths.get(role, 0) >= LEAST for role in ("objective_id", "key_result_id", "objective", "key_result"))


def check_in_draft(binding: Binding, key_results: Sequence[str]) -> Draft | None:
    """A log of check-ins: a key result, a date, and a value or a comment on each row; or a row for each key result and
    a column for each week.
    """
    reference = reference_to(binding, key_results)
    date = binding.get("date")
    placed = [bound for role in ("target", "current") if (bound := binding.get(role)) and bound.worth <= LEAST]
    value = binding.get("value") or min(placed, key=lambda bound: bound.column.index, default=binding.get("current"))
    comment = binding.get("comment")
    weekly = latest(binding) if date is None and reference is not None and reference.column.distinct == 1 else None
    if reference is None or (weekly is None and (date is None or (value is None and comment is None))):
        return None
    found = {"date": date, "value": value, "confidence": binding.get("confidence"), "comment": comment}
    found |= {role: binding.get(role) for role in ("before", "obstacle", "next_step")}
    found["author"] = binding.get("author") or binding.get("owner") or binding.get("person")
    lines = {role: by_header(bound, binding) for role, bound in found.items() if bound is not None}
    lines |= {"value": weekly} if weekly is not None else {}
    facts = {"count": reference.column.filled, "rows": reference.column.rows}
    draft = Draft(binding)
    draft.records["check_in"] = {"key_result": DraftLine(reference.source, "reference", facts), **lines}
    return draft


def measure_by_log(draft: Draft, *, sure: bool) -> None:
    """The current values of a draft stand in a log of check-ins, if they stand nowhere else.

    What was only placed as a current value, by its order among numbers, is what comes before a target, or the target.
    """
    binding, fields = draft.binding, draft.records.get("key_result", {})
    target, current = binding.get("target"), binding.get("current")
    if target is None or "target" not in fields:
        return
    if "current" in fields:
        if current is None or current.worth > LEAST or "start" in fields:
            return
        first, last = sorted((target, current), key=lambda bound: bound.column.index)
        if last is not target and target.worth > LEAST:
            return
        fields["start"] = replace(by_header(first, binding), sure=False)
        fields["target"] = replace(by_header(last, binding), sure=False)
    else:
        fields["target"] = by_header(target, binding)
    fields["current"] = DraftLine({"check_in": True}, "newest_check_in", {}, sure)


def initiative_draft(binding: Binding, key_results: Sequence[str], objectives: Sequence[str]) -> Draft | None:
    """A list of initiatives that name the key results or objectives which they serve."""
    text = binding.get("initiative") or text_of(binding, "initiative")
    if text is None or text.worth < 0.8 or not text.column.is_text:
        return None
    serves = {"key_result": reference_to(binding, key_results), "objective": reference_to(binding, objectives)}
    if not any(serves.values()):
        return None
    owner = binding.get("owner") or binding.get("person")
    found = {"text": text, **serves, "owner": owner, "due": binding.get("due")}
    found |= {"start": binding.get("begin"), "status": binding.get("status")}
    draft = Draft(binding)
    lines = {role: by_header(bound, binding) for role, bound in found.items() if bound}
    draft.records["initiative"] = lines | progress_lines(binding)
    return draft


def keys_of(draft: Draft, kind: str) -> list[str]:
    """The IDs and texts of a draft's records, as other tabs may write them."""
    binding, lines = draft.binding, draft.records.get(kind, {})
    columns = [lines[field].value for field in ("id", "text") if field in lines]
    tab = binding.head.tab
    places = [index for index in binding.columns if binding.head.reference(index) in columns]
    return [tab.text(row, column).strip() for row in binding.head.rows() for column in places]
