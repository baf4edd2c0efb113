"""What words and filters find."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.keys import key_of, person_key
from sync.domain.okr import Kind, Level, Status
from sync.domain.problems import LONGEST_QUOTE, problem
from sync.domain.scoring import Score
from tests.webapp.companies import VIETNAMESE, cell, company, key_result, objective, snapshot
from webapp.company.company import Company
from webapp.company.holders import unit_key
from webapp.company.search import Query, folded, plain
from webapp.pages.filter_form import MOST_TO_PICK_FROM, filter_form, names_to_pick
from webapp.pages.filters import Filters
from webapp.pages.results import results_page
from webapp.security import LONGEST_VALUE


@pytest.fixture
def sao_mai() -> Company:
    return company(
        snapshot(
            [
                objective("c", id="O1", text="Nâng cao Chất lượng", owner="Đặng An", unit="Ban giám đốc", period="Q4"),
                objective(
                    "d", 5, text="Bán hàng", level=Level.DEPARTMENT, parent="O1", unit="Phòng 1", kind=Kind.COMMITTED
                ),
                objective("e", 9, text="Tuyển dụng", level=Level.DEPARTMENT, unit="Phòng 10", status=Status.DRAFT),
                objective("n", 12, text="Khác", level=None, period="Q3"),
            ],
            [key_result("k", "d", 5, text="Doanh Thu quý", owner="Bình")],
            scores={"c": Score(Decimal("0.7")), "e": Score(Decimal("0.1"))},
            problems=(problem("not-a-number", cell(5, 1), text="x", field="y", example="1"),),
        ),
        before={"c": Decimal("0.5"), "k": Decimal("0.3")},
    )


def keys(found: Company, **asked: str) -> str:
    return "".join(objective.key for objective in Filters.of(asked).matching(found, VIETNAMESE))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("doanh thu", "d"),
        ("THU doanh", "d"),
        ("chat luong", "c"),
        ("chất", "c"),
        ("chát", ""),
        ("dang an", "c"),
        ("đặng", "c"),
        ("o1", "c"),
        ("bình", "d"),
        ("phong", "de"),
        ("ban hang doanh thu", "d"),
        ("doanh lượng", ""),
        ("  ", "cden"),
        ("[.*", ""),
    ],
)
def test_words_are_found_in_any_order_and_case_with_or_without_marks(
    sao_mai: Company, typed: str, expected: str
) -> None:
    assert keys(sao_mai, q=typed) == expected


def test_an_owner_is_the_same_wherever_in_a_syllable_the_tone_is_set() -> None:
    found = company(snapshot([objective("h", owner="Lê Huỷ"), objective("k", 2, owner="Lê Huy")]))
    assert keys(found, owner="Lê Hủy") == "h"


def test_marks_typed_apart_from_their_letters_are_the_same() -> None:
    assert Query("chất").is_in("chất lượng")
    assert plain("đường") == "duong"


@given(st.text())
def test_every_text_is_found_by_itself_with_and_without_its_marks(text: str) -> None:
    assert Query(text).is_in(text)
    assert Query(plain(key_of(text))).is_in(text)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("level", "department", "de"),
        ("level", "none", "n"),
        ("unit", "phòng 1", "d"),
        ("unit", "phong", "de"),
        ("owner", "dang", "c"),
        ("band", "on_track", "c"),
        ("band", "none", "n"),
        ("kind", "committed", "d"),
        ("status", "draft", "e"),
        ("problem", "1", "dn"),
        ("moved", "1", "c"),
        ("top", "1", "cen"),
    ],
)
def test_each_filter_leaves_what_it_says(sao_mai: Company, name: str, value: str, expected: str) -> None:
    assert keys(sao_mai, **{name: value}) == expected


def test_filters_are_met_all_at_once(sao_mai: Company) -> None:
    assert keys(sao_mai, level="department", status="active", q="doanh thu") == "d"
    assert keys(sao_mai, level="company", status="draft") == ""


def test_what_makes_no_sense_is_no_filter(sao_mai: Company) -> None:
    assert Filters.of({"level": "planet", "band": "x", "problem": "2", "other": "1", "q": " "}).is_empty


def test_an_address_gives_the_filters_back() -> None:
    asked = {"q": "doanh thu", "band": "at_risk", "moved": "1"}
    assert Filters.of(asked).query == asked


def test_the_form_offers_what_there_is_to_choose_between(sao_mai: Company) -> None:
    form = filter_form(Filters(unit="Phòng 10", moved="1"), sao_mai, VIETNAMESE)
    offered = {choice.name: [option.label for option in choice.options] for choice in form.choices}
    assert offered["unit"] == ["Ban giám đốc", "Phòng 1", "Phòng 10"]
    assert offered["level"] == ["Công ty", "Phòng ban", "Chưa ghi cấp"]
    assert offered["status"] == ["dự thảo", "đang thực hiện"]
    assert [option.value for choice in form.choices for option in choice.options if option.is_chosen] == ["Phòng 10"]
    assert form.chosen == 2


def test_names_stand_where_a_vietnamese_reader_looks_for_them() -> None:
    units = ["Vận hành", "Đào tạo", "Dự án", "Ấn phẩm", "Bán hàng"]
    owners = ["Yến", "Ánh", "Đức", "An"]
    facts = [{"unit": unit, "owner": owner} for unit in units for owner in owners]
    found = company(snapshot([objective(f"o{n}", n, **each) for n, each in enumerate(facts)]))
    choices = {one.name: one for one in filter_form(Filters(), found, VIETNAMESE).choices}
    offered = {name: [option.label for option in one.options] for name, one in choices.items()}
    assert offered["unit"] == ["Ấn phẩm", "Bán hàng", "Dự án", "Đào tạo", "Vận hành"]
    assert offered["owner"] == ["An", "Ánh", "Đức", "Yến"]


def test_a_name_too_long_for_an_address_can_be_chosen_all_the_same() -> None:
    found = company(snapshot([objective("o", unit="Phòng rất dài " * 4000), objective("p", 2, unit="Phòng 2")]))
    form = filter_form(Filters(), found, VIETNAMESE)
    (unit,) = (choice for choice in form.choices if choice.name == "unit")
    assert max(len(option.label) for option in unit.options) <= LONGEST_QUOTE
    assert max(len(option.value) for option in unit.options) <= LONGEST_VALUE
    chosen = unit.options[0].value
    assert keys(found, unit=chosen) == "o"
    (unit,) = (c for c in filter_form(Filters(unit=chosen), found, VIETNAMESE).choices if c.name == "unit")
    assert [option.is_chosen for option in unit.options] == [True, False]


def test_one_thing_is_no_choice_and_too_many_are_typed() -> None:
    names = [objective(f"o{n}", n, unit=f"Phòng {n}") for n in range(MOST_TO_PICK_FROM + 1)]
    choices = {found.name: found for found in filter_form(Filters(), company(snapshot(names)), VIETNAMESE).choices}
    assert choices["unit"].options == ()
    assert {"period", "owner", "level"} & choices.keys() == set()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "dang an"}, [("Đặng An", False)]),
        ({"q": "phòng 1"}, [("Phòng 1", True), ("Phòng 10", True)]),
        ({"owner": "Bình"}, [("Bình", False)]),
        ({"unit": "Phòng 10"}, [("Phòng 10", True)]),
        ({"q": "tuyển dụng"}, []),
    ],
)
def test_whoever_looks_for_a_name_is_led_to_their_page(
    sao_mai: Company, asked: dict[str, str], expected: list[tuple[str, bool]]
) -> None:
    page = results_page(Filters.of(asked), 1, sao_mai, VIETNAMESE)
    assert [(one.name, one.is_unit) for one in page.holders] == expected
    keys_of_names = [unit_key(name) if is_unit else person_key(name) for name, is_unit in expected]
    assert [one.key for one in page.holders] == keys_of_names


def test_of_too_many_names_to_pick_from_no_more_are_looked_at() -> None:
    looked: list[int] = []
    names = (looked.append(n) or f"Người {n // 2}" for n in range(10_000))  # type: ignore[func-returns-value]
    assert len(names_to_pick(names)) == MOST_TO_PICK_FROM + 1
    assert len(looked) == 2 * MOST_TO_PICK_FROM + 1


def test_names_are_folded_for_the_first_search_alone() -> None:
    found = company(snapshot([objective(f"o{n}", n, owner=f"Người tìm {n}") for n in range(50)]))
    results_page(Filters(q="người tìm 7"), 1, found, VIETNAMESE)
    before = folded.cache_info().misses
    page = results_page(Filters(q="tìm 48"), 1, found, VIETNAMESE)
    assert [one.name for one in page.holders] == ["Người tìm 48"]
    # The text of the card that is shown is looked at for the first time.
    assert folded.cache_info().misses - before == 1
