"""A language that inspect does not know: half of the words for headers taken away, at random by a seed."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from sync.reading.header_words import forget_words
from sync.reading.vocabulary import words_by_role


@contextmanager
def half_of_the_words(seed: int) -> Iterator[None]:
    """Within it, a header is understood by the other half only."""
    roles = cast(dict[str, dict[str, float]], words_by_role())
    all_words = {role: dict(words) for role, words in roles.items()}
    chosen = random.Random(seed)
    try:
        for words in roles.values():
            for word in chosen.sample(sorted(words), len(words) // 2):
                del words[word]
        forget_words()
        yield
    finally:
        for role, words in all_words.items():
            roles[role].clear()
            roles[role].update(words)
        forget_words()
