"""The languages in which people are spoken to, and the mark of what is to be said in them."""

from typing import Literal

Language = Literal["vi", "en"]

LANGUAGES: tuple[Language, ...] = ("vi", "en")


def N_(message: str) -> str:
    """Mark an English sentence that is translated where it is shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """Mark the two forms of what is counted."""
    return one, many
