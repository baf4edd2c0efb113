"""How cells look, in .xlsx terms and in Sheets' (`CellFormat`), both ways.

Kept: number format, font, its size, colour, bold, italic, strikethrough and underline, fill, alignment, wrapping,
borders. Left behind: patterns, gradients, rotated and rich text. A theme's colour arrives as the colour it is.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.xml.functions import fromstring

from sync.local_sheets.book.book import Format, single
from sync.local_sheets.book.formats import with_pattern

_CURRENCY_SIGNS = ("$", "€", "£", "¥", "₫", "₩", "₹")
# Excel's two built-in dates, by number, follow the system's locale; so does a date without a pattern.
_LOCALE_DATES = {"DATE": 14, "DATE_TIME": 22}
_SIDES = ("top", "bottom", "left", "right")
# Excel's names of lines; Sheets has six kinds.
_LINES = {
    "thin": "SOLID",
    "medium": "SOLID_MEDIUM",
    "thick": "SOLID_THICK",
    "double": "DOUBLE",
    **dict.fromkeys(("dotted", "hair"), "DOTTED"),
    **dict.fromkeys(("dashed", "mediumDashed", "slantDashDot"), "DASHED"),
    **dict.fromkeys(("dashDot", "dashDotDot", "mediumDashDot", "mediumDashDotDot"), "DASHED"),
}
_LINE_NUMBERS = {"SOLID": 1, "SOLID_MEDIUM": 2, "DASHED": 3, "DOTTED": 4, "SOLID_THICK": 5, "DOUBLE": 6}
_HORIZONTAL = {"left": "LEFT", "center": "CENTER", "centerContinuous": "CENTER", "right": "RIGHT"}
_VERTICAL = {"top": "TOP", "center": "MIDDLE"}
# The first four of a theme's colours are named in another order than they stand in.
_THEME_ORDER = (1, 0, 3, 2, *range(4, 12))


@dataclass(frozen=True, slots=True)
class Style:
    format: Format | None
    locked: bool


class Styles:
    """The styles of one workbook: equal ones share an object, so a column of 100,000 cells has one."""

    def __init__(self, workbook: Any) -> None:
        self.colors = Colors(workbook.loaded_theme)
        self._normal = workbook._fonts[0]
        self._known: dict[int, Style] = {}

    def of(self, cell: Any) -> Style:
        """Of a cell, or of a column or row as a whole."""
        key = cell.style_id
        if key not in self._known:
            self._known[key] = Style(self._format(cell), cell.protection.locked is not False)
        return self._known[key]

    def _format(self, cell: Any) -> Format | None:
        alignment = cell.alignment
        found = {
            **(number_format(cell.number_format) or {}),
            **_colored("backgroundColor", self._fill(cell.fill)),
            "borders": self._borders(cell.border),
            "horizontalAlignment": _HORIZONTAL.get(alignment.horizontal or ""),
            "verticalAlignment": _VERTICAL.get(alignment.vertical or ""),
            "wrapStrategy": "WRAP" if alignment.wrap_text else None,
            "textFormat": self._text(cell.font),
        }
        return {name: value for name, value in found.items() if value} or None

    def _fill(self, fill: Any) -> dict[str, Any] | None:
        return self.colors.of(fill.fgColor) if getattr(fill, "patternType", None) == "solid" else None

    def _borders(self, border: Any) -> dict[str, Any]:
        found = {}
        for name in _SIDES:
            side = getattr(border, name)
            if side is not None and side.style in _LINES:
                found[name] = {"style": _LINES[side.style], **_colored("color", self.colors.of(side.color) or {})}
        return found

    def _text(self, font: Any) -> dict[str, Any]:
        """A font and a size say something only where they are not those of the whole file; black is what text is."""
        family, size = font.name != self._normal.name, font.sz != self._normal.sz
        found = {
            **_colored("foregroundColor", self.colors.of(font.color) or None),
            "fontFamily": font.name if family else None,
            "fontSize": round(font.sz) if size and font.sz else None,
            "bold": font.b,
            "italic": font.i,
            "strikethrough": font.strike,
            "underline": bool(font.u and font.u != "none"),
        }
        return {name: value for name, value in found.items() if value}


class Colors:
    """The colours of a workbook as parts of 1, those of 0 left out; None for an automatic one."""

    def __init__(self, theme: bytes | None) -> None:
        self._theme: list[str] = _theme_codes(theme)

    def of(self, color: Any) -> dict[str, float] | None:
        code = None if color is None else self._code(color)
        if code is None:
            return None
        red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
        return _parts(*_tinted(red, green, blue, color.tint or 0.0))

    def _code(self, color: Any) -> str | None:
        if color.type == "rgb" and isinstance(color.rgb, str):
            return str(color.rgb[-6:])
        if color.type == "indexed" and 0 <= color.indexed < len(COLOR_INDEX):
            return str(COLOR_INDEX[color.indexed][-6:])
        if color.type == "theme" and 0 <= color.theme < len(self._theme):
            return self._theme[int(color.theme)]
        return None


def _theme_codes(theme: bytes | None) -> list[str]:
    if not theme:
        return []
    found = []
    for scheme in fromstring(theme).iter("{http://schemas.openxmlformats.org/drawingml/2006/main}clrScheme"):
        for kind in scheme:
            found += [str(each.get("lastClr") or each.get("val") or "000000") for each in kind][:1]
    return [found[at] for at in _THEME_ORDER] if len(found) == len(_THEME_ORDER) else []


def _tinted(red: float, green: float, blue: float, tint: float) -> tuple[float, float, float]:
    """Excel lightens or darkens by the lightness of HLS."""
    if not tint:
        return red, green, blue
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    return colorsys.hls_to_rgb(hue, min(max(lightness, 0.0), 1.0), saturation)


def _parts(red: float, green: float, blue: float) -> dict[str, float]:
    """To a 255th, as screens have them."""
    named = {"red": red, "green": green, "blue": blue}
    return {name: single(round(part * 255) / 255) for name, part in named.items() if round(part * 255)}


def _colored(name: str, color: dict[str, Any] | None) -> dict[str, Any]:
    """A colour in both of Google's ways."""
    return {} if color is None else {name: color, f"{name}Style": {"rgbColor": color}}


def tab_color(colors: Colors, color: Any) -> dict[str, Any]:
    return _colored("tabColor", colors.of(color))


def number_format(code: str) -> Format | None:
    """Excel's format code as a Sheets format; None for General."""
    if code in ("", "General"):
        return None
    for kind, number in _LOCALE_DATES.items():
        if code == BUILTIN_FORMATS[number]:
            return {"numberFormat": {"type": kind}}
    return {"numberFormat": {"type": _format_type(code), "pattern": code}}


def _format_type(code: str) -> str:
    if code == "@":
        return "TEXT"
    if is_date_format(code):
        clock, day = any(letter in code.lower() for letter in "hs"), any(letter in code.lower() for letter in "yd")
        return "DATE_TIME" if clock and day else "TIME" if clock else "DATE"
    if "%" in code:
        return "PERCENT"
    if any(sign in code for sign in _CURRENCY_SIGNS):
        return "CURRENCY"
    return "SCIENTIFIC" if "E+" in code else "NUMBER"


def xlsx_properties(form: Format, locale: str) -> dict[str, Any]:
    """A Sheets format as what XlsxWriter's `add_format` takes; the automatic is left out."""
    text = form.get("textFormat", {})
    fill = rgb_code(form, "backgroundColor")
    horizontal = form.get("horizontalAlignment", "").lower()
    found: dict[str, Any] = {
        "num_format": _pattern(form, locale),
        **({"bg_color": fill, "pattern": 1} if fill else {}),
        "align": horizontal if horizontal in _HORIZONTAL else None,
        "valign": {"TOP": "top", "MIDDLE": "vcenter"}.get(form.get("verticalAlignment", "")),
        "text_wrap": form.get("wrapStrategy") == "WRAP",
        "font_name": text.get("fontFamily"),
        "font_size": text.get("fontSize"),
        "font_color": rgb_code(text, "foregroundColor"),
        "font_strikeout": text.get("strikethrough"),
        **{name: text.get(name) for name in ("bold", "italic")},
        "underline": 1 if text.get("underline") else None,
        **_line_properties(form.get("borders", {})),
    }
    return {name: value for name, value in found.items() if value}


def _pattern(form: Format, locale: str) -> str | int | None:
    """A date without a pattern stays one that follows the reader's locale."""
    given = form.get("numberFormat", {})
    if not given.get("pattern") and given.get("type") in _LOCALE_DATES:
        return _LOCALE_DATES[given["type"]]
    pattern: str | None = with_pattern(form, locale).get("numberFormat", {}).get("pattern")
    return pattern


def _line_properties(borders: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for side, line in borders.items():
        if side in _SIDES and line.get("style") in _LINE_NUMBERS:
            found[side] = _LINE_NUMBERS[line["style"]]
            found[f"{side}_color"] = rgb_code(line, "color") or "#000000"
    return found


def rgb_code(holder: Mapping[str, Any], name: str) -> str | None:
    """`#4285f4` for the colour of that name, however it is given; None where there is none."""
    color = holder.get(f"{name}Style", {}).get("rgbColor", holder.get(name))
    if color is None:
        return None
    parts = (round(min(max(color.get(part, 0), 0), 1) * 255) for part in ("red", "green", "blue"))
    return "#" + "".join(f"{part:02x}" for part in parts)
