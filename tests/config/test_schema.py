"""The JSON Schema of the configuration: valid itself, it takes what `load_config` takes and refuses a misspelt key."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from sync.cli import main
from sync.config.schema import config_schema

ROOT = Path(__file__).parents[2]
CONFIGS = [
    ROOT / "config.example.toml",
    ROOT / "sync/demo/company.toml",
    *sorted(ROOT.glob("tests/reading/layouts/*.toml")),
]

SMALL = """
[[spreadsheet]]
id = "sales"
every = "5m"

[[spreadsheet.tab]]
title = "OKR"
skip = { column = "A", blank = true }

[spreadsheet.tab.objective]
text = ["Mục tiêu", "Objective"]

[spreadsheet.tab.key_result]
text = { column = "B" }
target = "Chỉ tiêu"
score = { header = "Điểm", scale = "percent" }
"""


def faults(toml: str) -> list[str]:
    validator = jsonschema.Draft7Validator(config_schema())
    return [error.message for error in validator.iter_errors(tomllib.loads(toml))]


def test_the_schema_is_valid_in_its_dialect() -> None:
    schema = config_schema()
    assert schema["$schema"] == jsonschema.Draft7Validator.META_SCHEMA["$schema"]
    jsonschema.Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_every_configuration_that_we_ship_is_valid(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


def test_short_and_long_forms_are_valid() -> None:
    assert faults(SMALL) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("every = ", "evry = "),
        ("skip = ", "skipp = "),
        ('text = ["', 'txt = ["'),
        ("column", "colum"),
        ("scale", "skale"),
        ('"percent"', "50"),
        ("blank = true", 'blank = "yes"'),
        ('id = "sales"', ""),
    ],
)
def test_a_misspelt_key_or_a_wrong_value_is_refused(right: str, wrong: str) -> None:
    assert right in SMALL
    assert faults(SMALL.replace(right, wrong, 1)) != []


def test_every_key_carries_its_description_to_the_editor() -> None:
    definitions = config_schema()["definitions"]
    keys = definitions["KeyResultFields"]["properties"]
    assert keys["current"]["description"] == "Where it is."
    assert [name for name, key in keys.items() if not key.get("description")] == []


def test_nothing_asks_for_null_which_toml_lacks() -> None:
    def types(node: Any) -> list[Any]:
        if isinstance(node, dict):
            return [node.get("type"), *(found for value in node.values() for found in types(value))]
        return [found for value in node for found in types(value)] if isinstance(node, list) else []

    assert "null" not in types(config_schema())


def test_the_command_prints_it() -> None:
    result = CliRunner().invoke(main, ["config-schema"])
    assert result.exit_code == 0
    assert json.loads(result.output) == config_schema()
