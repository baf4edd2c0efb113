"""Finding objectives by what people type: any word order, any case, with or without Vietnamese marks. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sync.domain.keys import key_of
from sync.domain.okr import KeyResult, Objective

_MARKS = re.compile("[\u0300-\u036f]")
_BETWEEN = "\n"


@dataclass(frozen=True, slots=True)
class Texts:
    """What is searched of one thing, such as an objective with its key results: as compared, and without marks."""

    exact: str
    plain: str


def texts_of(objectives: Iterable[Objective], key_results: Mapping[str, Sequence[KeyResult]]) -> Mapping[str, Texts]:
    """The texts of every objective, by key."""
    found: dict[str, Texts] = {}
    for objective in objectives:
        own = (objective.text, objective.id, objective.owner, objective.unit)
        parts = (text for part in key_results.get(objective.key, ()) for text in (part.text, part.id, part.owner))
        found[objective.key] = searched((*own, *parts))
    return found


def searched(texts: Iterable[str]) -> Texts:
    """Texts together, as they are searched."""
    exact = _BETWEEN.join(map(key_of, texts))
    return Texts(exact, plain(exact))


def plain(text: str) -> str:
    """A compared text without the marks over and under its letters: "chất lượng" is "chat luong"."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d"))


class Query:
    """What somebody typed. A word with marks is meant as it is written; one without them finds both."""

    def __init__(self, typed: str) -> None:
        words = key_of(typed).split()
        self._marked = [word for word in words if plain(word) != word]
        self._plain = [word for word in words if plain(word) == word]

    def finds(self, texts: Texts) -> bool:
        """Whether every word stands somewhere in the texts."""
        return all(word in texts.plain for word in self._plain) and all(word in texts.exact for word in self._marked)

    def is_in(self, text: str) -> bool:
        """Whether every word stands in this one text."""
        return self.finds(folded(text))


@lru_cache(maxsize=2**15)
def folded(text: str) -> Texts:
    """Of the many names and lines that one search after the other looks through, each is folded once."""
    return searched((text,))
