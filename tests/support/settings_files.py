"""Configuration files: the smallest one, and what is said of those that are faulty."""

from pathlib import Path

import pytest

from sync.config.settings import Config, ConfigError, load_config
from sync.domain.languages import Language

SMALLEST = """
[[spreadsheet]]
id = "abc"
[[spreadsheet.tab]]
title = "OKR"
key_result.text = "KR"
"""


TAB = SMALLEST[SMALLEST.index("[[spreadsheet.tab]]") :]


def load(folder: Path, text: str, environment: dict[str, str] | None = None) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path, environment or {})


def faults(folder: Path, text: str, language: Language = "en") -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, text)
    return {key: fault.told(language) for key, fault in caught.value.faults}
