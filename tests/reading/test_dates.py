"""Dates: serial numbers, ISO, and texts in the sheet's language."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.grid import CellError, Scalar
from sync.reading.dates import parse_day


@pytest.mark.parametrize(
    ("value", "locale"),
    [
        (45996, "vi_VN"),
        (45996.75, "en_US"),
        ("2025-12-05", "vi_VN"),
        ("2025-12-05T08:30:00Z", "en_US"),
        ("2025-12-05 08:30", "en_US"),
        ("2025/12/05", "ja_JP"),
        ("2025.12.5", "de_DE"),
        ("2025年12月5日", "ja_JP"),
        ("5/12/2025", "vi_VN"),
        ("05-12-2025", "vi_VN"),
        ("5.12.25", "de_DE"),
        ("05/12/2025 14:05:00", "en_GB"),
        ("12/5/2025", "en_US"),
        ("12/05/25", "en-US"),
        ("25/12/05", "ja_JP"),
        ("5-Dec-25", "vi_VN"),
        ("5 Dec 2025", "en_US"),
        ("Dec 5, 2025", "vi_VN"),
        ("December 5th, 2025", "en_US"),
        ("ngày 5 tháng 12 năm 2025", "vi_VN"),
        ("5 thg 12, 2025", "vi_VN"),
        ("5 de dezembro de 2025", "pt_BR"),
        ("5 dic 2025", "es_ES"),
        ("５／１２／２０２５", "vi_VN"),
        ("\u200b5/12/2025\u00a0", "vi_VN"),
        (unicodedata.normalize("NFD", "Ngày 5 tháng 12 năm 2025"), "vi_VN"),
    ],
)
def test_a_date_in_the_language_of_the_sheet(value: Scalar, locale: str) -> None:
    found = parse_day(value, locale)
    assert found is not None
    assert found.isoformat() == "2025-12-05"


@pytest.mark.parametrize(
    ("value", "locale"),
    [
        ("cuối quý 4", "vi_VN"),
        ("25/12/2025", "en_US"),
        ("31/02/2025", "vi_VN"),
        ("12/2025", "vi_VN"),
        ("2025/12-x", "vi_VN"),
        ("5/12.2025", "vi_VN"),
        ("555/12/2025", "vi_VN"),
        ("0000-12-05", "vi_VN"),
        ("", "vi_VN"),
        ("9" * 5000, "vi_VN"),
        (0, "vi_VN"),
        (-3, "vi_VN"),
        (20251205, "vi_VN"),
        (True, "vi_VN"),
        (None, "vi_VN"),
        (CellError("#REF!"), "vi_VN"),
    ],
)
def test_what_is_no_date_in_that_language_is_not_guessed_at(value: Scalar, locale: str) -> None:
    assert parse_day(value, locale) is None


@given(st.dates(), st.sampled_from(["vi_VN", "en_US", "ja_JP", "pt_BR", "de_DE"]))
def test_iso_reads_the_same_in_every_language(day: object, locale: str) -> None:
    assert str(parse_day(str(day), locale)) == str(day)


@given(st.text(max_size=60), st.sampled_from(["vi_VN", "en_US", "ja_JP"]))
def test_no_text_breaks_it(text: str, locale: str) -> None:
    parse_day(text, locale)
