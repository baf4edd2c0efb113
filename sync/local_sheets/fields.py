"""`fields` masks: parsing, checking against the messages, and projecting an answer. It builds no answer itself."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from sync.local_sheets.errors import unknown_field_path
from sync.local_sheets.messages import fields_of, values_of

# Which fields are wanted, by name; an empty mask means everything below.
Mask: TypeAlias = dict[str, "Mask"]
EVERYTHING: Mask = {}

_TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*|[*,./()])")
_MAX_TOKENS = 400  # deeper nesting than any real mask, and well within what recursion can take


def parse(text: str, message: str) -> Mask:
    """The mask for an answer of this message; a path it does not have is refused as Google refuses it."""
    tokens = _tokens(text)
    mask = _Parser(tokens, text).whole()
    _check(mask, message, "")
    return _settled(mask)


def wants(mask: Mask, *path: str) -> bool:
    """Whether an answer under this mask would show the path, or a part of it."""
    for name in path:
        if not mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True


def below(mask: Mask, name: str) -> Mask:
    """What is wanted of a field that is wanted."""
    return mask.get(name, EVERYTHING)


def common(mask: Mask, other: Mask) -> Mask | None:
    """What both masks want; None where that is nothing."""
    if not mask or not other:
        return mask or other
    parts = {name: common(inner, other[name]) for name, inner in mask.items() if name in other}
    return {name: inner for name, inner in parts.items() if inner is not None} or None


def project(value: Any, mask: Mask) -> Any:
    if not mask:
        return value
    if isinstance(value, list):
        return [project(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: project(inner, mask[name]) for name, inner in value.items() if name in mask}


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise unknown_field_path(text)
        tokens.append(match[1])
        at = match.end()
    if len(tokens) > _MAX_TOKENS:
        raise unknown_field_path(text)
    return tokens


class _Parser:
    """selection = path {"," path}; path = name {("." | "/") name} ["(" selection ")"]; a name may be "*"."""

    def __init__(self, tokens: list[str], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.at = 0

    def whole(self) -> Mask:
        mask = self.selection()
        if self.at != len(self.tokens):
            raise unknown_field_path(self.text)
        return mask

    def selection(self) -> Mask:
        mask: Mask = {}
        self.path(mask)
        while self.accept(","):
            self.path(mask)
        return mask

    def path(self, mask: Mask) -> None:
        inner = mask.setdefault(self.name(), {})
        while self.accept(".") or self.accept("/"):
            inner = inner.setdefault(self.name(), {})
        if self.accept("("):
            for name, sub in self.selection().items():
                _merge(inner.setdefault(name, {}), sub)
            if not self.accept(")"):
                raise unknown_field_path(self.text)
        else:
            inner.setdefault("*", {})

    def name(self) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] not in ",./()":
            self.at += 1
            return self.tokens[self.at - 1]
        raise unknown_field_path(self.text)

    def accept(self, token: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == token:
            self.at += 1
            return True
        return False


def _merge(into: Mask, other: Mask) -> None:
    for name, inner in other.items():
        _merge(into.setdefault(name, {}), inner)


def _settled(mask: Mask) -> Mask:
    """A selected "*" means everything, whatever else was named beside it."""
    if "*" in mask:
        return EVERYTHING
    return {name: _settled(inner) for name, inner in mask.items()}


def _check(mask: Mask, message: str, path: str) -> None:
    known = fields_of(message)
    for name, inner in mask.items():
        if name == "*":
            continue
        here = f"{path}.{name}" if path else name
        if known is None or name not in known:
            raise unknown_field_path(here)
        kind = known[name].removesuffix("[]")
        if kind != "any" and values_of(kind) is None:
            _check(inner, kind, here)
