"""Tabs around OKRs: recognition, feedback, coaching, reviews, and the list of people.

Such a tab is known by its title: what stands in it are names, days and sentences as anywhere. Nothing is proposed where
it does not say for whom a row is, or which goal it is about. Where a title says two kinds, the more private one is
meant.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sync.inspect.binding import Binding, Bound
from sync.inspect.draft import Draft, by_header
from sync.inspect.due_and_learned import decides, has_days
from sync.inspect.joining import reference_to, says
from sync.reading.plain import plain

_TITLES = {
    "coaching": ("huan luyen", "coaching", "kem cap", "mentoring", "1 1", "1on1", "one on one"),
    "feedback": ("phan hoi", "feedback", "gop y", "cfr"),
    "recognition": (
        "ghi nhan",
        "recognition",
        "recognitions",
        "kudos",
        "cam on",
        "tuyen duong",
        "khen thuong",
        "thanks",
    ),
    "review": ("tong ket", "review", "reviews", "retrospective", "retro", "bai hoc", "lessons", "lessons learned"),
    "person": ("nhan su", "nhan vien", "danh ba", "people", "staff", "employees", "members", "directory"),
}
_MOSTLY = 0.5


@dataclass
class _Columns:
    """The columns of a tab, each given away once."""

    binding: Binding
    taken: set[int] = field(default_factory=set)

    def take(self, *roles: str, fits: Callable[[Bound], bool] = lambda bound: bound.column.filled > 0) -> Bound | None:
        """The column that is called as the first of these roles, and as nothing else more clearly."""
        for role in roles:
            found = [
                replace(self.binding.bound(index), worth=worths[role])
                for index, worths in self.binding.worths.items()
                if index not in self.taken and role in worths and worths[role] == max(worths.values())
            ]
            best = max(filter(fits, found), key=lambda bound: bound.worth, default=None)
            if best is not None:
                self.taken.add(best.column.index)
                return best
        return None

    def refers(self, keys: Sequence[str]) -> Bound | None:
        """The column whose values are names of goals."""
        found = reference_to(self.binding, keys, tuple(self.taken))
        if found is not None:
            self.taken.add(found.column.index)
        return found

    def longest(self) -> Bound | None:
        """The column with the longest texts of those that are left."""
        free = [column for index, column in self.binding.columns.items() if index not in self.taken]
        texts = [column for column in free if column.is_text and self.binding.head.texts[column.index]]
        best = max(texts, key=lambda column: column.length, default=None)
        return None if best is None else self.binding.bound(best.index)


def around_draft(binding: Binding, goals: Sequence[str]) -> Draft | None:
    """What a tab around OKRs is by its title; `goals` are the IDs and texts of objectives and key results."""
    title = f" {plain(binding.head.tab.title)} "
    if says(binding.head.tab.title, "check_in"):
        return None
    for kind, words in _TITLES.items():
        if any(f" {word} " in title for word in words):
            found = dict(_FIELDS[kind](_Columns(binding), goals))
            if _NEEDED[kind] <= {name for name, bound in found.items() if bound is not None}:
                draft = Draft(binding)
                draft.records[kind] = {name: by_header(bound, binding) for name, bound in found.items() if bound}
                return draft
    return None


def _has_texts(bound: Bound) -> bool:
    return bound.column.is_text


Found = Iterator[tuple[str, Bound | None]]


def _recognition(columns: _Columns, goals: Sequence[str]) -> Found:
    yield from _between(columns)
    yield "about", columns.refers(goals)
    yield "text", columns.take("comment", "text", fits=_has_texts) or columns.longest()


def _feedback(columns: _Columns, goals: Sequence[str]) -> Found:
    yield "kind", columns.take("kind")
    yield from _recognition(columns, goals)


def _between(columns: _Columns) -> Found:
    yield "receiver", columns.take("receiver", "person", fits=_has_texts)
    yield "giver", columns.take("giver", "author", "owner", fits=_has_texts)
    yield "date", columns.take("date", fits=has_days)


def _coaching(columns: _Columns, _goals: Sequence[str]) -> Found:
    yield "coach", columns.take("coach", "giver", "manager", fits=_has_texts)
    yield "person", columns.take("person", "receiver", "owner", fits=_has_texts)
    yield "date", columns.take("date", fits=has_days)
    yield "due", columns.take("due", fits=has_days)
    yield "next_step", columns.take("next_step", fits=_has_texts)
    yield "status", columns.take("status", fits=_has_texts)
    yield "topic", columns.take("topic", "text", "comment", fits=_has_texts) or columns.longest()


def _review(columns: _Columns, goals: Sequence[str]) -> Found:
    yield "about", columns.refers(goals)
    yield "period", columns.take("period")
    yield "author", columns.take("author", "owner", "person", fits=_has_texts)
    yield "date", columns.take("date", fits=has_days)
    yield "lesson", columns.take("lesson", fits=_has_texts)
    yield "decision", columns.take("decision", fits=decides)
    yield "final_comment", columns.take("final_comment", "comment", fits=_has_texts)


def _person(columns: _Columns, _goals: Sequence[str]) -> Found:
    emails = (index for index, column in columns.binding.columns.items() if column.emails >= _MOSTLY)
    email = next(emails, None)
    columns.taken |= set() if email is None else {email}
    yield "email", None if email is None else columns.binding.bound(email, 1.0)
    yield "name", columns.take("person", "text", "owner", fits=_has_texts)
    yield "unit", columns.take("unit", fits=_has_texts)
    yield "manager", columns.take("manager", fits=_has_texts)


_FIELDS: dict[str, Callable[[_Columns, Sequence[str]], Found]] = {
    "coaching": _coaching,
    "feedback": _feedback,
    "recognition": _recognition,
    "review": _review,
    "person": _person,
}
_NEEDED = {
    "coaching": {"coach", "person", "topic"},
    "feedback": {"receiver", "text"},
    "recognition": {"receiver", "text"},
    "review": {"about", "lesson"},
    "person": {"name", "email"},
}
