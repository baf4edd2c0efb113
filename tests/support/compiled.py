"""What is compiled once for all tests of a process: templates of the page and statements of the databases. Most tests
open a page or a database of their own, and to compile what it asks and shows takes longer than to ask and show it.
"""

from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine


class _Templates(BytecodeCache):
    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self._known.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


class _Statements(dict[tuple[Any, ...], Any]):
    """By the kind of database and its driver instead of the dialect, of which each engine has one of its own."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(_alike(key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(_alike(key), compiled)


def _alike(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *asked = key
    return (dialect.name, dialect.driver, *asked)


def keep_compiled() -> None:
    """From now on."""
    Flask.jinja_options = {"bytecode_cache": _Templates()}
    statements = _Statements()
    Engine._compiled_cache = property(lambda _: statements, lambda *_: None)  # type: ignore[assignment]
