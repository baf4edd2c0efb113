"""Keys: the form of a text that is compared, and short names for what several texts name together."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """The form of a text that is compared: two texts that look alike to a reader have one key.

    NFC, then NFKC (full-width forms), without format characters (zero-width, direction marks), white space
    collapsed, case folded. NFC first because macOS types Vietnamese in NFD.
    """
    if text.isascii():
        return _SPACES.sub(" ", text).strip().casefold()
    if not text.isprintable():
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text)).casefold()
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", folded)).strip()


def identity(*parts: str | int) -> str:
    """A short, URL-safe key for what the parts name together; the same parts always give the same key."""
    joined = "\x1f".join(part if isinstance(part, str) else str(part) for part in parts)
    return hashlib.blake2b(joined.encode(), digest_size=8).hexdigest()


def distinct(keys: Iterable[str]) -> tuple[str, ...]:
    """Without repeats, first come first."""
    return tuple(dict.fromkeys(keys))
