"""A sentence looked up in the language of whoever reads it."""

import io
from functools import cache
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from sync.domain.languages import Language

SOURCE: Language = "en"


@cache
def catalog(package: str, language: Language) -> NullTranslations:
    """The translations that a package of ours carries, compiled when they are first asked for."""
    if language == SOURCE:
        return NullTranslations()
    source = (files(package) / "translations" / language / "messages.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=language))
    compiled.seek(0)
    return Translations(compiled)


def gettext(message: str, language: Language) -> str:
    """A sentence of ours in a language; the English one where it has no other."""
    # What a catalog has for no text is its own head.
    return catalog("sync", language).gettext(message) if message else ""


def told(message: str, language: Language, /, **facts: object) -> str:
    """The same with its facts, which are named {so} in it."""
    return gettext(message, language).format_map(facts)
