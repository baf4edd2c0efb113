"""Who may reach whom, over however many rooms: the floors in `sync/__init__.py`, held."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
Graph = Mapping[str, frozenset[str]]

# What each room may reach of ours beside itself, directly or through others.
VALUES = {"sync.domain"}
SETTINGS = VALUES | {"sync.config", "sync.translations"}
PURE_STEPS = SETTINGS | {"sync.reading"}
OUTSIDE = {"sync.clock", "sync.google", "sync.records"}
MAY_REACH: dict[str, set[str]] = {
    "sync.domain": set(),
    "sync.translations": VALUES,
    "sync.clock": set(),
    "sync.config": SETTINGS,
    "sync.reading": SETTINGS,
    "sync.inspect": PURE_STEPS,
    "sync.google": VALUES | {"sync.clock"},
    "sync.records": VALUES | {"sync.clock"},
    "sync.passes": PURE_STEPS | OUTSIDE,
    "sync.engine": PURE_STEPS | OUTSIDE | {"sync.passes"},
    "sync.doctor": PURE_STEPS | OUTSIDE | {"sync.passes", "sync.notices"},
    "sync.notices": SETTINGS | {"sync.clock", "sync.records"},
    "sync.grid": set(),
    "sync.local_sheets": {"sync.grid"},
    "webapp.security": SETTINGS,
    "webapp.reader": VALUES | {"sync.translations"},
    "webapp.company": VALUES | {"sync.clock", "sync.records"},
    "webapp.sign_in": SETTINGS | {"sync.clock", "webapp.security"},
    "webapp.parts": SETTINGS | {"sync.clock", "sync.records", "webapp.company", "webapp.reader"},
    "webapp.map": SETTINGS | {"sync.clock", "sync.records", "webapp.company", "webapp.reader", "webapp.parts"},
}
_BELOW_PAGES = SETTINGS | {"sync.clock", "sync.records", "webapp.security"}
_BELOW_PAGES |= {"webapp.company", "webapp.reader", "webapp.parts"}
MAY_REACH |= dict.fromkeys(("webapp.pages", "webapp.exports"), _BELOW_PAGES)
MAY_REACH["webapp.web"] = _BELOW_PAGES | {"webapp.pages", "webapp.exports", "webapp.map", "webapp.sign_in"}

MAY_REACH["webapp.desk"] = PURE_STEPS | {"sync.grid", "sync.inspect", "sync.passes", "webapp.reader", "webapp.security"}

# These put the rooms together and may reach all of them.
COMPOSERS = {"sync", "sync.__main__", "sync.cli", "sync.demo", "webapp"}

# Steps of a pass that decide and do not act.
_PURE_STEPS = ("compute", "brakes", "plan", "repair", "journal", "state", "write_answers", "outcome")
PURE_MODULES = tuple(f"sync.passes.{step}" for step in _PURE_STEPS)

# The one room that may name each library.
OWNERS = {
    "gspread": {"sync.google"},
    "google": {"sync.google"},
    "requests": {"sync.google", "sync.notices", "webapp.sign_in"},
    "urllib3": {"sync.google"},
    "tenacity": {"sync.google"},
    "pyrate_limiter": {"sync.google"},
    "sqlalchemy": {"sync.records"},
    "alembic": {"sync.records"},
    "psycopg": {"sync.records", "sync.google", "sync.engine"},
    "psycopg_pool": {"sync.google"},
    "procrastinate": {"sync.engine"},
    "flask": {"webapp.web", "webapp.sign_in", "webapp.security", "webapp.pages", "webapp.exports", "webapp.desk"},
    "tomlkit": {"webapp.desk"},
    "authlib": {"webapp.sign_in"},
    "joserfc": {"webapp.sign_in"},
    "prometheus_client": {"webapp.exports"},
    "schedule": {"sync.engine"},
    "openpyxl": {"sync.local_sheets", "sync.demo", "sync.passes"},
    "icalendar": {"webapp.exports"},
    "xlsxwriter": {"sync.local_sheets", "webapp.exports"},
    "apprise": {"sync.notices"},
    "click": {"sync.cli"},
    "rich": {"sync.cli"},
}
TO_GOOGLE = {"gspread", "google", "urllib3", "tenacity", "pyrate_limiter"}
TO_DATABASE = {"sqlalchemy", "alembic"}
# What a room must not come to load, through whatever it imports.
NEVER_LOADS = {
    "sync.domain": set(OWNERS) | {"pydantic", "babel"},
    "sync.config": set(OWNERS),
    "sync.reading": set(OWNERS),
    "sync.inspect": set(OWNERS),
    "sync.records": TO_GOOGLE | {"flask", "schedule"},
    "sync.google": TO_DATABASE | {"flask", "schedule"},
    "sync.local_sheets": TO_GOOGLE | TO_DATABASE | {"flask", "schedule"},
    "sync.notices": TO_GOOGLE | {"flask", "schedule", "click"},
    "webapp": TO_GOOGLE | {"schedule", "openpyxl", "click", "apprise"},
    **dict.fromkeys(PURE_MODULES, set(OWNERS) - {"openpyxl"}),
}


@cache
def modules() -> Mapping[str, Path]:
    """Every module of ours by its name."""
    paths = [*ROOT.glob("sync/**/*.py"), *ROOT.glob("webapp/**/*.py")]
    return {_name(path): path for path in sorted(paths) if "versions" not in path.parts}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.Module, names: Iterable[str], *, lazily: bool = False) -> Iterator[str]:
    """The modules that a module imports, and the packages that are loaded with them; on demand too where `lazily`."""
    for node in ast.walk(tree) if lazily else tree.body:
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            submodules = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [node.module, *(module for module in submodules if module in names)]
        else:
            continue
        for module in found:
            parts = module.split(".")
            yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def graph() -> Graph:
    """What each module of ours loads."""
    return {name: frozenset(imported(tree_of(name), modules())) - {name} for name in modules()}


def paths_from(start: str, known: Graph) -> dict[str, tuple[str, ...]]:
    """Everything that a module comes to load, each with the shortest way there."""
    found: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = [start]
    for module in waiting:
        for following in sorted(known.get(module, ())):
            if following not in found:
                found[following] = (*found[module], following)
                waiting.append(following)
    return found


def room_of(module: str) -> str:
    """The folder, or the module beside the folders, that a module belongs to."""
    return ".".join(module.split(".")[:2])


def breaches(known: Graph, may_reach: Mapping[str, set[str]]) -> list[str]:
    """Ways from a room to one that it may not reach, the shortest of each module."""
    told = []
    for module in known:
        room = room_of(module)
        if room in COMPOSERS:
            continue
        allowed = may_reach.get(room, set()) | {room} | COMPOSERS
        ways = paths_from(module, known).items()
        wrong = [way for reached, way in ways if reached in known and room_of(reached) not in allowed]
        if wrong:
            told.append(" → ".join(sorted(wrong, key=len)[0]))
    return told


def test_every_room_has_its_floor() -> None:
    rooms = {room_of(module) for module in modules()} - COMPOSERS
    assert rooms == set(MAY_REACH)


def test_no_room_reaches_what_it_may_not_over_however_many_rooms() -> None:
    assert breaches(graph(), MAY_REACH) == []


def test_a_breach_over_two_rooms_is_told_with_its_way() -> None:
    planted = {
        **graph(),
        "webapp.pages.planted": frozenset({"webapp.parts.planted"}),
        "webapp.parts.planted": frozenset({"sync.doctor.remedies"}),
    }
    told = [way for way in breaches(planted, MAY_REACH) if way.startswith("webapp.pages")]
    assert told == ["webapp.pages.planted → webapp.parts.planted → sync.doctor.remedies"]


@pytest.mark.parametrize("room", NEVER_LOADS)
def test_a_room_never_comes_to_load(room: str) -> None:
    for module in graph():
        if module == room or module.startswith(f"{room}."):
            for reached, way in paths_from(module, graph()).items():
                assert reached.split(".")[0] not in NEVER_LOADS[room], " → ".join(way)


@pytest.mark.parametrize("module", PURE_MODULES)
def test_a_pure_step_of_a_pass_reaches_no_room_that_acts(module: str) -> None:
    for name in graph():
        if name == module or name.startswith(f"{module}."):
            for reached, way in paths_from(name, graph()).items():
                assert room_of(reached) not in OUTSIDE, " → ".join(way)


@pytest.mark.parametrize("folder", ["sync", "webapp", "sync.local_sheets"])
def test_folders_have_no_cycle(folder: str) -> None:
    depth = len(folder.split(".")) + 1
    arrows: dict[str, set[str]] = {}
    for module, reached in graph().items():
        here = ".".join(module.split(".")[:depth])
        there = {".".join(name.split(".")[:depth]) for name in reached if name.startswith(f"{folder}.")}
        if here.startswith(f"{folder}."):
            arrows.setdefault(here, set()).update(there - {here})
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_a_library_has_one_owner() -> None:
    wrong = []
    for module in modules():
        foreign = {name.split(".")[0] for name in imported(tree_of(module), modules(), lazily=True)}
        strangers = {library for library in foreign if room_of(module) not in OWNERS.get(library, {room_of(module)})}
        wrong += [(module, library) for library in sorted(strangers)]
    assert wrong == []


def test_every_module_says_what_it_is_for() -> None:
    assert [module for module in modules() if not ast.get_docstring(tree_of(module))] == []


@pytest.mark.parametrize(("folder", "most"), [("sync", 16), ("webapp", 12)])
def test_the_map_names_what_is_there_and_there_is_not_too_much_of_it(folder: str, most: int) -> None:
    there = {
        path.stem for path in (ROOT / folder).iterdir() if not path.name.startswith("__") and path.name != "py.typed"
    }
    tree = ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8"))
    page = ast.get_docstring(tree, clean=False) or ""
    named = set(re.findall(r"^    (\w+)  +", page.partition("The terms")[0], re.MULTILINE))
    assert named == there
    assert len(there) <= most


def test_a_module_is_short_enough_to_be_read_at_once() -> None:
    lengths = {module: path.read_text(encoding="utf-8").count("\n") for module, path in modules().items()}
    assert {module: lines for module, lines in lengths.items() if lines > 350} == {}
