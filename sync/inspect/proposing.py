"""The whole book: which tabs hold OKRs, by which layout, and why the others don't."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sync.domain.cells import column_letters
from sync.domain.grid import Book, Tab
from sync.inspect.around import around_draft
from sync.inspect.binding import Binding, bind
from sync.inspect.comparing import doubt
from sync.inspect.counting import count_rows
from sync.inspect.draft import Draft
from sync.inspect.heads import Head, heads_of, lies_on_its_side
from sync.inspect.joining import (
    check_in_draft,
    initiative_draft,
    key_result_draft,
    keys_of,
    measure_by_log,
    objective_draft,
    reference_to,
    says,
)
from sync.inspect.judging import Verdict, judge, sample_of
from sync.inspect.limits import limited
from sync.inspect.questions import Question, questions_of
from sync.inspect.repeats import ask_about_repeats
from sync.inspect.roles import CERTAIN
from sync.inspect.shapes import candidates, finished
from sync.inspect.side_by_side import choose_period
from sync.inspect.twins import twin_of
from sync.reading import read_book
from sync.reading.header_words import LEAST
from sync.reading.plain import plain

_TEMPLATE = re.compile(
    r"^(bieu |ban )?mau\b|\bmau$|\b(templates?|vi du|examples?|huong dan|instructions|plantilla|ejemplo|exemplo|vorlage"
    r"|beispiel|how to)\b|テンプレート|見本|記入例"
)

# The reason of a tab that may well take part, if a person says what its columns hold.
NAMES_KEY_RESULTS = "names_key_results"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A tab that is left out, and the code of the reason with its facts."""

    title: str
    why: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """What is proposed for a spreadsheet: a draft for each tab that takes part, a reason for each that does not.

    `counts`: how many objectives and key results are read in a tab's first rows, which are all of most tabs (see
    `judging.rows_read`); 20,000 rows are not read to propose. `questions` are looked for when they are first asked
    for.
    """

    book: Book
    drafts: tuple[Draft, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What is not sure and has a second reading."""
        return tuple(questions_of(self.book, self.drafts))


def propose(book: Book, today: date, titles: Sequence[str] = ()) -> Proposal:
    """Look at a spreadsheet (or some of its tabs) and propose a mapping."""
    wanted = [tab for tab in sample_of(book).tabs if not titles or tab.title in titles]
    sample = replace(book, tabs=tuple(wanted))
    bindings = _bindings(sample, today)
    in_use = {title: found for title, found in bindings.items() if titles or not is_template(title)}
    drafts = _drafts(sample, in_use)
    unused = bindings.keys() - in_use.keys() if drafts else set()
    drafts = drafts or _drafts(sample, bindings)
    ordered = [drafts[tab.title] for tab in wanted if tab.title in drafts]
    for draft in ordered:
        if "key_result" in draft.records:
            count_rows(sample, draft)
    refused = tuple(
        Refusal(tab.title, "template")
        if tab.title in unused
        else _named(tab, bindings, ordered) or Refusal(tab.title, _why_not(tab, bindings))
        for tab in wanted
        if tab.title not in drafts
    )
    return Proposal(book, tuple(ordered), refused, _tried_out(sample, ordered))


def is_template(title: str) -> bool:
    """Whether a tab's title says that it is there to be copied or to explain, beside those that are in use."""
    return bool(_TEMPLATE.search(plain(title)))


def _drafts(book: Book, bindings: dict[str, list[Binding]]) -> dict[str, Draft]:
    """The tabs that take part; none where no tab holds key results."""
    drafts = _without_logs({title: best.draft for title, best in _standing_alone(book, bindings).items()})
    drafts = _with_joined(drafts, bindings, book)
    drafts |= _around(drafts, bindings, book)
    return drafts if any("key_result" in draft.records for draft in drafts.values()) else {}


def _without_logs(drafts: dict[str, Draft]) -> dict[str, Draft]:
    """Without tabs that repeat the key results of another one with a date: logs of check-ins."""
    return {
        title: draft
        for title, draft in drafts.items()
        if not any(_is_log_of(draft, other) for other in drafts.values() if other is not draft)
    }


def _is_log_of(draft: Draft, other: Draft) -> bool:
    return (
        ((target := draft.binding.get("target")) is None or target.worth <= LEAST)
        and draft.binding.get("date") is not None
        and "target" in other.records["key_result"]
        and reference_to(draft.binding, keys_of(other, "key_result")) is not None
    )


def _bindings(book: Book, today: date) -> dict[str, list[Binding]]:
    heads = {tab.title: [] if lies_on_its_side(tab) else heads_of(tab) for tab in book.tabs}
    quarter = f"q {(today.month - 1) // 3 + 1}"
    period = choose_period([head for found in heads.values() for head in found], quarter)
    return {title: [_bound(head, period, book.locale) for head in found] for title, found in heads.items()}


def _bound(head: Head, period: str, locale: str) -> Binding:
    binding = bind(head, head.evidence(), period, locale)
    shorter = limited(binding)
    return binding if shorter is None else bind(shorter, shorter.evidence(), period, locale)


def _standing_alone(book: Book, bindings: dict[str, list[Binding]]) -> dict[str, Verdict]:
    """The best layout of every tab that holds objectives and key results by itself."""
    found: dict[str, Verdict] = {}
    for title, of_tab in bindings.items():
        alone = replace(book, tabs=tuple(tab for tab in book.tabs if tab.title == title))
        verdicts = [judge(alone, draft) for binding in of_tab for draft in candidates(binding, book.locale)]
        best = max(verdicts, key=lambda verdict: verdict.worth, default=None)
        if best is not None and best.worth > 0:
            found[title] = best
    known = {title: verdict.draft for title, verdict in found.items() if verdict.key_results}
    for title, of_tab in bindings.items():
        twin = twin_of(of_tab, known) if title not in found else None
        if twin is not None:
            alone = replace(book, tabs=tuple(tab for tab in book.tabs if tab.title == title))
            verdict = judge(alone, twin, speaks=True)
            found |= {title: verdict} if verdict.key_results else {}
    filled = any(verdict.key_results for verdict in found.values())
    return {title: verdict for title, verdict in found.items() if verdict.key_results or filled}


def _with_joined(drafts: dict[str, Draft], bindings: dict[str, list[Binding]], book: Book) -> dict[str, Draft]:
    """Objectives on one tab, key results on another."""
    found = dict(drafts)
    for title, of_tab in bindings.items():
        listing = next((draft for binding in of_tab if (draft := objective_draft(binding))), None)
        if title in drafts or listing is None:
            continue
        keys = keys_of(listing, "objective")
        joined = _joined_to(keys, drafts, bindings, title)
        if joined:
            found[title] = finished(listing, book.locale)
            found |= {other: finished(draft, book.locale) for other, draft in joined.items()}
    return found


def _joined_to(
    keys: Sequence[str], drafts: dict[str, Draft], bindings: dict[str, list[Binding]], own: str
) -> dict[str, Draft]:
    """Tabs of key results that refer to these objectives; also those that repeat the objectives' texts."""
    found: dict[str, Draft] = {}
    for title, of_tab in bindings.items():
        if title == own or (title in drafts and not _refers(drafts[title], keys)):
            continue
        draft = next((draft for binding in of_tab if (draft := key_result_draft(binding, keys))), None)
        if draft is not None:
            found[title] = draft
    measured = {title: draft for title, draft in found.items() if not says(title, "initiative")}
    return measured or found


def _refers(draft: Draft, keys: Sequence[str]) -> bool:
    """Whether the objectives of a tab that could stand alone are those listed on another."""
    objective = draft.binding.get("objective")
    reference = reference_to(draft.binding, keys)
    if reference is None or "when" in draft.records.get("objective", {}):
        return False
    doubtful = objective is None or objective.worth < CERTAIN
    return doubtful or (objective is not None and reference.column.index == objective.column.index)


def _around(drafts: dict[str, Draft], bindings: dict[str, list[Binding]], book: Book) -> dict[str, Draft]:
    """Check-in logs and initiatives that refer to the key results found, and what else stands around OKRs."""
    key_results = [key for draft in drafts.values() for key in keys_of(draft, "key_result")]
    objectives = [key for draft in drafts.values() for key in keys_of(draft, "objective")]
    found: dict[str, Draft] = {}
    for title, of_tab in bindings.items():
        if title in drafts or not key_results:
            continue
        for binding in of_tab:
            draft = (
                around_draft(binding, [*key_results, *objectives])
                or check_in_draft(binding, key_results)
                or initiative_draft(binding, key_results, objectives)
            )
            if draft is not None:
                found[title] = finished(_as_sure_as(drafts, draft), book.locale)
                break
    values = [line for draft in found.values() if (line := draft.records.get("check_in", {}).get("value"))]
    for draft in drafts.values() if values else ():
        measure_by_log(draft, sure=all(line.sure for line in values))
    return found


def _as_sure_as(drafts: dict[str, Draft], draft: Draft) -> Draft:
    """A draft whose references are no surer than the records that they name."""
    for fields in draft.records.values():
        for kind in fields.keys() & {"objective", "key_result"}:
            named = [other.records[kind]["text"] for other in drafts.values() if kind in other.records]
            fields[kind] = replace(fields[kind], sure=fields[kind].sure and all(line.sure for line in named))
    return draft


def _named(tab: Tab, bindings: dict[str, list[Binding]], drafts: Sequence[Draft]) -> Refusal | None:
    """Why a tab is left out that names the key results of another one: what was reached may stand there."""
    for draft in drafts:
        for binding in bindings.get(tab.title, []):
            reference = reference_to(binding, keys_of(draft, "key_result"))
            if reference is not None:
                facts = {"other": draft.title, "column": column_letters(reference.column.index)}
                return Refusal(tab.title, NAMES_KEY_RESULTS, facts)
    return None


def _why_not(tab: Tab, bindings: dict[str, list[Binding]]) -> str:
    if tab.is_empty:
        return "no_cells"
    if lies_on_its_side(tab):
        return "on_its_side"
    of_tab = bindings.get(tab.title, [])
    roles = {role for binding in of_tab for role, bound in binding.roles.items() if bound.worth >= LEAST}
    if not roles:
        return "no_header"
    if "key_result" in roles and "objective" not in roles:
        return "no_objective"
    if "objective" in roles and "key_result" not in roles:
        return "no_key_result"
    return "neither" if not roles & {"objective", "key_result"} else "unreadable"


def _tried_out(book: Book, drafts: Sequence[Draft]) -> dict[str, tuple[int, int]]:
    """Read by the whole proposal: what differs from the sheet's own numbers is doubted.

    Gives how many objectives and key results there are, by tab.
    """
    if not drafts:
        return {}
    reading = read_book(book, [draft.mapping() for draft in drafts])
    doubt(book, drafts, reading)
    if ask_about_repeats(drafts, reading):
        reading = read_book(book, [draft.mapping() for draft in drafts])
    return {tab.tab.title: (len(tab.objectives), len(tab.key_results)) for tab in reading.tabs}
