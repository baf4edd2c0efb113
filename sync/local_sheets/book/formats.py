"""What a cell shows: its value under its number format in the spreadsheet's locale. It reads nothing typed.

Patterns are Sheets' own (`#,##0.00`, `0%`, `dd/mm/yyyy`, `[$₫]#,##0`, sections after `;`). Digits and grouping,
month names and symbols come from Babel. Colours and conditions in brackets are skipped.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from math import isfinite
from typing import Any

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import (
    format_decimal,
    get_currency_symbol,
    get_decimal_symbol,
    get_territory_currencies,
)

from sync.local_sheets.book.book import ErrorValue, Format, Value

EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
DATE_TYPES = ("DATE", "TIME", "DATE_TIME")

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.', re.DOTALL)
_NUMBER_CORE = re.compile(r"[#0?][#0?,.]*(?:[eE][+-]?0+)?")
_DATE_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|y+|m+|d+|h+|s+|am/pm|a/p|.', re.IGNORECASE | re.DOTALL)
_MAX_PLACES = 30
_LAST_DAY = 2_958_465  # 9999-12-31


def parse_locale(name: str) -> Locale:
    """Raises ValueError for what Babel does not know."""
    try:
        return Locale.parse(name)
    except Exception as error:  # Babel has an exception of its own for each way to be wrong
        raise ValueError(f"unknown locale {name!r}") from error


def formatted(value: Value, form: Format | None, locale: str) -> str:
    """FORMATTED_VALUE; the empty text for an empty cell."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, ErrorValue):
        return value.code
    number_format = (form or {}).get("numberFormat")
    if not number_format:
        return _general(value, locale)
    kind = number_format.get("type", "")
    return _formatted_number(value, kind, number_format.get("pattern", ""), locale)


def is_date(form: Format | None) -> bool:
    return (form or {}).get("numberFormat", {}).get("type") in DATE_TYPES


def with_pattern(form: Format, locale: str) -> dict[str, Any]:
    """The effective format: a number format always has a pattern there."""
    number_format = form.get("numberFormat")
    if not number_format or number_format.get("pattern"):
        return dict(form)
    pattern = default_pattern(number_format.get("type", ""), locale)
    return {**form, "numberFormat": {**number_format, "pattern": pattern}}


@lru_cache(maxsize=256)
def default_pattern(kind: str, locale: str) -> str:
    if kind == "CURRENCY":
        return _currency_pattern(locale)
    if kind in DATE_TYPES:
        date = _date_pattern(locale)
        return {"DATE": date, "TIME": "h:mm:ss am/pm", "DATE_TIME": f"{date} h:mm:ss"}[kind]
    return {"PERCENT": "0.00%", "NUMBER": "#,##0.00", "SCIENTIFIC": "0.00E+00", "TEXT": "@"}.get(kind, "")


def _date_pattern(locale: str) -> str:
    """The locale's short date with all four digits of the year, in Sheets' letters."""
    return re.sub("y+", "yyyy", parse_locale(locale).date_formats["short"].pattern).replace("M", "m")


def _currency_pattern(locale: str) -> str:
    parsed = parse_locale(locale)
    currency = get_territory_currencies(parsed.territory)[0] if parsed.territory else "USD"
    symbol = get_currency_symbol(currency, locale=parsed)
    after = parsed.currency_formats["standard"].pattern.rstrip().endswith("¤")
    return f'#,##0.00\\ "{symbol}"' if after else f'"{symbol}"#,##0.00'


@lru_cache(maxsize=8192)
def _formatted_number(value: int | float, kind: str, pattern: str, locale: str) -> str:
    pattern = pattern or default_pattern(kind, locale)
    if pattern in ("", "@", "General"):
        return _general(value, locale)
    section, value = _section(pattern, value)
    if kind in DATE_TYPES:
        return _date(value, section, locale) if 0 <= value < _LAST_DAY + 1 else _general(value, locale)
    return _numeric(value, section, locale)


def _section(pattern: str, value: int | float) -> tuple[str, int | float]:
    """Positive;negative;zero. A section for negative numbers writes its own sign."""
    parts = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', pattern) or [pattern]
    if value < 0 and len(parts) > 1:
        return parts[1], -value
    return (parts[2] if value == 0 and len(parts) > 2 else parts[0]), value


def _numeric(value: int | float, section: str, locale: str) -> str:
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(next((text for text in match.groups() if text), ""))
        return "\x00"

    # Literals are taken out first, so that a digit or a percent sign inside quotes means nothing.
    bare = _LITERAL.sub(keep, section)
    core = _NUMBER_CORE.search(bare)
    if core is None:
        return _filled(bare, literals)
    before, after = bare[: core.start()], bare[core.end() :]
    scaled = value * 100.0 ** min((before + after).count("%"), 9)
    if not isfinite(scaled):
        return _general(value, locale)
    digits = _digits(scaled, core[0].replace("?", "#"), locale)
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    return sign + _filled(before, literals) + digits + _filled(after, literals[before.count("\x00") :])


def _filled(text: str, literals: list[str]) -> str:
    remaining = iter(literals)
    return re.sub("\x00", lambda _: next(remaining, ""), text)


def _digits(value: int | float, core: str, locale: str) -> str:
    mantissa, exponent = re.fullmatch(r"([^eE]*)(?:[eE]\+?(.*))?", core, re.DOTALL).groups()  # type: ignore[union-attr]
    if exponent:
        shown = f"{value:.{min(len(mantissa.partition('.')[2]), _MAX_PLACES)}E}"
        return shown.replace(".", get_decimal_symbol(parse_locale(locale)))
    thousands = min(len(mantissa) - len(mantissa.rstrip(",")), 9)
    whole, dot, fraction = mantissa.rstrip(",").partition(".")
    grouped = "," in whole
    zeros = whole.count("0")
    whole = "#" * max(4 - zeros, 0) + "0" * zeros
    if grouped:
        whole = f"{whole[:-3]},{whole[-3:]}"
    always = min(fraction.rfind("0") + 1, _MAX_PLACES)
    places = min(len(fraction), _MAX_PLACES)
    pattern = whole + dot + "0" * always + "#" * (places - always)
    # Through text: half of 0.125 must be seen as a decimal half, and Sheets rounds it away from zero.
    return _round_half_up(repr(value / 1000**thousands), places, pattern, locale)


def _round_half_up(text: str, places: int, pattern: str, locale: str) -> str:
    with localcontext() as context:
        context.prec = 400  # a double has up to 309 digits before the point
        rounded = Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return str(format_decimal(rounded, format=pattern, locale=parse_locale(locale)))


def _general(value: int | float, locale: str) -> str:
    """As many digits as it takes, ten decimals at most, no grouping."""
    if isinstance(value, int):
        return str(value)
    if value != 0 and not 1e-9 <= abs(value) < 1e15:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        text = f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    else:
        text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text.replace(".", _decimal_symbol(locale))


@lru_cache(maxsize=64)
def _decimal_symbol(locale: str) -> str:
    return get_decimal_symbol(parse_locale(locale))


def _date(serial: int | float, pattern: str, locale: str) -> str:
    moment = EPOCH + timedelta(milliseconds=round(serial * 86_400_000))
    return str(format_datetime(moment, _cldr(pattern), locale=parse_locale(locale)))


def _cldr(pattern: str) -> str:
    """Sheets' date letters as Unicode's; `m` is minutes beside hours or seconds."""
    tokens = _DATE_TOKEN.findall(pattern)
    twelve = any(token.lower() in ("am/pm", "a/p") for token in tokens)
    clock = [token[0].lower() for token in tokens if token[0].lower() in "ymdhs"]
    out, seen = [], 0
    for token in tokens:
        letter = token[0].lower()
        if letter in "ymdhs":
            minutes = letter == "m" and ("h" in clock[max(seen - 1, 0) : seen] or "s" in clock[seen + 1 : seen + 2])
            out.append(_cldr_field(letter, len(token), minutes, twelve))
            seen += 1
        elif token.lower() in ("am/pm", "a/p"):
            out.append("a")
        elif not token.startswith("["):
            text = token[1:] if token.startswith("\\") else token.strip('"')
            out.append("'" + text.replace("'", "''") + "'" if text else "")
    return "".join(out).replace("''", "") if "'" not in pattern else "".join(out)


def _cldr_field(letter: str, length: int, minutes: bool, twelve: bool) -> str:
    if letter == "m":
        return "m" * min(length, 2) if minutes else "M" * min(length, 5)
    if letter == "y":
        return "yy" if length <= 2 else "yyyy"
    if letter == "d":
        return {1: "d", 2: "dd", 3: "EEE"}.get(length, "EEEE")
    if letter == "h":
        return ("h" if twelve else "H") * min(length, 2)
    return "s" * min(length, 2)
