"""What is compiled once for all tests of a process: templates and routes of the page, and statements of the databases.
Most tests open a page or a database of their own, and to compile what it asks and shows takes longer than to do so.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from werkzeug.routing import Rule


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


def _kept_builders(compiled: Callable[..., Any]) -> Callable[..., Any]:
    """What puts an address together, by all that it is made from; the rule is handed to it when it does."""
    known: dict[tuple[Any, ...], Any] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        key = rule.rule, tuple(rule._trace), tuple((rule.defaults or {}).items()), append_unknown
        if key not in known:
            known[key] = compiled(rule, append_unknown)
        return known[key]

    return builder


def keep_compiled() -> None:
    """From now on."""
    Rule._compile_builder = _kept_builders(Rule._compile_builder)  # type: ignore[method-assign]
    Flask.jinja_options = {"bytecode_cache": _Templates()}
    statements = _Statements()
    Engine._compiled_cache = property(lambda _: statements, lambda *_: None)  # type: ignore[assignment]
