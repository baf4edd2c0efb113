"""A text as plain words, in which headers are compared with the words that are known.

Takes apart and leaves out; knows no word of any language.
"""

import re
import unicodedata

from sync.domain.keys import key_of


def plain(text: str) -> str:
    """A text as words: no accents, no punctuation, CamelCase and digits taken apart, "%" as a word."""
    spaced = "".join(
        f" {char}" if i and char.isupper() and text[i - 1].islower() else char for i, char in enumerate(text)
    )
    folded = unicodedata.normalize("NFD", key_of(spaced.replace("%", " percent ").replace("_", " ")))
    bare = "".join(char for char in folded if not unicodedata.combining(char)).replace("đ", "d")
    bare = re.sub(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])", " ", bare)
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())
