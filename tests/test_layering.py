"""Who may import whom: the map in `sync/__init__.py`, held."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PURE = {"sync.okr", "sync.problems", "sync.grid", "sync.scoring", "sync.alignment", "sync.checks", "sync.mapping"}
PURE |= {"sync.reading", "sync.brakes", "sync.writing", "sync.repairing", "sync.journal", "sync.snapshot"}

# What each room may import of ours, beside itself.
ALLOWED: dict[str, set[str]] = {
    "sync.okr": set(),
    "sync.problems": {"sync.okr"},
    "sync.grid": {"sync.okr"},
    "sync.scoring": {"sync.okr"},
    "sync.alignment": {"sync.okr"},
    "sync.checks": {"sync.okr", "sync.problems", "sync.alignment", "sync.scoring"},
    "sync.mapping": {"sync.config_faults", "sync.okr", "sync.scoring"},
    "sync.snapshot": {"sync.okr", "sync.problems", "sync.scoring"},
    "sync.reading": {"sync.okr", "sync.problems", "sync.grid", "sync.mapping"},
    "sync.brakes": PURE - {"sync.writing", "sync.repairing"},
    "sync.writing": PURE - {"sync.repairing"},
    "sync.repairing": PURE,
    "sync.journal": PURE,
    "sync.inspect": {"sync.okr", "sync.problems", "sync.grid", "sync.mapping", "sync.scoring", "sync.reading"},
    "sync.access": {"sync.config_faults", "sync.mapping"},
    "sync.config": {
        "sync.access",
        "sync.config_faults",
        "sync.config_toml",
        "sync.mapping",
        "sync.okr",
        "sync.scoring",
    },
    "sync.config_toml": {"sync.config_faults"},
    "sync.config_faults": {"sync.logs", "sync.problems"},
    "sync.config_schema": {"sync.config"},
    "sync.sheets": PURE | {"sync.clock", "sync.logs"},
    "sync.records": {"sync.logs", "sync.okr", "sync.problems", "sync.snapshot"},
    "sync.clock": set(),
    "sync.locks": {"sync.clock", "sync.records"},
    "sync.logs": set(),
    "sync.computing": PURE | {"sync.config", "sync.records"},
    "sync.sync_pass": PURE
    | {"sync.circuit", "sync.clock", "sync.computing", "sync.config", "sync.sheets"}
    | {"sync.records"},
    "sync.circuit": {"sync.records", "sync.sheets"},
    "sync.failed_pass": {"sync.clock", "sync.records", "sync.sheets", "sync.sync_pass"},
    "sync.worker": {"sync.circuit", "sync.clock", "sync.config", "sync.locks", "sync.records", "sync.sheets"}
    | {"sync.failed_pass", "sync.sync_pass"},
    "sync.report": PURE | {"sync.sync_pass"},
    "sync.pace": {"sync.config", "sync.sheets"},
    "sync.remedies": {"sync.pace", "sync.problems", "sync.records", "sync.sheets"},
    "sync.doctor": PURE
    | {"sync.clock", "sync.config", "sync.locks", "sync.pace", "sync.records", "sync.remedies"}
    | {"sync.sheets"},
    "sync.probe": {"sync.clock", "sync.grid", "sync.okr", "sync.sheets", "sync.writing"},
    "sync.local_sheets": set(),
    "webapp": {"sync.okr", "sync.problems", "sync.scoring", "sync.alignment", "sync.checks", "sync.snapshot"}
    | {"sync.records", "sync.circuit", "sync.config", "sync.access", "sync.clock"},
}

# These put the rooms together and may import all of them.
COMPOSERS = {"sync.__main__", "sync.cli", "sync.demo"}

# The one room that may import each library.
OWNERS = {
    "gspread": {"sync.sheets"},
    "google": {"sync.sheets"},
    "requests": {"sync.sheets", "webapp"},
    "urllib3": {"sync.sheets"},
    "tenacity": {"sync.sheets"},
    "pyrate_limiter": {"sync.sheets"},
    "sqlalchemy": {"sync.records"},
    "alembic": {"sync.records"},
    "flask": {"webapp"},
    "authlib": {"webapp"},
    "joserfc": {"webapp"},
    "prometheus_client": {"webapp"},
    "schedule": {"sync.worker"},
    "openpyxl": {"sync.local_sheets", "sync.demo", "sync.repairing"},
    "xlsxwriter": {"sync.local_sheets"},
    "click": {"sync.cli"},
    "rich": {"sync.cli"},
}


def modules() -> list[Path]:
    return sorted([*ROOT.glob("sync/**/*.py"), *ROOT.glob("webapp/**/*.py")])


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[0] if parts[0] == "webapp" else ".".join(parts[:2])


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.update(
                f"{node.module}.{alias.name}" if node.module == "sync" else node.module for alias in node.names
            )
    return found


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    room = room_of(name_of(path))
    if room in COMPOSERS | {"sync"}:
        return
    ours = {room_of(name) for name in imports(path) if name.split(".")[0] in ("sync", "webapp")}
    assert ours - {room, "sync"} <= ALLOWED[room]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_library_has_one_owner(path: Path) -> None:
    room = room_of(name_of(path))
    foreign = {name.split(".")[0] for name in imports(path)}
    assert {library for library in foreign if library in OWNERS and room not in OWNERS[library]} == set()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    if "versions" not in path.parts:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
