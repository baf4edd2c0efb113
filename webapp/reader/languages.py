"""The two languages of the page: which one a reader gets, and the words in it.

English texts are the keys; the Vietnamese ones stand in `translations/vi/messages.po`, compiled when the page starts.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from werkzeug.datastructures import LanguageAccept

from sync.domain.languages import LANGUAGES, Language

DEFAULT: Language = "vi"
SOURCE: Language = "en"
NAMES: Mapping[Language, str] = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class Words:
    """Texts in one language. Named values in a text are written %(name)s."""

    language: Language
    translations: NullTranslations

    def gettext(self, message: str, **values: object) -> str:
        return self.translations.gettext(message) % values

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        """The form that fits `count`, which the text may name as %(count)s."""
        return self.translations.ngettext(one, many, count) % {"count": count, **values}


def load_words() -> dict[Language, Words]:
    """Every language with its words."""
    return {language: Words(language, _translations(language)) for language in LANGUAGES}


def choose(asked: str | None, remembered: str | None, accepted: LanguageAccept) -> Language:
    """The language asked for in the address, else the one of last time, else the browser's, else Vietnamese."""
    for wish in (asked, remembered, accepted.best_match(LANGUAGES)):
        if wish in LANGUAGES:
            return wish
    return DEFAULT


def _translations(language: Language) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    source = (files("webapp") / "translations" / language / "messages.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=language))
    compiled.seek(0)
    return Translations(compiled)
