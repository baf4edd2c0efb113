"""A proposal as TOML that runs unedited: each line with its reason, questions where it is not sure."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from sync.domain.languages import Language
from sync.domain.printable import one_line
from sync.domain.scoring import rounded
from sync.inspect.draft import Draft, DraftLine
from sync.inspect.judging import rows_read
from sync.inspect.previews import Place, Row
from sync.inspect.proposing import Proposal
from sync.inspect.questions import Answer, Question, role_of
from sync.inspect.texts import say
from sync.inspect.titles import loose_title
from sync.inspect.unused import stands_again, unused
from sync.translations.counts import counted

_WIDTH = 120


def as_toml(proposal: Proposal, language: Language, *, with_questions: bool = True) -> str:
    """The configuration of one spreadsheet, with comments; without questions where they are asked elsewhere."""
    book = proposal.book
    lines = [f"# {one_line(say(language, 'proposed', title=book.title))}"]
    lines += [f"# {line}" for line in refusals(proposal, language)]
    lines += ["", "[[spreadsheet]]", f"id = {_value(book.id)}"]
    for draft in proposal.drafts:
        title, reads = loose_title(draft, book), _reads(proposal, draft, language)
        lines += ["", *_tab(draft, title, reads, language, with_questions=with_questions)]
    for question in proposal.questions if with_questions else ():
        lines += [f"# {one_line(line)}" if line else "" for line in _asked(question, language)]
    return "\n".join(lines) + "\n"


def refusals(proposal: Proposal, language: Language) -> list[str]:
    """Why each tab that is left out is left out."""
    return [
        one_line(say(language, "left_out", title=refused.title, why=say(language, refused.why, **refused.facts)))
        for refused in proposal.refusals
    ]


def _asked(question: Question, language: Language) -> Iterator[str]:
    """A question with its answers, and what a row reads by each."""
    told, alike = row_texts(question, language)
    yield ""
    yield f"? “{question.tab}”: {sentence(question, language)}"
    for answer, text in zip(question.answers, told, strict=True):
        yield f"- {sentence(answer, language)} ({text})" if text else f"- {sentence(answer, language)}"
    if alike:
        yield f"({alike})"


def sentence(said: Question | Answer, language: Language) -> str:
    """A question or an answer in words."""
    facts = {key: say(language, str(fact)) if key == "role" else fact for key, fact in said.facts.items()}
    return say(language, said.why, **facts)


def row_texts(question: Question, language: Language) -> tuple[list[str], str]:
    """What the row reads by each answer, as far as they differ; where they do not, that once, beside nothing."""
    rows = [answer.row for answer in question.answers]
    read = [row for row in rows if row is not None]
    facts = {place for row in read for place, _ in row.facts if len({dict(each.facts)[place] for each in read}) > 1}
    amounts = {(row.text, row.start, row.target, row.current, row.score) for row in read}
    if facts or len(amounts) > 1 or len(read) < len(rows):
        return [_row_text(row, facts, language, with_amounts=not facts or len(amounts) > 1) for row in rows], ""
    if all("shown" in answer.facts for answer in question.answers):
        return [say(language, "scale_shown", **answer.facts) for answer in question.answers], ""
    alike = say(language, "row_alike", reads=_row_text(read[0], set(), language, with_amounts=True)) if read else ""
    return [""] * len(rows), alike


def _row_text(row: Row | None, told: Collection[Place], language: Language, *, with_amounts: bool) -> str:
    if row is None:
        return say(language, "row_not_read")
    facts = "; ".join(
        say(language, "row_fact", role=say(language, role_of(*place)), value=value or "–")
        for place, value in row.facts
        if place in told
    )
    cell, text = row.cell.a1, row.text[:40]
    amounts = {name: getattr(row, name) or "–" for name in ("start", "target", "current")}
    score = "–" if row.score is None else f"{rounded(row.score * 100, 0):f}%"
    reads = say(language, "row_reads", cell=cell, text=text, score=score, **amounts)
    if not facts:
        return reads
    if not with_amounts:
        return say(language, "row_says", cell=cell, text=text, facts=facts)
    return say(language, "row_reads_and_says", reads=reads, facts=facts)


def _reads(proposal: Proposal, draft: Draft, language: Language) -> str:
    """How many records there are, as far as a tab was looked at."""
    objectives, key_results = proposal.counts.get(draft.title, (0, 0))
    tab = next(tab for tab in proposal.book.tabs if tab.title == draft.title)
    read, rows = rows_read(tab), len(tab.values)
    counts = {"objectives": objectives, "key_results": key_results}
    facts = {what: counted(what, count, language) for what, count in counts.items()}
    return (
        say(language, "reads", **facts) if read == rows else say(language, "reads_first", read=read, rows=rows, **facts)
    )


def _tab(draft: Draft, title: str, reads: str, language: Language, *, with_questions: bool) -> list[str]:
    """The lines of a tab; `title` is the pattern that it is mapped by, where that is one."""
    lines = ["[[spreadsheet.tab]]"]
    if {"objective", "key_result"} & set(draft.records):
        lines.append(f"# {reads}")
    left_out = unused(draft)
    asked = [each for each in left_out if each.asks] if with_questions else []
    lines += [f"# ? {one_line(say(language, each.asks, header=each.header))}" for each in asked]
    fields = draft.records.get("key_result", {"current": None})
    lines += [] if fields.keys() & {"target", "current", "progress"} else [f"# ? {say(language, 'unmeasured')}"]
    again = stands_again(draft)
    lines += [f"# ? {one_line(say(language, 'stands_again', **again))}"] if again else []
    rest = ", ".join(f"“{each.header[:40]}”" for each in left_out if not each.asks)
    lines += [f"# {one_line(say(language, 'not_used', headers=rest))}"] if rest else []
    lines += (
        _lines({"title": DraftLine(title, "next_title")}, language) if title else [f"title = {_value(draft.title)}"]
    )
    table = dict(draft.table)
    if draft.binding.head.two:
        table["header_rows"] = DraftLine(2, "header_rows")
    lines += _lines(table, language)
    for kind, fields in draft.records.items():
        lines += ["", f"[spreadsheet.tab.{kind}]", *_lines(fields, language)]
    return lines


def _lines(fields: dict[str, DraftLine], language: Language) -> list[str]:
    found: list[str] = []
    for key, line in fields.items():
        text = f"{key} = {_value(line.value)}"
        sure = say(language, "sure" if line.sure else "unsure")
        comment = f"#{'' if line.sure else ' ?'} {one_line(say(language, line.why, **line.facts))}; {sure}"
        if len(text) + len(comment) + 2 <= _WIDTH:
            found.append(f"{text}  {comment}")
        else:
            found += [comment, text]
    return found


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(str(key))} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    text = str(value)
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
