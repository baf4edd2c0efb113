"""Numbers as people type them into cells: "18.000 USD", "45,5%", "≤ 20 phút", "1,2 tỷ", "$1.2M", "3/5".

Reads one text in one number language. What can be read in two ways is refused with both readings, never guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from sync.domain.keys import key_of

LARGEST = Decimal(10) ** 30
SMALLEST = Decimal(10) ** -30
# Nobody types more digits than these; Python's own arithmetic drops all behind the 28th.
_EXACT = Context(prec=120)
# A number of any size with all the decimals that are shown.
_WIDEST = 100
_LARGEST, _SMALLEST, _LARGEST_WHOLE = float(LARGEST), float(SMALLEST), int(LARGEST)

# How many texts are remembered with what was read in them: cells repeat themselves, and tabs are read again and again.
REMEMBERED = 32_768

AT_MOST_MARKS = ("≤", "<")

_LIMITS = {
    "≤": (
        "≤", "<=", "=<", "tối đa", "không quá", "không vượt quá", "không hơn", "trong vòng", "at most", "no more than",
        "not more than", "stay below", "within", "máximo", "como máximo", "no máximo", "no más de", "au plus",
        "höchstens",
    ),
    "≥": ("≥", ">=", "=>", "tối thiểu", "ít nhất", "at least", "no less than", "mínimo"),
    "<": (
        "<", "dưới", "nhỏ hơn", "ít hơn", "thấp hơn", "less than", "fewer than", "lower than", "below", "under",
        "menos de", "abaixo de", "moins de", "unter",
    ),
    ">": (">", "trên", "hơn", "lớn hơn", "cao hơn", "more than", "above", "over"),
}  # fmt: skip
# Those that stand behind their number: "20 phút trở xuống", "5%以下".
_LIMITS_BEHIND = {
    "≤": ("trở xuống", "trở lại", "or less", "or fewer", "or below", "以下", "以内"),
    "≥": ("trở lên", "or more", "or above", "以上"),
    "<": ("未満",),
}
_LIMIT = re.compile(
    "(" + "|".join(re.escape(word) for words in _LIMITS.values() for word in sorted(words, key=len, reverse=True)) + ")"
)
_LIMIT_AT_END = re.compile(rf"(?<!\w){_LIMIT.pattern}\s*$")
_MARK_OF = {word: mark for limits in (_LIMITS, _LIMITS_BEHIND) for mark, words in limits.items() for word in words}
_LIMIT_BEHIND = re.compile(r"\s*(" + "|".join(word for words in _LIMITS_BEHIND.values() for word in words) + r")\s*$")

_MULTIPLIERS = {
    "trăm": 2, "k": 3, "nghìn": 3, "ngàn": 3, "thousand": 3, "mil": 3, "千": 3, "万": 4,
    "triệu": 6, "tr": 6, "million": 6, "mio": 6, "mn": 6, "億": 8,
    "tỷ": 9, "tỉ": 9, "billion": 9, "bn": 9, "兆": 12,
}  # fmt: skip
# One capital letter is a multiplier; the small letters are metres, minutes and bits.
_CAPITALS = {"K": 3, "M": 6, "B": 9}

_CURRENCIES = {
    "$": "usd", "us$": "usd", "r$": "brl", "€": "eur", "£": "gbp", "¥": "jpy", "円": "jpy",
    "₫": "vnd", "đ": "vnd", "đồng": "vnd", "vnđ": "vnd",
}  # fmt: skip
_UNITS = {
    "h": "hour", "hr": "hour", "hrs": "hour", "hours": "hour", "giờ": "hour",
    "min": "minute", "mins": "minute", "minutes": "minute", "phút": "minute",
    "d": "day", "days": "day", "ngày": "day", "percent": "%", "phần trăm": "%",
}  # fmt: skip

_NUMBER = r"[+\-−]?\s?[0-9](?:[0-9.,'’ ]*[0-9])?"
# "m2" and "m³" are units too.
_SUFFIX = r"(?:[^0-9]|(?<=m)[23]){0,40}"
_PREFIX = r"(?P<prefix>(?:[A-Z]{0,2}[$€£¥₫]|[A-Z]{3})?)\s*"
_AMOUNT = re.compile(rf"{_PREFIX}(?P<number>{_NUMBER})\s*(?P<suffix>{_SUFFIX})", re.DOTALL)
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<own>[^0-9;–—.-]{{0,12}}?)\s*(?:;|–|—|-|\.\.\.|đến|to)"
    rf"\s*(?P<high>{_NUMBER})\s*(?P<suffix>{_SUFFIX})"
)
# "10²" would become 102.
_POWER = re.compile(r"[0-9][⁰¹²³⁴⁵⁶⁷⁸⁹]")
# Two numbers on two lines are not one with a blank in it.
_TWO_LINES = re.compile(r"[0-9]\s*[\n\r]\s*[0-9]")
_SPACED = re.compile("[ ']")
_SPACED_GROUPS = re.compile(r"\d{1,3}([ '])\d{3}(\1\d{3})*([.,]\d+)?")
_STEPS = re.compile(r"([0-9]+)\s*/\s*([0-9]+)")


@dataclass(frozen=True, slots=True)
class Number:
    """A text read as a number. `unit` is in a form that can be compared; a percentage is a fraction.

    `size` is the power of ten that words such as "tỷ" stand for.
    """

    value: Decimal
    unit: str = ""
    limit: str = ""
    upper: Decimal | None = None
    steps: Decimal | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text that is no number; with `readings` where it could be two."""

    readings: tuple[Decimal, ...] = ()


# Of each locale there is one (`number_language`), which what is remembered of texts is looked up by.
@dataclass(frozen=True, slots=True, eq=False)
class NumberLanguage:
    """How numbers are written: the decimal sign and the grouping sign of a locale such as vi_VN."""

    locale: str
    decimal: str
    group: str

    def show(self, value: Decimal) -> str:
        """A number as a person would type it in this language."""
        return _shown(str(value), self.locale)

    def unmistakable(self, value: Decimal) -> str:
        """A number written so that it has one reading only: no grouping, never exactly three decimals."""
        text = f"{value:f}"
        whole, _, decimals = text.partition(".")
        return f"{whole}{self.decimal}{decimals}{'0' * (len(decimals) == 3)}" if decimals else whole


@lru_cache(maxsize=REMEMBERED)
def _shown(value: str, locale: str) -> str:
    with localcontext() as context:
        context.prec = _WIDEST
        return format_decimal(Decimal(value), "#,##0.##########", locale=locale)


@lru_cache(maxsize=64)
def number_language(locale: str) -> NumberLanguage:
    """The number language of a locale. Raises ValueError for a locale that nobody knows."""
    try:
        known = str(Locale.parse(locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"{locale!r} is not a language of numbers such as vi_VN or en_US") from None
    return NumberLanguage(known, get_decimal_symbol(known), get_group_symbol(known))


def shown_in(locale: str, otherwise: NumberLanguage) -> NumberLanguage:
    """How Sheets shows the numbers of a spreadsheet, in whatever language people type them into texts."""
    try:
        return number_language(locale)
    except ValueError:
        return otherwise


@lru_cache(maxsize=REMEMBERED)
def parse_number(text: str, language: NumberLanguage) -> Number | Unreadable:
    """Read a text that is not blank."""
    if _POWER.search(text) or _TWO_LINES.search(text):
        return Unreadable()
    plain = simplified(text)
    steps = _STEPS.fullmatch(plain)
    if steps:
        done, total = Decimal(steps[1]), Decimal(steps[2])
        return Number(done, steps=total) if _in_measure(done) and _in_measure(total) else Unreadable()
    limit, rest = _limit(plain)
    match = _AMOUNT.fullmatch(rest)
    if match:
        return _amount(match, limit, language)
    between = _RANGE.fullmatch(rest)
    return _range(between, language) if between else Unreadable()


def from_cell(value: float) -> Decimal | None:
    """The number of a numeric cell exactly as it was typed; None where it is not finite or out of all measure."""
    if isinstance(value, float):
        return _fraction(value) if value else Decimal(repr(value))
    return _whole(value) if abs(value) <= _LARGEST_WHOLE else None


# Most sheets say 0, 1 and 100 in every row: each is one object.
_whole = lru_cache(maxsize=REMEMBERED)(Decimal)


# Never of 0.0, which is equal to -0.0 and written otherwise.
@lru_cache(maxsize=REMEMBERED)
def _fraction(value: float) -> Decimal | None:
    return Decimal(repr(value)) if _SMALLEST <= abs(value) <= _LARGEST else None


def simplified(text: str) -> str:
    """A text as numbers are looked for in it: full-width forms to plain ones, no invisible characters, any white space
    to one blank.
    """
    composed = text if text.isascii() else unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text))
    if not composed.isprintable():
        composed = "".join(char for char in composed if unicodedata.category(char) != "Cf")
    return " ".join(composed.split())


def _limit(text: str) -> tuple[str, str]:
    """The limit mark before or behind a number, and the text without it."""
    folded = text.casefold()
    match = _LIMIT.match(folded)
    if match:
        return _MARK_OF[match[0]], text[match.end() :].lstrip()
    behind = _LIMIT_BEHIND.search(folded)
    return (_MARK_OF[behind[1]], text[: behind.start()]) if behind else ("", text)


def limit_before(text: str) -> str:
    """The limit mark at the end of what stands before a number; empty where there is none."""
    match = _LIMIT_AT_END.search(simplified(text).casefold()) if text else None
    return _MARK_OF[match[1]] if match else ""


def limit_word(text: str) -> str:
    """The limit mark that a text is, and nothing else; empty where it is none."""
    return _MARK_OF.get(simplified(text).casefold(), "")


def names_limit(sentence: str) -> bool:
    """Whether one of the limit marks stands anywhere in a simplified text."""
    return _LIMIT.search(sentence.casefold()) is not None


def _amount(match: re.Match[str], limit: str, language: NumberLanguage) -> Number | Unreadable:
    value = _value(match["number"], language)
    if isinstance(value, Unreadable):
        return value
    unit, power = _unit(match["prefix"], match["suffix"])
    value = _EXACT.scaleb(value, power)
    return Number(value, unit, limit, size=max(power, 0)) if _in_measure(value) else Unreadable()


def _range(match: re.Match[str], language: NumberLanguage) -> Number | Unreadable:
    low, high = _value(match["low"], language), _value(match["high"], language)
    if isinstance(low, Unreadable) or isinstance(high, Unreadable):
        return low if isinstance(low, Unreadable) else Unreadable()
    unit, power = _unit("", match["suffix"])
    if match["own"] and _unit("", match["own"]) != (unit, power):
        return Unreadable()  # "20 phút - 2 giờ" is no range in one unit
    low, high = _EXACT.scaleb(low, power), _EXACT.scaleb(high, power)
    return Number(low, unit, upper=high, size=max(power, 0)) if _in_measure(low) and _in_measure(high) else Unreadable()


def _value(written: str, language: NumberLanguage) -> Decimal | Unreadable:
    """Strictly by the language: groups of three, one decimal sign."""
    digits = written.replace("−", "-").replace("’", "'")
    negative, digits = digits.startswith("-"), digits.lstrip("+- ")
    if _SPACED.search(digits):
        if not _SPACED_GROUPS.fullmatch(digits):
            return Unreadable()
        digits = _SPACED.sub("", digits)
    decimal, group = language.decimal, "." if language.decimal == "," else ","
    value = _read(digits, decimal, group)
    other = _read(digits, group, decimal)
    if value is None:
        merged = Decimal(re.sub("[.,]", "", digits))
        return _either(negative, other, merged) if other is not None and other != merged else Unreadable()
    if other is not None and other != value and re.fullmatch(rf"[1-9]\d{{0,2}}\{decimal}\d{{3}}", digits):
        return _either(negative, value, other)
    return _EXACT.minus(value) if negative else value


def _either(negative: bool, *readings: Decimal) -> Unreadable:
    return Unreadable(tuple(_EXACT.minus(reading) if negative else reading for reading in readings))


def _read(digits: str, decimal: str, group: str) -> Decimal | None:
    if not _written(decimal, group).fullmatch(digits):
        return None
    return Decimal(digits.replace(group, "").replace(decimal, "."))


@lru_cache(maxsize=16)
def _written(decimal: str, group: str) -> re.Pattern[str]:
    return re.compile(rf"(\d+|\d{{1,3}}(\{group}\d{{3}})+)(\{decimal}\d+)?")


def _unit(prefix: str, suffix: str) -> tuple[str, int]:
    """The unit in comparable form, and the power of ten that the words beside the number stand for."""
    suffix, power = suffix.strip(), 0
    first, _, rest = suffix.partition(" ")
    if first in _CAPITALS:
        power, suffix = _CAPITALS[first], rest
    elif key_of(first) in _MULTIPLIERS:
        while key_of(first) in _MULTIPLIERS:  # "2 nghìn tỷ"
            power, suffix = power + _MULTIPLIERS[key_of(first)], rest
            first, _, rest = suffix.partition(" ")
    elif suffix[:1] in ("億", "万", "千", "兆"):
        power, suffix = _MULTIPLIERS[suffix[0]], suffix[1:]
    if suffix.startswith("%"):
        return "%", power - 2
    unit = key_of(suffix).strip(" .,()") or key_of(prefix)
    unit = _CURRENCIES.get(unit, _UNITS.get(unit, unit))
    return ("%", power - 2) if unit == "%" else (unit, power)


def _in_measure(number: Decimal) -> bool:
    return number == 0 or SMALLEST <= abs(number) <= LARGEST
