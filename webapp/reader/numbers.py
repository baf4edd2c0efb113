"""Numbers, amounts and moments as a reader of a language writes them. Decides nothing about what they mean."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from sync.domain.languages import Language
from sync.domain.okr import Amount
from sync.domain.scoring import rounded_score

PLAIN = "#,##0.######"
MOST_DIGITS = 18
MOST_DECIMALS = 6
NO_VALUE = "—"
DIGITS = re.compile(r"\s*[-+]?\d[\d.,]*\s*")
MOMENTS: dict[Language, str] = {"vi": "HH:mm, dd/MM/yyyy (z)", "en": "d MMM yyyy, HH:mm (z)"}
DAYS: dict[Language, str] = {"vi": "dd/MM/yyyy", "en": "d MMM yyyy"}


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of one language."""

    language: Language

    def number(self, value: Decimal) -> str:
        """As exact as a person reads it: six decimals at most, and none for nothing."""
        return self._formatted(value, PLAIN)

    def as_carried(self, value: Decimal) -> str:
        """With the decimals that the number carries, so that a rounded 0.30 stays 0.30; six at most."""
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or not -MOST_DECIMALS <= exponent < 0:
            return self.number(value)
        return self._formatted(value, "#,##0." + "0" * -exponent)

    def score(self, value: Decimal, decimals: int = 2) -> str:
        """A score on the 0–1 scale, rounded like the cell in the sheet."""
        return _score(rounded_score(value, decimals), decimals, self.language)

    def move(self, value: Decimal) -> str:
        """A difference between two scores as they are shown, with its sign: "+0.12"."""
        return ("+" if value > 0 else "−") + self.score(abs(value))

    def percent(self, value: Decimal) -> str:
        """A share of one as whole percents."""
        return format_percent(rounded_score(value, 2), format="0%", locale=self.language)

    def percentage(self, value: Decimal) -> str:
        """A fraction as a percentage: "45.5%"."""
        return self._formatted(value, "#,##0.##%")

    def amount(self, amount: Amount) -> str:
        """A number from a sheet in the reader's format; as it was typed where words or a currency stand beside it."""
        if amount.number is None or amount.limit or amount.upper is not None:
            return amount.text.strip() or NO_VALUE
        if amount.unit == "%":
            return self.percentage(amount.number)
        return self.number(amount.number) if _is_plain(amount) else amount.text.strip()

    def moment(self, moment: datetime) -> str:
        """Day and time in the server's zone, which is named, because the reader's zone is not known."""
        local = moment.astimezone().replace(second=0, microsecond=0)
        offset, zone = local.utcoffset() or timedelta(), local.tzname() or ""
        return _moment(local.replace(tzinfo=None), offset, zone, self.language)

    def day(self, day: date) -> str:
        """A day of the calendar."""
        return _day(day, self.language)

    def _formatted(self, value: Decimal, pattern: str) -> str:
        """What is too long to be read, and for Babel to write, as a power of ten."""
        if value.adjusted() > MOST_DIGITS:
            return f"{value:.3e}"
        return _decimal(str(value), pattern, self.language)


@lru_cache(maxsize=4096)
def _score(rounded: Decimal, decimals: int, language: Language) -> str:
    """There are few scores, and a page tells most of them many times."""
    return Formats(language)._formatted(rounded, "0." + "0" * decimals)


@lru_cache(maxsize=8192)
def _decimal(value: str, pattern: str, language: Language) -> str:
    """Babel takes its time for a number, and sheets are full of the same ones. By text, since 0 and -0 are equal."""
    return format_decimal(Decimal(value), format=pattern, locale=language)


@lru_cache(maxsize=4096)
def _day(day: date, language: Language) -> str:
    return format_date(day, format=DAYS[language], locale=language)


@lru_cache(maxsize=4096)
def _moment(local: datetime, offset: timedelta, zone: str, language: Language) -> str:
    """The page tells two moments of every spreadsheet, and most of them are those of the time before."""
    return format_datetime(local.replace(tzinfo=timezone(offset, zone)), format=MOMENTS[language], locale=language)


def _is_plain(amount: Amount) -> bool:
    """The cell held a number and nothing else, as a machine writes it or as a person does: "8.000" is 8,000 to some."""
    if DIGITS.fullmatch(amount.text):
        return True
    try:
        return not amount.text or Decimal(amount.text.replace(",", ".")) == amount.number
    except InvalidOperation:
        return False
