"""What pydantic refuses, as faults with the key path of each: what is wrong where in the file, and what was meant.

Knows pydantic's ways, and of the models only what they tell of themselves.
"""

import difflib
import re
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from sync.config.faults import Fault, by_pydantic

Model = type[BaseModel]

_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,9}))?\s*(%?)")


def faults_of(error: ValidationError, settings: Mapping[str, Any], root: Model) -> list[tuple[str, Fault]]:
    """Every fault of what was to be a `root`, each with its key path, and once: a list is not also called empty because
    each of its items is faulty."""
    found = error.errors()
    places = [fault["loc"] for fault in found]
    own = [fault for fault in found if not _follows_from_others(fault, places)]
    return [(_key_path(fault["loc"], settings), _fault(fault, root)) for fault in own]


def _follows_from_others(fault: Any, places: list[tuple[int | str, ...]]) -> bool:
    place = fault["loc"]
    return fault["type"] == "too_short" and any(other[: len(place)] == place != other for other in places)


def _fault(found: Any, root: Model) -> Fault:
    kind, given, facts = found["type"], found["input"], found.get("ctx", {})
    if isinstance(facts.get("error"), Fault):
        return facts["error"]  # type: ignore[no-any-return]
    if kind == "extra_forbidden":
        return _unknown_key(found["loc"], root)
    if kind == "tuple_type" and isinstance(given, dict) and _model_at(found["loc"], root):
        return Fault("one-bracket", name=_header(found["loc"]))
    if kind == "model_type" and isinstance(given, list):
        return Fault("two-brackets", name=_header(found["loc"]))
    fault = by_pydantic(kind, found["msg"], facts)
    if not isinstance(given, str | int | float):
        return fault
    fault = Fault("given", fault=fault, given=given)
    if kind in ("decimal_parsing", "float_parsing") and (meant := _number_meant(str(given))):
        return Fault("a-number", fault=fault, meant=meant)
    if kind == "less_than_equal" and facts["le"] == 1 and not isinstance(given, str) and given <= 100:
        return Fault("a-share", fault=fault, given=f"{given:g}", meant=f"{given / 100:g}")
    return fault


def _number_meant(text: str) -> str:
    """A number as TOML writes it, where a text is one as people write it, such as "60%" or "0,6"; else ""."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return ""
    return f"{(Decimal(f'{match[1]}.{match[2] or 0}') / (100 if match[3] else 1)).normalize():f}"


def _header(location: tuple[int | str, ...]) -> str:
    """What stands between the brackets of a table's header."""
    return ".".join(part for part in location if isinstance(part, str))


def _key_path(location: tuple[int | str, ...], settings: object) -> str:
    """("spreadsheet", 0, "tab", 1, "title") is spreadsheet[1].tab[2].title, counted as people count.

    What stands alone in the file, though there may be several, is not counted.
    """
    path = ""
    for part in location:
        if isinstance(part, int) and isinstance(settings, Mapping):
            continue
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else part
        settings = _inside(settings, part)
    return path


def _inside(settings: object, part: int | str) -> object:
    if isinstance(settings, Mapping):
        return settings.get(part)
    return settings[part] if isinstance(settings, list) and isinstance(part, int) and part < len(settings) else None


def _unknown_key(location: tuple[int | str, ...], root: Model) -> Fault:
    known = _known_keys(location[:-1], root)
    close = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.6)
    return Fault("nearest", key=close[0]) if close else Fault("unknown", keys=", ".join(known))


def _known_keys(location: tuple[int | str, ...], root: Model) -> list[str]:
    return [field.alias or name for name, field in _model_at(location, root).model_fields.items()]


def _model_at(location: tuple[int | str, ...], root: Model) -> Any:
    """The model at a place in the file; None where that is no table."""
    model: Any = root
    for part in location:
        # What is no field is a name under which there are several, as of people.
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation)
    return model


def _model_in(annotation: Any) -> Any:
    """The model inside Optional[…], Annotated[…] and tuple[…]."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    inner = (_model_in(argument) for argument in typing.get_args(annotation))
    return next((model for model in inner if model is not None), None)
