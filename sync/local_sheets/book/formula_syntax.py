"""The grammar of the formulas that are computed here: text to tree. Anything else parses to None."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from sync.local_sheets.book.book import ERROR_TYPES, ErrorValue, Value, number
from sync.local_sheets.book.formula_text import REFERENCE, Reference, parse_reference

FUNCTIONS = {"SUM", "AVERAGE", "MIN", "MAX", "COUNT", "ROUND", "ABS", "IF", "IFERROR"}

_BINDING = {
    **dict.fromkeys(("=", "<>", "<", ">", "<=", ">="), 1),
    "&": 2,
    **dict.fromkeys(("+", "-"), 3),
    **dict.fromkeys(("*", "/"), 4),
    "^": 5,
}
_MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Literal:
    value: Value


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator applied; an operator's name is its sign."""

    name: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Literal | Reference | Call


class _Unsupported(Exception):
    pass


@lru_cache(maxsize=65_536)
def parse(text: str, decimal_comma: bool) -> Node | None:
    """The tree of a formula with its leading "="; None when any part is not on the list."""
    try:
        parser = _Parser(text[1:], decimal_comma)
        tree = parser.expression(0, 0)
        parser.expect("")
    except _Unsupported:
        return None
    return tree


@lru_cache(maxsize=2)
def _tokens(decimal_comma: bool) -> re.Pattern[str]:
    # Where the comma is the decimal sign, "0,5" is one number; between other arguments it still separates.
    point = "[.,]" if decimal_comma else "[.]"
    return re.compile(
        rf"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<reference>{REFERENCE})
        |(?P<number>[0-9]+(?:{point}[0-9]+)?(?:[eE][+-]?[0-9]+)?)
        |(?P<error>\#(?:REF!|DIV/0!|VALUE!|N/A|NAME\?|NUM!|NULL!|ERROR!))
        |(?P<name>[A-Za-z_.]+)|(?P<sign><>|<=|>=|[-+*/^&%()=<>;,]))""",
        re.VERBOSE,
    )


class _Parser:
    def __init__(self, text: str, decimal_comma: bool) -> None:
        self.tokens = _tokenized(text.rstrip(), decimal_comma)
        self.kind, self.token = next(self.tokens)

    def advance(self) -> str:
        token = self.token
        self.kind, self.token = next(self.tokens, ("end", ""))
        return token

    def accept(self, *signs: str) -> bool:
        if self.kind == "sign" and self.token in signs:
            self.advance()
            return True
        return False

    def expect(self, sign: str) -> None:
        if self.token != sign:
            raise _Unsupported
        self.advance()

    def expression(self, binding: int, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise _Unsupported
        left = self.operand(depth)
        while self.kind == "sign":
            if self.accept("%"):
                left = Call("%", (left,))
            elif _BINDING.get(self.token, 0) > binding:
                sign = self.advance()
                left = Call(sign, (left, self.expression(_BINDING[sign], depth + 1)))
            else:
                break
        return left

    def operand(self, depth: int) -> Node:
        kind, token = self.kind, self.advance()
        if kind == "number":
            return Literal(_number(token))
        if kind == "text":
            return Literal(token[1:-1].replace('""', '"'))
        if kind == "error":
            return Literal(ErrorValue(ERROR_TYPES[token]))
        if kind == "reference" and (reference := parse_reference(token)):
            return reference
        if kind == "name":
            return self.named(token.upper(), depth)
        if token == "(":
            inside = self.expression(0, depth + 1)
            self.expect(")")
            return inside
        if token in ("-", "+"):
            # Binds closer than "^", as in Sheets: -2^2 is 4.
            return Call(f"unary {token}", (self.expression(_BINDING["^"], depth + 1),))
        raise _Unsupported

    def named(self, name: str, depth: int) -> Node:
        if name in ("TRUE", "FALSE") and self.token != "(":
            return Literal(name == "TRUE")
        if name not in FUNCTIONS:
            raise _Unsupported
        self.expect("(")
        arguments: list[Node] = []
        while True:
            arguments.append(self.expression(0, depth + 1))
            if not self.accept(",", ";"):
                break
        self.expect(")")
        return Call(name, tuple(arguments))


def _tokenized(text: str, decimal_comma: bool) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        match = _tokens(decimal_comma).match(text, at)
        if match is None or match.lastgroup is None:
            raise _Unsupported
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()
    yield "end", ""


def _number(text: str) -> int | float:
    try:
        return number(float(text.replace(",", ".")))
    except ValueError:
        raise _Unsupported from None
