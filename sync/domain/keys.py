"""Keys: the form of a text that is compared, and short names for what several texts name together."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Grave, acute, tilde, hook above, dot below: the tones of Vietnamese. Other marks make other letters.
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


# What sheets of 20,000 rows say fits in, and no more: what is remembered is held as long as the process lives.
@lru_cache(maxsize=2**16)
def key_of(text: str) -> str:
    """The form of a text that is compared: two texts that look alike to a reader have one key.

    NFC, then NFKC (full-width forms), without format characters (zero-width, direction marks), white space
    collapsed, case folded. NFC first because macOS types Vietnamese in NFD.
    """
    if text.isascii():
        return " ".join(text.split()).casefold()
    if not text.isprintable():
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


@lru_cache(maxsize=16384)
def person_key(name: str) -> str:
    """The key of a person, "" without a name: as `key_of`, wherever in a syllable the tone is set (Huỷ and Hủy)."""
    compared = key_of(name)
    if not compared:
        return ""
    if not compared.isascii():
        compared = " ".join(map(_toned_at_its_end, unicodedata.normalize("NFD", compared).split(" ")))
    return identity("person", compared)


def _toned_at_its_end(syllable: str) -> str:
    return _TONE.sub("", syllable) + "".join(sorted(_TONE.findall(syllable)))


# Typed, because True and 1 are equal and have not the same text.
@lru_cache(maxsize=2**15, typed=True)
def identity(*parts: str | int) -> str:
    """A short, URL-safe key for what the parts name together; the same parts always give the same key."""
    joined = "\x1f".join(map(str, parts))
    return hashlib.blake2b(joined.encode(), digest_size=8).hexdigest()


def distinct(keys: Iterable[str]) -> tuple[str, ...]:
    """Without repeats, first come first."""
    return tuple(dict.fromkeys(keys))
