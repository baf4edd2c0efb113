"""USER_ENTERED: what a text typed into a cell becomes, in the spreadsheet's locale.

Known: a formula ("="), forced text ("'"), TRUE and FALSE, plain numbers, percent, the locale's currency, and full
dates. Everything else stays text, where Google would try more: guessing here would make tests agree with our guess.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from babel.numbers import get_currency_symbol, get_decimal_symbol, get_group_symbol, get_territory_currencies

from sync.local_sheets.book.book import Formula, Value, number
from sync.local_sheets.book.formats import EPOCH, parse_locale

_DATE = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")


class Typed(NamedTuple):
    entered: Value | Formula
    number_format: dict[str, str] | None = None


class _Notation(NamedTuple):
    plain: re.Pattern[str]
    decimal: str
    groups: str
    currency: str
    order: str


def typed(text: str, locale: str) -> Typed:
    if text.startswith("'"):
        return Typed(text[1:] or None)
    if text.startswith("=") and len(text) > 1:
        return Typed(Formula(text))
    bare = text.strip()
    if bare.upper() in ("TRUE", "FALSE"):
        return Typed(bare.upper() == "TRUE")
    return _number(bare, _notation(locale)) or _date(bare, _notation(locale)) or Typed(text or None)


def _number(text: str, notation: _Notation) -> Typed | None:
    match = notation.plain.fullmatch(text)
    if match is None or (match["before"] and match["after"]) or (match["percent"] and _money(match)):
        return None
    digits = re.sub(f"[{re.escape(notation.groups)}]", "", match["digits"])
    whole, _, fraction = digits.partition(notation.decimal)
    try:
        # One reading of the text as a decimal, so that 70,5% is the double nearest to 0.705.
        exponent = int(match["exponent"] or 0) - (2 if match["percent"] else 0)
        value = number(float(f"{match['sign']}{whole or '0'}.{fraction or '0'}e{exponent}"))
    except ValueError:
        return None
    return Typed(value, _number_format(match, fraction, digits != match["digits"], notation))


def _money(match: re.Match[str]) -> bool:
    return bool(match["before"] or match["after"])


def _number_format(match: re.Match[str], fraction: str, grouped: bool, notation: _Notation) -> dict[str, str] | None:
    if match["percent"]:
        return {"type": "PERCENT", "pattern": "0.00%" if fraction else "0%"}
    if _money(match):
        digits, symbol = "#,##0.00" if fraction else "#,##0", f'"{notation.currency}"'
        return {"type": "CURRENCY", "pattern": symbol + digits if match["before"] else f"{digits}\\ {symbol}"}
    if match["exponent"]:
        return {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    if grouped:
        return {"type": "NUMBER", "pattern": "#,##0.00" if fraction else "#,##0"}
    return None


def _date(text: str, notation: _Notation) -> Typed | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    first, mark, second, third = match.groups()
    order = "ymd" if len(first) == 4 else notation.order
    parts = dict(zip(order, (first, second, third), strict=True))
    if len(parts["y"]) != 4:
        return None
    try:
        day = datetime(int(parts["y"]), int(parts["m"]), int(parts["d"]), tzinfo=UTC)
    except ValueError:
        return None
    pattern = mark.join({"y": "yyyy", "m": "m" * len(parts["m"]), "d": "d" * len(parts["d"])}[key] for key in order)
    return Typed((day - EPOCH).days, {"type": "DATE", "pattern": pattern})


@lru_cache(maxsize=64)
def _notation(locale: str) -> _Notation:
    parsed = parse_locale(locale)
    decimal, group = get_decimal_symbol(parsed), get_group_symbol(parsed)
    groups = " \u00a0\u202f" if group.isspace() else group
    currency = "$"
    if parsed.territory:
        currency = get_currency_symbol(get_territory_currencies(parsed.territory)[0], locale=parsed)
    d, g, c = re.escape(decimal), re.escape(groups), re.escape(currency)
    plain = re.compile(
        rf"(?P<sign>[+-]?)(?P<before>{c})?\s?"
        rf"(?P<digits>(?:[0-9]{{1,3}}(?:[{g}][0-9]{{3}})+|[0-9]+)(?:{d}[0-9]*)?|{d}[0-9]+)"
        rf"(?:[eE](?P<exponent>[+-]?[0-9]{{1,3}}))?\s?(?P<percent>%)?(?P<after>{c})?"
    )
    order = "".join(dict.fromkeys(re.sub("[^ymd]", "", parsed.date_formats["short"].pattern.lower())))
    return _Notation(plain, decimal, groups, currency, order)
