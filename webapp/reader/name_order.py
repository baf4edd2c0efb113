"""The order in which Vietnamese readers look for names: ă after a, đ after d, tones last of all. Pure."""

import unicodedata

_ALPHABET = " aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: place for place, letter in enumerate(_ALPHABET)}
# As dictionaries have them: none, falling, asking, broken, rising, heavy.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def name_order(name: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """To sort by: letters first, whatever their case; tones only between names of the same letters."""
    parts = unicodedata.normalize("NFD", name.casefold())
    letters = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    places = tuple(_PLACE.get(letter, len(_PLACE) + ord(letter)) for letter in letters)
    return places, _tones(parts), name


def _tones(parts: str) -> tuple[int, ...]:
    """The tone of each letter, 0 for none."""
    found: list[int] = []
    for part in parts:
        if part in _TONES:
            found[-1:] = [_TONES[part]]
        elif not unicodedata.combining(part):
            found.append(0)
    return tuple(found)
