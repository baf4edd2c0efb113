"""Where several workers begin at once in a fresh clone, each would compile every test of all. One that begins elsewhere
in the list finds the rest compiled when it comes to it.
"""

import warnings
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path


def import_in_turn(folder: Path, worker: int, workers: int) -> None:
    """Import all tests below a folder of the root, each worker in another order. One that cannot be imported, or warns,
    is for pytest to tell of.
    """
    for name in _from_place(sorted(folder.rglob("test_*.py")), worker, workers):
        with suppress(Exception), warnings.catch_warnings():
            warnings.simplefilter("error")
            import_module(".".join(name.relative_to(folder.parent).with_suffix("").parts))


def _from_place(paths: list[Path], worker: int, workers: int) -> Iterable[Path]:
    first = len(paths) * worker // workers
    return [*paths[first:], *paths[:first]]
