"""The words of column headers by what the column holds: one file for each language, which people add to.

Reads the files and says what is wrong in one; how well a header fits is for `header_words`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sync.reading.plain import plain

# What a column may hold; en.toml explains each.
Role = Literal[
    "objective", "key_result", "text", "objective_id", "key_result_id", "id", "start", "target", "stretch", "current",
    "score", "points", "total", "weight", "owner", "person", "unit", "measure", "level", "period", "parent", "related",
    "confidence", "kind", "direction", "metric", "status", "deleted", "initiative", "date", "due", "value", "comment",
    "author", "begin", "before", "obstacle", "next_step", "lesson", "decision", "final_comment", "giver", "receiver",
    "coach", "topic", "manager", "other",
]  # fmt: skip
Worth = Annotated[float, Field(gt=0, le=1)]


class File(BaseModel):
    """The words of one language, as people write them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    header: dict[Role, dict[str, Worth]]


@cache
def words_by_role() -> Mapping[str, Mapping[str, float]]:
    """The plain words of all languages with their worths, by role; read when they are first asked for."""
    return read(files(__name__))


def read(folder: Traversable) -> dict[str, dict[str, float]]:
    """The words in all files of a folder; a ValueError names the file, the table and the word that is wrong."""
    roles: dict[str, dict[str, float]] = {role: {} for role in get_args(Role)}
    paths = [path for path in folder.iterdir() if path.name.endswith(".toml")]
    for path in sorted(paths, key=lambda path: path.name):
        for role, words in _checked(path).header.items():
            for word, worth in words.items():
                # A word may be at home in several languages, but a header does not say which one it speaks.
                if (known := roles[role].setdefault(plain(word), worth)) != worth:
                    where = f"{path.name}: header.{role}.{word}"
                    raise ValueError(f"{where}: {worth:g}, but the same word is {known:g} here or in another file")
    return roles


def _checked(path: Traversable) -> File:
    try:
        return File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise ValueError(f"{path.name}: {'; '.join(faults)}") from None
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
