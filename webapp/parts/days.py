"""A day out of a cell as a reader sees it. Pure."""

from sync.domain.rhythm import day_of
from webapp.reader.reader import Reader


def day_text(text: str, reader: Reader) -> str:
    """A date in the reader's format; anything else as it was written."""
    day = day_of(text)
    return reader.formats.day(day) if day else text
