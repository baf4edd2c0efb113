"""The files of header words: a line that somebody adds is understood, or told with its file, table and word."""

from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from sync.reading import vocabulary
from sync.reading.header_words import roles_of
from sync.reading.vocabulary import Role, read


def refused(folder: Path) -> str:
    with pytest.raises(ValueError, match="toml") as told:
        read(folder)
    return str(told.value)


def test_every_file_names_only_known_roles_and_worths_within_0_and_1() -> None:
    found = read(files(vocabulary))
    assert set(found) == set(get_args(Role))
    assert all(0 < worth <= 1 for words in found.values() for worth in words.values())


def test_the_english_file_has_words_for_every_role_so_that_it_explains_them_all() -> None:
    english = (files(vocabulary) / "en.toml").read_text(encoding="utf-8")
    assert [role for role in get_args(Role) if f"\n[header.{role}]\n" not in english] == []


def test_a_word_added_to_a_file_is_understood_as_its_role(tmp_path: Path) -> None:
    (tmp_path / "sv.toml").write_text('[header.target]\n"Målvärde" = 1\n"mål" = 0.6\n', encoding="utf-8")
    assert read(tmp_path)["target"] == {"malvarde": 1, "mal": 0.6}


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Hiện tại", "current"),
        ("% Complete", "score"),
        ("Línea base", "start"),
        ("Zielwert", "target"),
        ("% d'avancement", "score"),
        ("担当者", "owner"),
        ("负责人", "owner"),
    ],
)
def test_the_words_of_every_language_count_at_once(header: str, role: str) -> None:
    assert roles_of(header)[role] == 1


def test_one_word_may_stand_in_two_files_with_one_worth(tmp_path: Path) -> None:
    (tmp_path / "es.toml").write_text('[header.start]\n"inicio" = 1\n', encoding="utf-8")
    (tmp_path / "pt.toml").write_text('[header.start]\n"início" = 1\n', encoding="utf-8")
    assert read(tmp_path)["start"] == {"inicio": 1}


def test_one_word_with_two_worths_is_told(tmp_path: Path) -> None:
    (tmp_path / "es.toml").write_text('[header.start]\n"inicio" = 1\n', encoding="utf-8")
    (tmp_path / "pt.toml").write_text('[header.start]\n"início" = 0.5\n', encoding="utf-8")
    assert refused(tmp_path).startswith("pt.toml: header.start.início: 0.5, but the same word is 1")


@pytest.mark.parametrize("worth", ["1.5", "0", "-1", "true", '"much"'])
def test_a_worth_that_is_no_number_within_0_and_1_is_told(tmp_path: Path, worth: str) -> None:
    (tmp_path / "sv.toml").write_text(f'[header.target]\n"målvärde" = {worth}\n', encoding="utf-8")
    assert refused(tmp_path).startswith("sv.toml: header.target.målvärde: Input should be")


def test_a_role_that_nobody_knows_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "sv.toml").write_text('[header.goal]\n"mål" = 1\n', encoding="utf-8")
    told = refused(tmp_path)
    assert told.startswith("sv.toml: header.goal")
    assert "'objective', 'key_result'" in told


def test_a_table_that_nobody_reads_is_told(tmp_path: Path) -> None:
    (tmp_path / "sv.toml").write_text('[header.target]\n"mål" = 1\n[headers.start]\n"från" = 1\n', encoding="utf-8")
    assert refused(tmp_path).startswith("sv.toml: headers: ")


def test_a_line_that_is_no_toml_is_told_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "sv.toml").write_text("[header.target]\nmål = 1\n", encoding="utf-8")
    told = refused(tmp_path)
    assert told.startswith("sv.toml: ")
    assert "line 2" in told


def test_a_word_twice_in_one_table_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "sv.toml").write_text('[header.target]\n"mål" = 1\n"mål" = 1\n', encoding="utf-8")
    assert "line 3" in refused(tmp_path)
