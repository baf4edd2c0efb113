"""The formulas that are computed, and what happens to the others."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client


def result(client: Client, formula: str) -> Any:
    client.put("E10", [[formula]], "USER_ENTERED")
    return client.sheets.read(client.id, "E10")[0][0]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3-4/2", 5),
        ("=(1+2)*3", 9),
        ("=-2^2", 4),
        ("=+A1", 1),
        ("=65%", 0.65),
        ("=A1+B1", 3),
        ("=SUM(A1:B2)", 10),
        ("=SUM(A1:A2;B1, 5)", 11),
        ("=SUM(A:A)", 4),
        ("=SUM(1:1)", 3),
        ("=AVERAGE(A1:C2)", 2.5),
        ("=MIN(A1:B2)", 1),
        ("=MAX(A1:B2)", 4),
        ("=COUNT(A1:C2)", 4),
        ("=ROUND(2.675, 2)", 2.68),
        ("=ROUND(-2.5)", -3),
        ("=ROUND(1250;-2)", 1300),
        ('=IFERROR(1/0, "none")', "none"),
        ("=IFERROR(A1)", 1),
        ('=IF(D1="","",1)', ""),
        ('=IF(A1<B1,"up","down")', "up"),
        ('=A1&"/"&B1', "1/2"),
        ("=D1", 0),
        ("=sum(a1:b1)", 3),
        ("='Sheet1'!B2*2", 8),
        ("=C1", "text"),
        ("=1/0", "#DIV/0! (Function DIVIDE parameter 2 cannot be zero.)"),
        ("=AVERAGE(D1:D5)", "#DIV/0! (Evaluation of function AVERAGE caused a divide by zero error.)"),
        ("=Nope!A1", "#REF! (Unresolved sheet name.)"),
        ("=9^999", "#NUM! (Result was not a number that a cell can hold.)"),
    ],
)
def test_a_formula_shows_its_value(client: Client, formula: str, value: Any) -> None:
    client.put("A1", [[1, 2, "text"], [3, 4]])
    assert result(client, formula) == value


def test_a_text_cannot_be_added(client: Client) -> None:
    client.put("A1", [["12 days"]])
    assert result(client, "=A1+1").startswith("#VALUE!")


def test_a_change_is_seen_at_once_through_any_number_of_formulas(client: Client) -> None:
    client.put("A1", [[1], *([f"=A{row}+1"] for row in range(1, 10))], "USER_ENTERED")
    assert client.sheets.read(client.id, "A10") == [[10]]
    client.put("A1", [[100]])
    assert client.sheets.read(client.id, "A10") == [[109]]


def test_a_chain_longer_than_any_recursion_is_computed(client: Client) -> None:
    client.batch({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 3000}})
    client.put("B1", [*([f"=B{row + 1}+1"] for row in range(1, 3000)), [1]], "USER_ENTERED")
    assert client.sheets.read(client.id, "B1") == [[3000]]


def test_a_circle_is_an_error_and_not_an_end(client: Client) -> None:
    client.put("A1", [["=B1", "=A1", "=C1", "=A1+1"]], "USER_ENTERED")
    assert all(str(shown).startswith("#REF! (Circular") for shown in client.sheets.read(client.id, "A1:D1")[0])


def test_what_is_not_on_the_list_keeps_the_value_it_showed(client: Client) -> None:
    client.put("A1", [[7]])
    client.put("A1", [["=VLOOKUP(B1, C:D, 2, FALSE)"]], "USER_ENTERED")
    assert client.sheets.read(client.id, "A1") == [[7]]
    assert client.sheets.read(client.id, "A1", "FORMULA") == [["=VLOOKUP(B1, C:D, 2, FALSE)"]]


@pytest.mark.parametrize(
    "formula", ["=" + "(" * 5000, "=" + "-" * 5000 + "1", "=1+", "==", "=A1:B2", '="', "=#", "=1 2"]
)
def test_nonsense_is_stored_and_harms_nobody(client: Client, formula: str) -> None:
    client.put("A1", [[formula]], "USER_ENTERED")
    assert client.values("A1", valueRenderOption="FORMULA")["values"] == [[formula]]


def test_where_the_comma_is_the_decimal_sign_it_is_read_so(client: Client) -> None:
    properties = {"properties": {"locale": "vi_VN"}, "fields": "locale"}
    client.batch({"updateSpreadsheetProperties": properties})
    client.put("A1", [[10]])
    assert result(client, "=A1*0,5") == 5
    assert result(client, "=ROUND(A1/3;1)") == 3.3
    assert result(client, "=SUM(A1,A1)") == 20
