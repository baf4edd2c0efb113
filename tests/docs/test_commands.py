"""The documents keep their word: the commands that they show exist, the example configuration is valid and complete."""

import re
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic import BaseModel

from sync.cli import main
from sync.config.access import IapSettings, Readers, SignInSettings
from sync.config.cycle_fields import (
    CheckInFields,
    CoachingFields,
    FeedbackFields,
    InitiativeFields,
    PersonFields,
    RecognitionFields,
    ReviewFields,
)
from sync.config.google import GoogleSettings
from sync.config.mapping import KeyResultFields, ObjectiveFields, TabMapping
from sync.config.people import PersonSettings
from sync.config.settings import Config, PageSettings, WorkerSettings, load_config
from tests.support.documents import README, ROOT, VIETNAMESE_README, shown_commands

EXAMPLE = ROOT / "config.example.toml"


@pytest.mark.parametrize("line", [line for line in shown_commands() if line.startswith("okr-sheets")])
def test_every_command_in_the_readme_exists_with_its_options(line: str) -> None:
    name, *arguments = line.split()[1:]
    options = {option for parameter in main.commands[name].params for option in parameter.opts}
    assert {argument for argument in arguments if argument.startswith("--")} <= options


def test_every_other_line_in_the_readme_is_a_make_target_or_sets_a_variable() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for line in shown_commands():
        assert line.startswith(("okr-sheets ", "export ")) or line.removeprefix("make ") in targets


def test_every_command_is_in_the_readme_and_has_help() -> None:
    for name, command in main.commands.items():
        assert f"| `okr-sheets {name}` |" in README
        assert isinstance(command, click.Command)
        assert command.help


def test_the_vietnamese_readme_leads_the_same_way() -> None:
    """It may show the desk first; every other command, and the configuration, are those of the English one."""
    blocks = [re.findall(r"```toml\n(.*?)```", page, re.DOTALL) for page in (README, VIETNAMESE_README)]
    assert blocks[0] == blocks[1]
    shown = [line for line in shown_commands(VIETNAMESE_README) if not line.startswith("okr-sheets map")]
    assert shown == shown_commands()[: len(shown)]


def test_every_command_that_the_vietnamese_readme_lists_exists() -> None:
    listed = re.findall(r"^\| `okr-sheets ([\w-]+)` \|", VIETNAMESE_README, re.M)
    assert listed
    assert set(listed) <= set(main.commands)


def test_the_short_configuration_in_the_readme_is_valid(tmp_path: Path) -> None:
    [text] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(re.sub(r"^   ", "", text, flags=re.MULTILINE), encoding="utf-8")
    assert load_config(path, {}).spreadsheet[0].id == "okr"


DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_pictures_and_files_that_a_document_names_are_there(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).is_file(), target


@pytest.mark.parametrize("document", ["docs/page.md", "docs/vi/van-hanh.md"])
def test_the_configurations_of_a_page_in_a_document_are_valid(document: str, tmp_path: Path) -> None:
    blocks = re.findall(r"^ *```toml\n(.*?)```", (ROOT / document).read_text(encoding="utf-8"), re.M | re.S)
    assert blocks
    for text in blocks:
        path = tmp_path / "config.toml"
        spreadsheet = '[[spreadsheet]]\nid = "a"\n[[spreadsheet.tab]]\ntitle = "T"\nkey_result.text = "KR"\n'
        path.write_text(text + spreadsheet, encoding="utf-8")
        assert load_config(path, {}).page.is_restricted


def test_the_example_configuration_is_valid() -> None:
    config = load_config(EXAMPLE, {})
    assert config.spreadsheet[0].id == "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"


PAGE = (PageSettings, Readers, SignInSettings, IapSettings)
MODELS = (
    Config,
    GoogleSettings,
    WorkerSettings,
    *PAGE,
    TabMapping,
    ObjectiveFields,
    KeyResultFields,
    CheckInFields,
    InitiativeFields,
    ReviewFields,
    RecognitionFields,
    FeedbackFields,
    CoachingFields,
    PersonFields,
    PersonSettings,
)


@pytest.mark.parametrize("model", MODELS)
def test_the_example_configuration_explains_every_key(model: type[BaseModel]) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for name, field in model.model_fields.items():
        key = field.alias or name
        assert re.search(rf"^\s*#?\s*\[*(\w+\.)*{key}\b( =|\])", text, re.MULTILINE), key


def test_every_key_has_a_description() -> None:
    def undescribed(model: type[BaseModel]) -> list[str]:
        return [name for name, field in model.model_fields.items() if not field.description and not is_table(field)]

    def is_table(field: Any) -> bool:
        return field.annotation is not None and "sync." in str(field.annotation)

    for model in MODELS:
        assert undescribed(model) == []


def test_commented_out_defaults_in_the_example_are_the_defaults(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    told = {
        key: tomllib.loads(f"x = {value}")["x"] for key, value in re.findall(r"^# (\w+) = (.+)$", text, re.MULTILINE)
    }
    assert told["state"] == str(Config.model_fields["state"].default)
    assert tuple(told["nothing"]) == TabMapping.model_fields["nothing"].default
