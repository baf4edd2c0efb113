"""A configuration's file as TOML tables, or the one fault that keeps it from being read, with what to write instead.

Knows how files are saved and how TOML is mistyped, not what may be said in one.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from sync.config_faults import Fault

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CURLY = str.maketrans(dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‘’‚‛′", "'"))
_COMMA = re.compile(r"(?<==)(\s*-?\d+),(\d+)(?=\s*(?:#|$))")
_BACKSLASH = re.compile(r'"([^"\']*\\[^"\']*)"')
_IN_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TWICE = re.compile(r"Cannot declare \((.+)\) twice")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of the file. Raises Fault."""
    try:
        text = _decoded(path.read_bytes())
    except FileNotFoundError:
        raise Fault("no-file") from None
    except OSError as error:
        raise Fault("unreadable", why=error.strerror) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _mistyped(text, str(error)) from None


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
    """What was most likely meant in the line where the parser stumbled."""
    if twice := _TWICE.search(why):
        return Fault("header-twice", name=".".join(re.findall(r"'([^']+)'", twice[1])))
    found = _IN_LINE.search(why)
    number = int(found[1]) if found else 0
    line = text.split("\n")[number - 1].strip() if number else ""
    straight = line.translate(_CURLY)
    if straight != line:
        return Fault("curly-quotes", line=number, mended=straight)
    if _COMMA.search(line):
        return Fault("decimal-comma", line=number, mended=_COMMA.sub(r"\1.\2", line))
    if _BACKSLASH.search(line):
        return Fault("backslash", line=number, mended=_BACKSLASH.sub(r"'\1'", line))
    return Fault("not-toml", why=why)
