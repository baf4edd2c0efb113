"""No sentence is without its translation, none is left over, and both languages tell the same facts."""

import io
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from sync.cli import main
from sync.domain.cells import CellRef
from sync.domain.failures import Trouble
from sync.domain.languages import LANGUAGES, Language
from sync.domain.problems import problem
from sync.translations import gettext, told
from sync.translations.counts import counted
from sync.translations.problems import hint_of, message_of
from sync.translations.terms import failure_sentences

SYNC = Path(__file__).parents[2] / "sync"


def marked() -> set[object]:
    """Every text in the code that is marked for translation, both forms where it is counted, and help of commands."""
    found = extract_from_dir(SYNC, method_map=[("**.py", "python")], keywords={"N_": None, "NN_": (1, 2)})
    return {message for _, _, message, _, _ in found} | helps()


def helps() -> set[str]:
    """What `--help` says of commands and options, as it is looked up."""
    commands = [main, *main.commands.values()]
    options = [option for command in commands for option in command.params if isinstance(option, click.Option)]
    said = [command.help for command in commands] + [option.help for option in options] + [main.epilog]
    return {" ".join(text.split()) for text in said if text}


def translated() -> dict[object, Message]:
    source = (SYNC / "translations" / "vi" / "messages.po").read_bytes()
    return {message.id: message for message in read_po(io.BytesIO(source), locale="vi") if message.id}


def forms(said: object) -> list[str]:
    return [str(form) for form in said] if isinstance(said, tuple) else [str(said)]


def facts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def written_by_hand() -> Iterator[str]:
    """Files where a sentence stands in Vietnamese, past the translations."""
    for path in sorted(SYNC.rglob("*.py")):
        rooms = path.relative_to(SYNC).parts
        if rooms[0] not in ("demo", "local_sheets") and '"vi":' in path.read_text(encoding="utf-8"):
            yield str(path)


def test_every_sentence_has_its_vietnamese_one_and_none_is_left_over() -> None:
    catalogue = translated()
    assert marked() ^ set(catalogue) == set()
    assert [text for text, message in catalogue.items() if not all(forms(message.string)) or message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_none_in_every_language(language: Language) -> None:
    assert gettext("", language) == ""


def test_sentences_are_translated_in_one_place() -> None:
    assert list(written_by_hand()) == []


def test_both_languages_tell_the_same_facts() -> None:
    told = [[*forms(message.id), *forms(message.string)] for message in translated().values()]
    assert [each for each in told if any(facts(form) != facts(each[0]) for form in each)] == []


def test_a_sentence_is_said_with_its_facts_in_the_language_of_the_reader() -> None:
    assert told("{free} MB are free where {path} is", "vi", free=3, path="/") == "còn trống 3 MB ở nơi có /"
    assert told("{free} MB are free where {path} is", "en", free=3, path="/") == "3 MB are free where / is"


@pytest.mark.parametrize(
    ("count", "language", "said"),
    [(0, "en", "0 people"), (1, "en", "1 person"), (2, "en", "2 people"), (1, "vi", "1 người"), (2, "vi", "2 người")],
)
def test_what_is_counted_has_the_form_that_goes_with_its_number(count: int, language: Language, said: str) -> None:
    assert counted("people", count, language) == said


def test_what_nobody_translated_is_said_in_english() -> None:
    assert {gettext("not a sentence of ours", language) for language in LANGUAGES} == {"not a sentence of ours"}


def test_whatever_trouble_a_record_names_is_told() -> None:
    assert failure_sentences("vi").keys() == set(Trouble)


def test_a_problem_that_an_earlier_version_kept_is_told_without_the_facts_that_it_lacks() -> None:
    kept = problem("unknown-word", CellRef("book", 1, "OKR", 1, 1), text="Tụt", field="Chiều", known="tăng, giảm")
    assert message_of(kept, "vi") == "Không hiểu “Tụt” (Chiều)."
    assert hint_of(kept, "en").endswith("what it means: …, or another of ….")
