"""Which language a reader gets, and that no text is missing in Vietnamese."""

import io
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from werkzeug.datastructures import LanguageAccept

from sync.domain.languages import Language
from webapp.reader.languages import choose

ROOT = Path(__file__).parents[2]
SOURCES = ((ROOT / "webapp", "**.py", "python"), (ROOT / "templates", "**.html", "jinja2.ext:babel_extract"))


def wanted() -> set[str | tuple[str, ...]]:
    return {
        message
        for folder, pattern, method in SOURCES
        for _, _, message, _, _ in extract_from_dir(folder, method_map=[(pattern, method)])
    }


def test_every_text_has_its_vietnamese_one_and_none_is_left_over() -> None:
    source = (ROOT / "webapp" / "translations" / "vi" / "messages.po").read_bytes()
    catalogue = {
        message.id if isinstance(message.id, str) else tuple(message.id): message
        for message in read_po(io.BytesIO(source), locale="vi")
        if message.id
    }
    assert set(catalogue) == wanted()
    assert [key for key, message in catalogue.items() if not message.string or message.fuzzy] == []
    assert [key for key, message in catalogue.items() if list(message.check())] == []


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "expected"),
    [
        ("en", "vi", "vi", "en"),
        (None, "en", "vi", "en"),
        (None, None, "en-US", "en"),
        (None, None, "vi-VN", "vi"),
        (None, None, "fr", "vi"),
        ("xx", "yy", "en", "en"),
    ],
)
def test_the_address_then_the_cookie_then_the_browser_then_vietnamese(
    asked: str | None, remembered: str | None, accepted: str, expected: Language
) -> None:
    assert choose(asked, remembered, LanguageAccept([(accepted, 1)])) == expected
