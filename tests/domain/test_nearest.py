"""Did you mean: which name is told for one that nobody bears."""

import pytest

from sync.domain.okr import KeyResult, Objective
from sync.domain.rules import nearest
from sync.domain.rules.nearest import NONE, NOT_SEARCHED, Nearest
from tests.support.grids import at


def objective(text: str, id_: str = "", key: str = "") -> Objective:
    return Objective(key=key or text, text=text, id=id_, cell=at("A2"))


def key_result(text: str, id_: str = "", of: str = "") -> KeyResult:
    return KeyResult(key=text, text=text, id=id_, objective=of, cell=at("B2"))


def test_the_name_that_is_spelt_most_alike_is_told_as_it_is_written() -> None:
    company = Nearest([objective("Tăng trưởng bền vững", "CT-O1"), objective("Tăng trưởng vượt bậc", "CT-O2")])
    assert company.told("tăng trưỡng bền vững") == "“Tăng trưởng bền vững”"


def test_ids_and_key_results_are_names_too() -> None:
    company = Nearest([objective("Tăng trưởng", "CT-O1"), key_result("Doanh thu đạt 9 tỷ", "CT-O1.KR12")])
    assert company.told("CT-O1-KR12") == "“CT-O1.KR12”"
    assert company.told("Doanh thu đat 9 tỷ") == "“Doanh thu đạt 9 tỷ”"


def test_a_name_that_stands_whole_within_another_is_near() -> None:
    company = Nearest([objective("Mở rộng kênh đại lý và đối tác tại ba thành phố lớn"), objective("Giữ người giỏi")])
    assert company.told("Mở rộng kênh đại lý") == "“Mở rộng kênh đại lý và đối tác tại ba thành phố lớn”"
    assert company.told("Giữ người giỏi (Phòng Nhân sự, quý 4/2026, mục tiêu thứ hai)") == "“Giữ người giỏi”"


def test_a_name_that_begins_as_another_and_ends_otherwise_is_near() -> None:
    company = Nearest([objective("Mở rộng kênh đại lý và đối tác tại ba thành phố lớn"), objective("Giữ người giỏi")])
    assert company.told("Mở rộng kênh đại lý miền Trung") == "“Mở rộng kênh đại lý và đối tác tại ba thành phố lớn”"


def test_a_short_name_that_stands_within_others_by_chance_is_not() -> None:
    assert Nearest([objective("Tăng trưởng doanh thu bền vững", "O1")]).told("O12 xyz abc def") == NONE


@pytest.mark.parametrize(("ids", "said"), [(["KR11", "KR12"], "“KR11” / “KR12”"), (["KR11", "KR12", "KR13"], NONE)])
def test_of_equally_near_ones_both_are_told_or_none(ids: list[str], said: str) -> None:
    company = Nearest([objective(f"mục tiêu {'abc'[n] * 9}", id_) for n, id_ in enumerate(ids)])
    assert company.told("KR19") == said


def test_two_that_bear_the_same_name_are_one_name() -> None:
    company = Nearest([objective("Tăng trưởng", key="1"), objective("Tăng  trưởng", key="2")])
    assert company.told("Tăng trưởg") == "“Tăng trưởng”"


def test_an_objective_is_not_told_of_itself_nor_of_its_key_results() -> None:
    own, part = objective("Tăng trưởng", key="o"), key_result("Tăng trưởng đều", of="o")
    assert Nearest([own, part]).told("Tăng trưởngg", but="o") == NONE
    assert Nearest([own, part, objective("Tang trưởng", key="p")]).told("Tăng trưởngg", but="o") == "“Tang trưởng”"


def test_what_would_cost_too_much_is_said_not_to_be_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "MOST_LOOKED_AT", 5)
    company = Nearest([objective("Tăng trưởng"), objective("Giữ người giỏi")])
    assert [company.told(name) for name in ("Tăng trưởg", "Giữ người gioi", "Tăng trưởn")] == [
        "“Tăng trưởng”",
        "“Giữ người giỏi”",
        NOT_SEARCHED,
    ]


def test_the_same_question_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "MOST_LOOKED_AT", 1)
    company = Nearest([objective("Tăng trưởng")])
    assert {company.told("Tăng trưởg") for _ in range(9)} == {"“Tăng trưởng”"}
