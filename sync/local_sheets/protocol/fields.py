"""`fields` masks: parsing, checking against the messages, and projecting an answer. It builds no answer itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

from sync.local_sheets.errors import ApiError, bad_mask, unknown_field_path, unknown_selection
from sync.local_sheets.protocol.messages import fields_of

# Which fields are wanted, by name; an empty mask means everything below.
Mask: TypeAlias = dict[str, "Mask"]
EVERYTHING: Mask = {}

_TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*|[*,./()])")
# A dot, or a place between separators where a name should be.
_NO_SELECTION = re.compile(r"[.]|(?:^|[,(/])\s*(?:$|[,)/])|[)]\s*[^,)\s]")
_MAX_TOKENS = 400  # deeper nesting than any real mask, and well within what recursion can take

_Path: TypeAlias = tuple[str, ...]


# A client asks with the same few again and again.
@lru_cache(maxsize=64)
def parse(text: str, message: str) -> Mask:
    """The mask for an answer of this message; a path it does not have is refused as Google refuses it."""
    return _mask(_Parser(_tokens(text), text).whole(), message, lambda path: unknown_field_path(".".join(path), text))


def parse_selection(text: str, message: str) -> Mask:
    """The same for Drive, which takes slashes and no dots, and refuses by the first name that it does not know."""
    try:
        paths = [] if _NO_SELECTION.search(text) else _Parser(_tokens(text), text).whole()
    except ApiError:
        paths = []
    if not paths:
        raise unknown_selection(text)
    return _mask(paths, message, lambda path: unknown_selection(_unknown(path, message)))


def _mask(paths: list[_Path], message: str, refusal: Callable[[_Path], ApiError]) -> Mask:
    mask: Mask = {}
    for path in paths:
        selected = _selected(path, message)
        if selected is None:
            raise refusal(path)
        _narrow(mask, selected)
    return mask


def _unknown(path: _Path, kind: str) -> str:
    for name in path:
        known = fields_of(kind) or {}
        if name not in known:
            return name
        kind = known[name].removesuffix("[]")
    return path[-1]


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
            raise unknown_field_path(text, text)
        tokens.append(match[1])
        at = match.end()
    if len(tokens) > _MAX_TOKENS:
        raise unknown_field_path(text, text)
    return tokens


class _Parser:
    """selection = path {"," path}; path = name {("." | "/") name} ["(" selection ")"]; a name may be "*"."""

    def __init__(self, tokens: list[str], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.at = 0

    def whole(self) -> list[_Path]:
        for unpaired, pair in ("()", ")("):
            if self.tokens.count(unpaired) > self.tokens.count(pair):
                shown = self.text.replace("/", ".")
                description = f"Invalid FieldMask '{shown}'. Cannot find matching '{pair}' for all '{unpaired}'."
                raise bad_mask(shown, description)
        paths = self.selection()
        if self.at != len(self.tokens):
            raise unknown_field_path(self.text, self.text)
        return paths

    def selection(self) -> list[_Path]:
        """A comma too many is none."""
        paths: list[_Path] = []
        while True:
            if self.at < len(self.tokens) and self.tokens[self.at] not in ",)":
                paths += self.path()
            if not self.accept(","):
                return paths

    def path(self) -> list[_Path]:
        names = [self.name()]
        while self.accept(".") or self.accept("/"):
            names.append(self.name())
        if not self.accept("("):
            return [tuple(names)]
        below = self.selection()
        if not self.accept(")"):
            raise unknown_field_path(self.text, self.text)
        return [(*names, *path) for path in below]

    def name(self) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] not in ",./()":
            self.at += 1
            return self.tokens[self.at - 1]
        raise unknown_field_path(self.text, self.text)

    def accept(self, token: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == token:
            self.at += 1
            return True
        return False


def _selected(path: _Path, kind: str) -> Mask | None:
    """What one path selects of a message; None where it names nothing. A "*" stands for any one name."""
    known = fields_of(kind)
    if path in ((), ("*",)) or kind == "any" or (known is None and set(path) == {"*"}):
        return EVERYTHING
    name, rest = path[0], path[1:]
    known = known or {}
    names = known if name == "*" else [name] if name in known else []
    found = {each: _selected(rest, known[each].removesuffix("[]")) for each in names}
    return {each: mask for each, mask in found.items() if mask is not None} or None


def _narrow(mask: Mask, other: Mask) -> None:
    """Both together, where what is narrower wins over what is wider."""
    for name, inner in other.items():
        _narrow(mask.setdefault(name, {}), inner)
