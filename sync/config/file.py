"""A configuration's file as TOML tables, or the one fault that keeps it from being read, with what to write instead.

Knows how files are saved and how TOML is mistyped, not what may be said in one.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sync.config.faults import Fault

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CURLY = str.maketrans(dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‘’‚‛′", "'"))
_COMMA = re.compile(r"(?<==)(\s*-?\d+),(\d+)(?=\s*(?:#|$))")
_BACKSLASH = re.compile(r'"([^"\']*\\[^"\']*)"')
# A key that is no plain word, at the beginning of a line or of a part of an inline table.
_BARE_KEY = re.compile(r"""(?P<before>^\s*|[{,]\s*)(?P<key>[^\s"'=\[\]{},#.][^"'=\[\]{},#.]*?)(?=\s*=)""")
# How the parser ends what it says.
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_TWICE = re.compile(r"Cannot declare \((.+)\) twice")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of the file. Raises Fault."""
    try:
        text = _decoded(path.read_bytes())
    except FileNotFoundError:
        raise Fault("no-file") from None
    except OSError as error:
        raise Fault("unreadable", why=error.strerror) from None
    return parse_toml(text)


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of a file's text. Raises Fault."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _mistyped(text, str(error)) from None
    for value in _texts(tables):
        if "\0" in value:
            raise Fault("zero", value=value)
    return tables


def _texts(value: object) -> Iterator[str]:
    """Every text in a table, at whatever depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _decoded(data: bytes) -> str:
    # Without a mark at its beginning, UTF-16 shows itself by the zeros beside its plain letters.
    if data.startswith(_UTF16_MARKS) or b"\0" in data:
        raise Fault("not-utf8", encoding="UTF-16", place="")
    try:
        # A TOML parser counts "\r\n" as one character, and says where it stumbled.
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = Fault("in-line", number=data.count(b"\n", 0, error.start) + 1)
        raise Fault("not-utf8", encoding=Fault("code-page"), place=line) from None


def _mistyped(text: str, why: str) -> Fault:
    """What was most likely meant in the line where the parser stumbled: what lets it go on there."""
    if twice := _TWICE.search(why):
        return Fault("header-twice", name=".".join(re.findall(r"'([^']+)'", twice[1])))
    number = _line_in(why)
    lines = text.split("\n")
    for code, mended in _mended(lines[number - 1]) if number else ():
        if _stumbling_line("\n".join([*lines[: number - 1], mended, *lines[number:]])) != number:
            return Fault(code, line=number, mended=mended.strip())
    found = _PLACE.search(why)
    place = Fault("at-place", **found.groupdict()) if found and number else Fault("at-end")
    return Fault("not-toml", place=place, why=_PLACE.sub("", why))


def _mended(line: str) -> Iterator[tuple[str, str]]:
    """A line without each of the usual slips, with the fault that tells of it."""
    visible = "".join(map(_visible, line))
    yield "invisible", visible
    yield "curly-quotes", visible.translate(_CURLY)
    yield "decimal-comma", _COMMA.sub(r"\1.\2", line)
    yield "bare-key", _BARE_KEY.sub(_quoted_key, line)
    yield "backslash", _BACKSLASH.sub(r"'\1'", line)


def _quoted_key(found: re.Match[str]) -> str:
    before, key = found["before"], found["key"]
    return found[0] if re.fullmatch(r"[\w-]+", key, re.ASCII) else f'{before}"{key}"'


def _visible(char: str) -> str:
    """A blank of another kind is a plain one; what takes no room at all is nothing."""
    category = unicodedata.category(char)
    return "" if category == "Cf" else " " if category == "Zs" else char


def _stumbling_line(text: str) -> int:
    """The line in which the parser stumbles; 0 where it does not, or not in a line."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _line_in(str(error))
    return 0


def _line_in(why: str) -> int:
    found = _PLACE.search(why)
    return int(found["line"] or 0) if found else 0
