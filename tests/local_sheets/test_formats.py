"""Values as shown and as typed, by the spreadsheet's locale."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.local_sheets.book.book import Formula
from sync.local_sheets.book.formats import formatted
from sync.local_sheets.book.typed import typed


def form(kind: str, pattern: str = "") -> dict[str, Any]:
    return {"numberFormat": {"type": kind, **({"pattern": pattern} if pattern else {})}}


@pytest.mark.parametrize(
    ("value", "number_format", "english", "vietnamese"),
    [
        (0.7, None, "0.7", "0,7"),
        (1 / 3, None, "0.3333333333", "0,3333333333"),
        (1e20, None, "1E+20", "1E+20"),
        (True, None, "TRUE", "TRUE"),
        (0.705, form("PERCENT", "0.0%"), "70.5%", "70,5%"),
        (0.705, form("PERCENT"), "70.50%", "70,50%"),
        (1_234_567.5, form("NUMBER", "#,##0"), "1,234,568", "1.234.568"),
        (1_234_567.5, form("NUMBER"), "1,234,567.50", "1.234.567,50"),
        (0.125, form("NUMBER", "0.00"), "0.13", "0,13"),
        (5, form("NUMBER", "0000"), "0005", "0005"),
        (-3.5, form("NUMBER", "0.0;(0.0)"), "(3.5)", "(3,5)"),
        (12, form("NUMBER", '0 "%"'), "12 %", "12 %"),
        (1_234_567, form("NUMBER", '#,##0,"K"'), "1,235K", "1.235K"),
        (-1234.5, form("CURRENCY"), "-$1,234.50", "-1.234,50 ₫"),
        (1234.5, form("CURRENCY", "[$₫-42A]#,##0"), "₫1,235", "₫1.235"),
        (1.5, form("SCIENTIFIC"), "1.50E+00", "1,50E+00"),
        (45000, form("DATE"), "3/15/2023", "15/3/2023"),
        (45000.75, form("DATE_TIME", "dd/mm/yyyy hh:mm:ss"), "15/03/2023 18:00:00", "15/03/2023 18:00:00"),
        (45000, form("DATE", "d mmmm yyyy"), "15 March 2023", "15 tháng 3 2023"),
        (7, form("TEXT", "@"), "7", "7"),
        ("0,7", form("NUMBER", "0.00"), "0,7", "0,7"),
    ],
)
def test_a_value_is_shown_in_the_language_of_its_spreadsheet(
    value: Any, number_format: Any, english: str, vietnamese: str
) -> None:
    assert formatted(value, number_format, "en_US") == english
    assert formatted(value, number_format, "vi_VN") == vietnamese


@given(
    st.one_of(st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False)),
    st.sampled_from(["NUMBER", "PERCENT", "CURRENCY", "DATE", "TIME", "DATE_TIME", "SCIENTIFIC", "TEXT", "ODD"]),
    st.text("#0?.,%Ee+-;\"'\\[$]_* ymdhs/:@AMP", max_size=12),
)
def test_no_pattern_breaks_the_showing(value: float, kind: str, pattern: str) -> None:
    assert isinstance(formatted(value, form(kind, pattern), "vi_VN"), str)


@pytest.mark.parametrize(
    ("text", "english", "vietnamese"),
    [
        ("0.7", 0.7, "0.7"),
        ("0,7", "0,7", 0.7),
        ("70%", 0.7, 0.7),
        ("70,5%", "70,5%", 0.705),
        ("1.200.000", "1.200.000", 1_200_000),
        ("1,200", 1200, 1.2),
        ("-5", -5, -5),
        ("007", 7, 7),
        ("1e3", 1000, 1000),
        ("31/12/2025", "31/12/2025", 46022),
        ("12/31/2025", 46022, "12/31/2025"),
        ("2025-12-31", 46022, 46022),
        ("31/02/2025", "31/02/2025", "31/02/2025"),
        ("$100.15", 100.15, "$100.15"),
        ("1.000.000 ₫", "1.000.000 ₫", 1_000_000),
        ("true", True, True),
        ("'0123", "0123", "0123"),
        ("=A1", Formula("=A1"), Formula("=A1")),
        ("=", "=", "="),
        ("45,5 phút", "45,5 phút", "45,5 phút"),
        ("≤ 20", "≤ 20", "≤ 20"),
        ("٣", "٣", "٣"),
        ("", None, None),
    ],
)
def test_a_typed_text_becomes_what_its_locale_makes_of_it(text: str, english: Any, vietnamese: Any) -> None:
    assert typed(text, "en_US").entered == english
    assert typed(text, "vi_VN").entered == vietnamese


@given(st.text(), st.sampled_from(["en_US", "vi_VN", "fr_FR", "ja_JP", "pt_BR"]))
def test_anything_can_be_typed(text: str, locale: str) -> None:
    typed(text, locale)
