"""The turn of a period: what `check` says of the one that comes."""

from datetime import date

from sync.domain.okr import Objective, Status
from sync.domain.periods import CALENDAR_YEARS
from sync.domain.turning import Turn, ends_without_a_next, turns
from tests.support.grids import at

DECEMBER = date(2026, 12, 10)


def objective(period: str, unit: str = "Kinh doanh", status: Status = Status.ACTIVE) -> Objective:
    return Objective(key=f"{period}{unit}", text="O", cell=at("A1"), period=period, unit=unit, status=status)


def found(*objectives: Objective, today: date = DECEMBER) -> list[Turn]:
    return turns(objectives, CALENDAR_YEARS, today)


def test_units_of_the_period_before_that_have_nothing_yet_are_named_once() -> None:
    (turn,) = found(
        objective("Q4/2026"),
        objective("Q4/2026", "Sản xuất"),
        objective("Q4/2026", "SẢN XUẤT"),
        objective("Q1/2027", status=Status.DRAFT),
    )
    assert (turn.period.name, turn.before and turn.before.name) == ("Q1/2027", "Q4/2026")
    assert (turn.drafts, turn.active, turn.units) == (1, 0, ("Sản xuất",))


def test_a_quarter_is_compared_with_a_quarter_and_not_with_a_year() -> None:
    (turn,) = found(objective("Năm 2026", "Kho"), objective("Q4/2026"), objective("Q1/2027"))
    assert turn.before is not None
    assert turn.before.name == "Q4/2026"
    assert turn.units == ()


def test_what_began_long_ago_or_is_far_away_is_no_turn() -> None:
    assert found(objective("Q4/2026"), objective("Q3/2027")) == []
    assert [turn.period.name for turn in found(objective("Q4/2026"), today=date(2026, 10, 20))] == ["Q4/2026"]


def test_a_period_that_ends_soon_with_nothing_after_it_is_told() -> None:
    last = [objective("Q3/2026"), objective("Q4/2026")]
    assert ends_without_a_next(last, CALENDAR_YEARS, DECEMBER) is None
    ending = ends_without_a_next(last, CALENDAR_YEARS, date(2026, 12, 20))
    assert ending is not None
    assert ending.name == "Q4/2026"
    assert ends_without_a_next([*last, objective("Q1/2027")], CALENDAR_YEARS, date(2026, 12, 20)) is None
    assert ends_without_a_next([objective("Quý 4")], CALENDAR_YEARS, date(2026, 12, 20)) is None
