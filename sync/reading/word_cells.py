"""From what a cell holds to what its word means: by the words of the mapping, then by those understood anyway.

A word that is in neither is told with what to add to the configuration, and nothing is guessed.
"""

import json
from dataclasses import dataclass
from typing import TypeVar, get_args

from sync.config.sources import WordSource
from sync.domain.keys import key_of
from sync.domain.problems import Problem, listed, problem
from sync.reading.found import FoundValue
from sync.reading.sources import TableReader
from sync.reading.words import Vocabulary

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads words of one tab, with its texts that mean "nothing"."""

    reader: TableReader
    nothing: frozenset[str]

    def read(
        self, found: FoundValue, source: WordSource[str], known: Vocabulary[T], field: str
    ) -> tuple[T | None, list[Problem]]:
        """What the word at a place means, None for no word; `field` is what people call the column."""
        word = key_of(found.text)
        own = {key_of(text): meaning for text, meaning in source.words.items()}
        # A sign such as "-" is a direction where the mapping says so, whatever it means elsewhere.
        if word == "" or (word in self.nothing and word not in own):
            return None, []
        # What a word of one's own may mean is always a word that is understood.
        meant = known.words.get(own.get(word, word))
        if meant is not None:
            return meant, []
        first, *others = _meanings(source)
        facts = {
            "text": found.text,
            "field": field,
            "known": listed(known.examples),
            "line": f'words = {{ {json.dumps(found.text, ensure_ascii=False)} = "{first}" }}',
            "others": listed(others),
        }
        return None, [problem("unknown-word", self.reader.told_at(found), **facts)]


def _meanings(source: WordSource[str]) -> tuple[str, ...]:
    """What a word of the field may mean, as the configuration calls it."""
    _, meaning = get_args(type(source).model_fields["words"].annotation)
    return get_args(meaning)
