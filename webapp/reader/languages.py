"""The two languages of the page: which one a reader gets, and the words in it.

English texts are the keys; the Vietnamese ones stand in `webapp/translations/vi/messages.po`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.support import NullTranslations
from werkzeug.datastructures import LanguageAccept

from sync.domain.languages import LANGUAGES, Language
from sync.translations import catalog

DEFAULT: Language = "vi"
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
    return {language: Words(language, catalog("webapp", language)) for language in LANGUAGES}


def choose(asked: str | None, remembered: str | None, accepted: LanguageAccept) -> Language:
    """The language asked for in the address, else the one of last time, else the browser's, else Vietnamese."""
    for wish in (asked, remembered, accepted.best_match(LANGUAGES)):
        if wish in LANGUAGES:
            return wish
    return DEFAULT
