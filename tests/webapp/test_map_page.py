"""The map as values: which cards are drawn, what stands on them, and which links run between them."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from sync.domain.okr import Status
from tests.support.maps import company_with, department, person
from tests.webapp.big_company import TOP, big_company
from tests.webapp.companies import ENGLISH, VIETNAMESE, company, key_result, objective
from webapp.company.company import Company
from webapp.map.card import HELD_AT, WIDTH
from webapp.map.page import MapPage, PlacedCard, map_page
from webapp.map.selection import MOST_AT_ALL, MOST_BY_ITSELF, MOST_SIBLINGS, MapQuery, select
from webapp.map.text import ELLIPSIS, width_of, wrapped
from webapp.reader.reader import Reader


def drawn(found: Company, query: MapQuery | None = None, reader: Reader = VIETNAMESE) -> MapPage:
    page = map_page(found, query or MapQuery(), reader)
    assert page is not None
    return page


def card(page: MapPage, key: str) -> PlacedCard:
    return next(found for found in page.cards if found.content.key == key)


def said(page: MapPage, key: str) -> list[str]:
    return [line.text for line in card(page, key).content.lines]


def paths(page: MapPage, style: str) -> list[str]:
    return [stroke.path for stroke in page.strokes if stroke.style == style]


def test_levels_stand_in_columns_from_the_company_to_people() -> None:
    page = drawn(company_with(objective("c", id="C"), department("d", id="D", parent="C"), person("p", parent="D")))
    assert card(page, "c").x < card(page, "d").x < card(page, "p").x
    assert [heading.text for heading in page.headings] == ["Công ty", "Phòng ban", "Cá nhân"]


def test_an_objective_stands_in_the_column_of_its_level_wherever_it_hangs() -> None:
    page = drawn(
        company_with(
            objective("c", id="C"),
            department("d", id="D", parent="C"),
            person("skipping", parent="C"),
            person("lonely"),
            person("p", parent="D"),
        )
    )
    assert card(page, "skipping").x == card(page, "lonely").x == card(page, "p").x


def test_what_supports_its_own_level_stands_further_right_and_the_column_has_no_name() -> None:
    page = drawn(company_with(department("a", id="A"), department("b", parent="A"), person("p", parent="A")))
    assert card(page, "b").x == card(page, "p").x
    assert said(page, "b") == ["Objective b", "Phòng ban"]
    assert [heading.text for heading in page.headings] == ["Phòng ban"]


def test_a_card_says_who_how_far_and_what_is_wrong() -> None:
    found = company_with(
        department("d", text="Bán nhiều hơn", unit="Phòng Kinh doanh", owner="Lan", parent="không có"),
        key_results=[key_result("k", "d")],
    )
    page = drawn(found)
    assert said(page, "d") == [
        "Bán nhiều hơn",
        "Phòng Kinh doanh · Lan",
        "không tìm thấy: “không có”",
    ]
    content = card(page, "d").content
    assert (content.score.text, content.score.word, content.troubles) == ("0,30", "có rủi ro", "1 lỗi")
    assert content.name.startswith("Bán nhiều hơn. Phòng ban. Phòng Kinh doanh · Lan. 0,30 có rủi ro")


def test_problems_that_do_not_fit_beside_the_score_have_a_line() -> None:
    content = card(drawn(company_with(person("p"))), "p").content
    assert (content.score.word, content.troubles) == ("chưa có kết quả then chốt", "")
    assert content.lines[-1].text == "1 lỗi, 1 cảnh báo"


def test_a_key_result_that_is_supported_has_a_line_and_the_link_ends_there() -> None:
    found = company_with(
        objective("c", id="C"),
        department("first", parent="C"),
        department("second", parent="KR2"),
        key_results=[key_result("one", "c"), key_result("two", "c", id="KR2", text="Doanh thu")],
    )
    page = drawn(found)
    (port,) = card(page, "c").content.ports
    assert (port.text, port.score.text) == ("Doanh thu", "0,30")
    parent = card(page, "c")
    assert paths(page, "supports")[1].startswith(f"M{parent.x + WIDTH} {parent.y + port.y - 4}C")


def test_children_stand_in_the_order_of_what_they_support() -> None:
    parts = [key_result(f"k{n}", "c", id=f"K{n}") for n in (1, 2)]
    found = company_with(
        objective("c", id="C"),
        department("to-two", parent="K2"),
        department("to-one", parent="K1"),
        department("to-all", parent="C"),
        department("also-to-two", parent="K2"),
        key_results=parts,
    )
    page = drawn(found)
    stacked = sorted((found.y, found.content.key) for found in page.cards if found.content.key != "c")
    assert [key for _, key in stacked] == ["to-all", "to-one", "to-two", "also-to-two"]


def test_cross_links_are_drawn_apart_from_the_tree() -> None:
    page = drawn(
        company_with(
            objective("c", id="C"),
            department("a", id="A", parent="C", related=("B",)),
            department("b", id="B", parent="C", related=("C",)),
        )
    )
    assert (len(paths(page, "supports")), len(paths(page, "related"))) == (2, 2)
    assert set(paths(page, "supports")).isdisjoint(paths(page, "related"))


def test_orphans_broken_links_and_circles_are_marked_and_said() -> None:
    page = drawn(
        company_with(
            department("orphan"),
            department("broken", parent="nowhere"),
            department("vague", parent="Same"),
            objective("s1", text="Same"),
            objective("s2", text="Same"),
            department("x", id="X", parent="Y"),
            department("y", id="Y", parent="X"),
            objective("top"),
        ),
        reader=ENGLISH,
    )
    assert {key: card(page, key).content.loose for key in ("orphan", "broken", "vague", "x", "y", "top")} == {
        "orphan": "orphan",
        "broken": "broken",
        "vague": "broken",
        "x": "",
        "y": "",
        "top": "",
    }
    assert "supports nothing above" in said(page, "orphan")
    assert "not found: “nowhere”" in said(page, "broken")
    assert "means several: “Same”" in said(page, "vague")
    assert "supports itself in a circle" in said(page, "x")
    assert len(paths(page, "circle")) == 2


def test_drafts_are_marked_and_closed_ones_left_out_unless_the_map_begins_there() -> None:
    found = company_with(
        objective("c", id="C", status=Status.CLOSED),
        department("d", parent="C"),
        objective("new", status=Status.DRAFT),
    )
    page = drawn(found, reader=ENGLISH)
    assert {one.content.key: one.content.status for one in page.cards} == {"d": "active", "new": "draft"}
    assert said(page, "new")[1] == "draft"
    assert said(page, "d")[-1] == "what it supports is closed"
    assert {one.content.key for one in drawn(found, MapQuery(root="c")).cards} == {"c", "d"}


def test_a_link_past_a_level_runs_where_no_card_stands() -> None:
    page = drawn(
        company_with(
            objective("c", id="C"),
            department("d", id="D", parent="C"),
            department("e", id="E", parent="C"),
            person("skipping", parent="C"),
        )
    )
    height = card(page, "skipping").y + HELD_AT
    (path,) = [path for path in paths(page, "supports") if path.endswith(f"H{card(page, 'skipping').x}")]
    assert f" {height}H" in path
    for key in ("d", "e"):
        found = card(page, key)
        assert not found.y <= height <= found.y + found.content.height


def test_a_map_of_one_branch_says_what_it_supports() -> None:
    found = company_with(
        objective("c", id="C"),
        department("d", id="D", parent="C"),
        department("e", parent="C"),
        person("p", parent="D"),
    )
    page = drawn(found, MapQuery(root="d"))
    assert [one.content.key for one in page.cards] == ["d", "p"]
    assert [link.key for link in page.above] == ["c"]
    assert (page.root.key if page.root else "") == "d"
    assert card(page, "d").x == card(drawn(found), "c").x


def test_there_is_no_map_of_what_is_not_there() -> None:
    assert map_page(company_with(objective("c")), MapQuery(root="nobody"), VIETNAMESE) is None


def test_a_small_company_is_drawn_whole() -> None:
    page = drawn(company(big_company(30)))
    assert (len(page.cards), page.total, page.further) == (30, 30, None)


@pytest.mark.parametrize("size", [200, 2000, 10_000])
def test_of_a_large_company_the_upper_levels_are_drawn(size: int) -> None:
    page = drawn(company(big_company(size)))
    assert len(page.cards) <= MOST_BY_ITSELF
    assert page.total == size
    hidden = sum(found.toggle.hidden for found in page.cards if found.toggle)
    assert hidden == size - len(page.cards)


def test_a_card_is_opened_and_folded_by_its_address() -> None:
    found = company(big_company(2000))
    folded = card(drawn(found), "o1")
    assert folded.toggle is not None
    assert folded.toggle.query == {"open": ["o1"]}
    opened = card(drawn(found, MapQuery(opened=frozenset({"o1"}))), "o1")
    assert opened.toggle is not None
    assert opened.toggle.hidden == 0
    assert opened.toggle.query == {"fold": ["o1"]}


def test_one_column_more_can_be_opened_at_once() -> None:
    found = company(big_company(200))
    first = drawn(found)
    assert first.further == {"columns": 2}
    assert (len(first.cards), len(drawn(found, MapQuery(columns=2)).cards)) == (15, 200)


def test_of_many_siblings_the_first_are_drawn_and_the_others_are_a_page_away() -> None:
    found = company_with(*(objective(f"c{n}") for n in range(MOST_SIBLINGS + 5)))
    page = drawn(found)
    (more,) = page.more
    assert (len(page.cards), more.text, more.query) == (MOST_SIBLINGS, "5 mục tiêu nữa", {"skip": MOST_SIBLINGS})
    rest = drawn(found, MapQuery(skip=MOST_SIBLINGS))
    assert [one.content.key for one in rest.cards] == [f"c{MOST_SIBLINGS + n}" for n in range(5)]
    assert (rest.earlier, rest.more) == ({}, ())


def test_nobody_gets_more_than_is_drawn_in_a_moment() -> None:
    found = company(big_company(10_000))
    departments = drawn(found, MapQuery(columns=1))
    assert len(departments.cards) == TOP + TOP * MOST_SIBLINGS
    assert [more.text for more in departments.more] == [f"{100 - MOST_SIBLINGS} mục tiêu nữa"] * TOP
    page = drawn(found, MapQuery(columns=9))
    assert MOST_AT_ALL - MOST_SIBLINGS < len(page.cards) <= MOST_AT_ALL
    assert page.further is None


def test_what_has_no_room_on_a_full_map_is_opened_on_one_of_its_own() -> None:
    found = company(big_company(10_000))
    page = drawn(found, MapQuery(columns=9))
    folded = [one for one in page.cards if one.toggle and one.toggle.hidden]
    assert folded
    for one in folded:
        assert one.toggle is not None
        assert (one.toggle.query, one.toggle.is_here) == ({"root": one.content.key}, False)
    own = drawn(found, MapQuery(root=folded[0].content.key))
    assert len(own.cards) > 1
    roomy = drawn(found)
    assert all(one.toggle.is_here for one in roomy.cards if one.toggle)


def test_an_address_with_nonsense_in_it_shows_the_map() -> None:
    found = company_with(objective("c"))
    asked = MultiDict([("open", "nobody"), ("fold", "'\"<"), ("skip", "-1"), ("columns", "²"), ("skip", "9" * 99)])
    assert MapQuery.of(asked, found) == MapQuery()


def test_a_chain_of_any_length_is_a_map() -> None:
    length = sys.getrecursionlimit() + 200
    chain = [department(f"d{n}", id=f"D{n}", parent=f"D{n - 1}" if n else "") for n in range(length)]
    page = drawn(company_with(*chain))
    assert page.total == length
    assert len(page.cards) <= MOST_BY_ITSELF


def test_every_objective_is_drawn_or_counted() -> None:
    found = company(big_company(2000))
    for query in (MapQuery(), MapQuery(opened=frozenset({"o1", "o6"})), MapQuery(root="o1"), MapQuery(columns=3)):
        selection = select(found, query)
        assert len(selection.children) + sum(selection.hidden.values()) == selection.total


@given(st.text(max_size=400), st.integers(4, 30), st.integers(1, 3))
def test_no_line_is_wider_than_its_card(text: str, width: int, lines: int) -> None:
    found = wrapped(text, width, lines)
    assert len(found) <= lines
    assert all(width_of(line) <= width for line in found)


def test_a_text_is_broken_between_words_and_says_when_it_goes_on() -> None:
    assert wrapped("Tăng doanh thu quý này", 7, 3) == ("Tăng doanh", "thu quý này")
    assert wrapped("Tăng doanh thu quý này", 7, 1) == ("Tăng doanh" + ELLIPSIS,)
    assert wrapped("", 9, 2) == ()
