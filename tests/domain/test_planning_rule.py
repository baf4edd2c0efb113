"""A key result without an initiative halfway through its running period: when that is told and when not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs

from sync.domain.alignment import align
from sync.domain.naming import Names, bearers_of
from sync.domain.okr import Initiative, Status
from sync.domain.rules import NO_INITIATIVE, check
from sync.domain.rules.planning import no_initiative, plans_of
from sync.domain.scoring import Score
from tests.webapp.companies import cell, key_result, objective

HALFWAY = date(2026, 11, 16)


def told(
    *served: str,
    of: str = "",
    today: date = HALFWAY,
    score: str = "0.3",
    off: tuple[str, ...] = (),
    whole: bool = True,
    **facts: object,
) -> list[str]:
    """The key results of which it is told, of K1 and K2 under O, where initiatives serve those that are named."""
    given: dict[str, Any] = {"period": "Q4/2026"} | facts
    objectives = [objective("o", id="O", **given)]
    parts = [key_result("k1", "o", 1, id="K1"), key_result("k2", "o", 2, id="K2")]
    initiatives = [Initiative(text="x", cell=cell(9), key_results=served, objective=of)] if served or of else []
    plans = plans_of(Names(bearers_of([*objectives, *parts])), initiatives, today)
    scores = {key: Score(Decimal(score)) for key in ("o", "k1", "k2")}
    found = check(align(objectives, parts), scores, whole=whole, off=off, plans=plans)
    ids = {part.cell: part.id for part in parts}
    return [ids[one.cell] for one in found if one.code == NO_INITIATIVE and one.cell]


def test_a_key_result_that_no_initiative_serves_is_told_halfway_through_its_period() -> None:
    assert told("K1") == ["K2"]


@pytest.mark.parametrize(
    ("today", "keys"),
    [
        (date(2026, 11, 15), []),
        (HALFWAY, ["K2"]),
        (date(2026, 12, 31), ["K2"]),
        (date(2027, 1, 1), []),
    ],
)
def test_it_is_told_from_the_middle_of_the_period_to_its_last_day(today: date, keys: list[str]) -> None:
    assert told("K1", today=today) == keys


def test_on_a_tab_for_which_nobody_plans_nothing_is_missing() -> None:
    assert told() == []
    elsewhere = structs.replace(cell(5), sheet_id=8)
    objectives = [objective("o", id="O", period="Q4/2026"), objective("p", id="P", period="Q4/2026", cell=elsewhere)]
    parts = [key_result("k1", "o", 1, id="K1"), key_result("k2", "p", 5, id="K2", cell=elsewhere)]
    plans = plans_of(Names(bearers_of(parts)), [Initiative(text="x", cell=cell(9), key_results=("K1",))], HALFWAY)
    assert list(no_initiative(align(objectives, parts), {}, plans)) == []


def test_an_initiative_of_the_objective_is_one_for_its_key_results_too() -> None:
    assert told(of="O") == []


def test_what_is_reached_needs_none() -> None:
    assert told("K1", score="1") == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CLOSED])
def test_drafts_and_what_is_closed_need_none(status: Status) -> None:
    assert told("K1", status=status) == []


def test_a_period_whose_days_nobody_knows_has_no_middle() -> None:
    assert told("K1", period="Đợt hai") == []


def test_it_can_be_switched_off_and_waits_for_the_whole_company() -> None:
    assert told("K1", off=(NO_INITIATIVE,)) == []
    assert told("K1", whole=False) == []
