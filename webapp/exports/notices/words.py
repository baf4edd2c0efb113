"""Sentences and lines of messages. What people wrote in cells is plain text in every channel, whatever it looks like.

Channels differ in what they make of a text, and some take no escapes. So a mark that any of them reads as markup, as a
mention or as an address becomes one that looks like it and means nothing.
"""

import re
import unicodedata
from dataclasses import dataclass

from webapp.reader.languages import Words

MOST_LINES = 10
LONGEST = 90
# It takes no room, and no channel reads on over it.
_JOINER = "\u2060"
_ALIKE = str.maketrans(
    {"<": "‹", ">": "›", "*": "∗", "`": "ˋ", "~": "∼", "[": "［", "]": "］", "|": "¦", "\\": "＼", "#": "＃"}
)
# Between a mark and what makes a mention, an entity or an address of it.
_MEANING = re.compile(r"(?<=@)(?=\S)|(?<=://)|(?<=&)(?=[\w#])|(?<=\w\.)(?=[^\W\d_])")
# At the edge of a word it is emphasis, within one it is a part of a name.
_EDGE = re.compile(r"(?<!\w)_+|_+(?!\w)")


def plain(text: str, longest: int = LONGEST) -> str:
    """A text from a cell on one line, cut where it is long, that no channel takes for anything but text."""
    visible = "".join(char if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co") else " " for char in text)
    line = " ".join(visible.split())
    line = line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
    line = _EDGE.sub(lambda found: "ˍ" * len(found[0]), line.translate(_ALIKE))
    return _MEANING.sub(_JOINER, line)


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Sentences in a language; every text among their values is plain."""

    words: Words

    def gettext(self, message: str, **values: object) -> str:
        return self.words.gettext(message, **_plain(values))

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """The form that fits `count`, which the text may name as %(count)s."""
        return self.words.ngettext(one, many, count, **_plain(values))


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: plain(value) if isinstance(value, str) else value for name, value in values.items()}


def lines(*found: str) -> str:
    """A message of these lines, without empty ones; the last line, which is a link, is never the one left out."""
    kept = [line for line in found if line]
    if len(kept) > MOST_LINES:
        kept = [*kept[: MOST_LINES - 1], kept[-1]]
    return "\n".join(kept)
