"""Colours come twice in Google's messages, plain and as a style: setting one sets the other."""

from __future__ import annotations

from math import floor
from typing import Any

from sync.local_sheets.book.book import single

_COLORS = ("tabColor", "backgroundColor", "foregroundColor", "color")


def paired(new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """`new`, which `old` was changed into, with each colour in both ways and as Google keeps it."""
    result: dict[str, Any] = {}
    for name, value in new.items():
        before = old.get(name)
        inner = before if isinstance(before, dict) else {}
        result[name] = paired(value, inner) if isinstance(value, dict) and name not in _COLORS else value
    for name in _COLORS:
        style = f"{name}Style"
        if new.get(style) != old.get(style):
            _put(result, name, new.get(style, {}).get("rgbColor"))
        elif new.get(name) != old.get(name):
            _put(result, style, None if name not in new else {"rgbColor": new[name]})
        if name in result:
            result[name] = _trimmed(result[name])
        if "rgbColor" in result.get(style, {}):
            result[style] = {"rgbColor": _trimmed(result[style]["rgbColor"])}
    return result


def _put(result: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        result.pop(name, None)
    else:
        result[name] = value


def _trimmed(color: dict[str, Any]) -> dict[str, Any]:
    """As Google keeps a colour: in steps of 1/255, cut off, and without parts of 0."""
    parts = {name: value if name == "alpha" else _stepped(value) for name, value in color.items()}
    return {name: value for name, value in parts.items() if value or name == "alpha"}


def _stepped(value: int | float) -> int | float:
    # A little more, as a step in single precision may be a little less.
    return single(floor(min(max(value, 0), 1) * 255 + 1e-3) / 255)
