"""Drive's `q` and `orderBy`: from text to a test of one file and to an order of files."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sync.local_sheets.errors import DriveError

File: TypeAlias = dict[str, Any]
Test: TypeAlias = Callable[[File], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<mark><=|>=|!=|[()=<>{}])|(?P<word>[A-Za-z]+))""",
    re.DOTALL,
)
_MAX_TOKENS = 1_000
_TEXTS = ("name", "fullText", "mimeType")
_TIMES = ("modifiedTime", "createdTime", "viewedByMeTime", "sharedWithMeTime")
_FLAGS = ("trashed", "starred", "sharedWithMe")
_PEOPLE = {"owners": ("owner",), "writers": ("owner", "writer"), "readers": ("owner", "writer", "commenter", "reader")}
_COMPARISONS: dict[str, Callable[[datetime, datetime], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SORT_KEYS = (
    *("createdTime", "folder", "modifiedByMeTime", "modifiedTime", "name", "name_natural", "quotaBytesUsed"),
    *("recency", "sharedWithMeTime", "starred", "viewedByMeTime"),
)


def query(text: str, me: str) -> Test:
    """As `me` asks. Raises Drive's "Invalid Value" for what is no query."""
    if not text.strip():
        return lambda file: True
    return _Parser(_tokens(text), me).whole()


def ordered(files: list[File], order_by: str) -> list[File]:
    """Without an order the file changed last comes first."""
    for key in reversed((order_by or "modifiedTime desc").split(",")):
        name, _, direction = key.strip().partition(" ")
        if name not in _SORT_KEYS or direction not in ("", "desc"):
            raise DriveError(400, "invalid", "Invalid Value", "orderBy")
        files = sorted(files, key=lambda file: _sort_value(file, name), reverse=direction == "desc")
    return files


def _sort_value(file: File, name: str) -> Any:
    if name in ("name", "name_natural"):
        parts = re.split(r"([0-9]+)", file["name"].casefold()) if name == "name_natural" else [file["name"].casefold()]
        return [(0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts]
    if name == "starred":
        return not file["starred"]
    if name in ("folder", "quotaBytesUsed"):
        return 0  # all of them are spreadsheets
    return file["createdTime"] if name == "createdTime" else file["modifiedTime"]


def _invalid() -> DriveError:
    return DriveError(400, "invalid", "Invalid Value", "q")


def _tokens(text: str) -> list[str]:
    """Texts keep their quotes, so that they are told from words."""
    tokens: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None or len(tokens) == _MAX_TOKENS:
            raise _invalid()
        tokens.append(match["text"] or match["mark"] or match["word"])
        at = match.end()
    return tokens


class _Parser:
    """any = all {"or" all}; all = one {"and" one}; one = "not" one | "(" any ")" | comparison."""

    def __init__(self, tokens: list[str], me: str) -> None:
        self.tokens = tokens
        self.me = me
        self.at = 0
        self.depth = 0

    def whole(self) -> Test:
        test = self.any()
        if self.at != len(self.tokens):
            raise _invalid()
        return test

    def any(self) -> Test:
        tests = [self.all()]
        while self.accept("or"):
            tests.append(self.all())
        return tests[0] if len(tests) == 1 else lambda file: any(test(file) for test in tests)

    def all(self) -> Test:
        tests = [self.one()]
        while self.accept("and"):
            tests.append(self.one())
        return tests[0] if len(tests) == 1 else lambda file: all(test(file) for test in tests)

    def one(self) -> Test:
        self.depth += 1
        if self.depth > 100:
            raise _invalid()
        try:
            if self.accept("not"):
                negated = self.one()
                return lambda file: not negated(file)
            if self.accept("("):
                inner = self.any()
                self.expect(")")
                return inner
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Test:
        first = self.take()
        if first in _FLAGS and self.tokens[self.at : self.at + 1] not in (["="], ["!="]):
            return _flag(first, True)
        sign, second = self.take(), self.take()
        if _is_text(first) and sign == "in":
            return _in(second, _unquoted(first), self.me)
        if sign == "in":  # as gspread writes it
            return _in(first, _unquoted(second), self.me)
        if first in ("properties", "appProperties") and sign == "has" and second == "{":
            return self.property(first)
        return _comparison(first, sign, second)

    def property(self, field: str) -> Test:
        """has { key='x' and value='y' }"""
        parts = {}
        for name in ("key", "value"):
            self.expect(name)
            self.expect("=")
            parts[name] = _unquoted(self.take())
            self.expect("and" if name == "key" else "}")
        return lambda file: file.get(field, {}).get(parts["key"]) == parts["value"]

    def take(self) -> str:
        if self.at == len(self.tokens):
            raise _invalid()
        self.at += 1
        return self.tokens[self.at - 1]

    def accept(self, token: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == token:
            self.at += 1
            return True
        return False

    def expect(self, token: str) -> None:
        if self.take() != token:
            raise _invalid()


def _is_text(token: str) -> bool:
    return token[0] in "'\""


def _unquoted(token: str) -> str:
    if not _is_text(token):
        raise _invalid()
    return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)


def _in(collection: str, value: str, me: str) -> Test:
    if collection == "parents":
        return lambda file: value in file["parents"]
    if collection not in _PEOPLE:
        raise _invalid()
    roles, email = _PEOPLE[collection], me if value == "me" else value
    return lambda file: any(
        known.get("emailAddress") == email and known["role"] in roles for known in file["permissions"]
    )


def _flag(field: str, wanted: bool) -> Test:
    if field == "sharedWithMe":
        return lambda file: file["ownedByMe"] != wanted
    return lambda file: file[field] == wanted


def _comparison(field: str, sign: str, token: str) -> Test:
    if field in _FLAGS and token in ("true", "false") and sign in ("=", "!="):
        return _flag(field, (token == "true") == (sign == "="))
    if field in _TIMES and sign in _COMPARISONS:
        return _time_comparison(field, sign, _moment(_unquoted(token)))
    if field not in _TEXTS:
        raise _invalid()
    value = _unquoted(token)
    if sign == "contains":
        return _contains(field, value)
    if sign not in ("=", "!=") or field == "fullText":
        raise _invalid()
    return lambda file: (file[field] == value) == (sign == "=")


def _contains(field: str, value: str) -> Test:
    """Words are found by how they begin; a media type only by its own beginning."""
    if field == "mimeType":
        return lambda file: file["mimeType"].startswith(value)
    begun = re.compile(rf"(?<!\w){re.escape(value)}", re.IGNORECASE)
    return lambda file: begun.search(file["name"]) is not None


def _time_comparison(field: str, sign: str, moment: datetime) -> Test:
    compare = _COMPARISONS[sign]
    return lambda file: compare(_moment(file.get(field) or file["modifiedTime"]), moment)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise _invalid() from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
