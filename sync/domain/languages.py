"""The languages in which people are spoken to."""

from typing import Literal

Language = Literal["vi", "en"]


LANGUAGES: tuple[Language, ...] = ("vi", "en")
