"""How objectives link: references resolved over the whole company, and what cannot be resolved kept as such."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from sync.domain.alignment import Link, align
from sync.domain.cells import CellRef
from sync.domain.okr import KeyResult, Objective
from tests.support.steps import steps


def objective(key: str, *, text: str = "", parent: str = "", book: str = "book", **more: object) -> Objective:
    cell = CellRef(book, 1, "OKR", int(key.strip("abcdefghijklmnopqrstuvwxyz") or 0), 0)
    return structs.replace(Objective(key=key, text=text or f"text of {key}", cell=cell, parent=parent), **more)


def key_result(key: str, of: str, text: str = "", id_: str = "") -> KeyResult:
    return KeyResult(key=key, text=text or f"text of {key}", cell=CellRef("book", 1, "OKR", 9, 1), objective=of, id=id_)


@pytest.mark.parametrize("reference", ["O1", "o1", "Tăng trưởng", "TĂNG  TRƯỞNG", "O1: Tăng", "O1 - Tăng", "O1. Tăng"])
def test_a_parent_is_found_by_its_id_its_text_or_both(reference: str) -> None:
    parent = objective("p", text="Tăng trưởng", id="O1")
    alignment = align([parent, objective("c", parent=reference)], [])
    assert alignment.parents == {"c": Link("c", "p")}
    assert alignment.children() == {"p": ["c"]}


def test_an_id_comes_before_a_text() -> None:
    found = align([objective("p", id="X"), objective("q", text="X"), objective("c", parent="x")], [])
    assert found.parents["c"].objective == "p"


def test_a_parent_may_be_a_key_result() -> None:
    found = align([objective("p"), objective("c", parent="KR1")], [key_result("k", "p", id_="KR1")])
    assert found.parents["c"] == Link("c", "p", "k")


def test_a_key_result_of_no_objective_is_no_parent() -> None:
    found = align([objective("c", parent="KR1")], [key_result("k", "", id_="KR1")])
    assert [item.candidates for item in found.unresolved] == [()]


def test_cross_links_are_resolved_one_by_one() -> None:
    found = align([objective("a", id="A"), objective("b", id="B"), objective("c", related=("A", "Z", "b"))], [])
    assert found.related == (Link("c", "a"), Link("c", "b"))
    assert [(item.child, item.reference) for item in found.unresolved] == [("c", "Z")]


def test_an_objective_supports_neither_itself_nor_its_own_key_result() -> None:
    found = align(
        [objective("c", text="same", parent="same"), objective("d", parent="kr")], [key_result("k", "d", "kr")]
    )
    assert found.parents == {}
    assert [item.child for item in found.unresolved] == ["c", "d"]


def test_a_reference_with_two_meanings_is_kept_with_both() -> None:
    found = align([objective("p", text="same"), objective("q", text="same"), objective("c", parent="same")], [])
    assert [[item.key for item in unresolved.candidates] for unresolved in found.unresolved] == [["p", "q"]]


@pytest.mark.parametrize(
    ("other", "child"), [({"period": "Q1"}, {"period": "Q2"}), ({"book": "other"}, {"book": "book"})]
)
def test_the_childs_own_period_and_spreadsheet_tell_two_meanings_apart(
    other: dict[str, str], child: dict[str, str]
) -> None:
    objectives = [
        objective("p", text="same", **other),
        objective("q", text="same", **child),
        objective("c", parent="same", **child),
    ]
    found = align(objectives, [])
    assert found.parents["c"].objective == "q"


def test_a_circle_is_told_once_and_carries_no_links() -> None:
    ring = [objective("a", id="A", parent="B"), objective("b", id="B", parent="C"), objective("c", id="C", parent="A")]
    found = align([*ring, objective("d", parent="A")], [])
    assert found.circles == (("a", "b", "c"),)
    assert found.parents == {"d": Link("d", "a")}


@given(st.lists(st.integers(0, 14), min_size=1, max_size=15))
def test_whatever_the_references_no_circle_is_left(parents: list[int]) -> None:
    objectives = [objective(f"o{n}", id=f"I{n}", parent=f"I{parent}") for n, parent in enumerate(parents)]
    alignment = align(objectives, [])
    for key in alignment.parents:
        seen = {key}
        while key in alignment.parents:
            key = alignment.parents[key].objective
            assert key not in seen
            seen.add(key)
    linked = set(alignment.parents) | {key for circle in alignment.circles for key in circle}
    assert linked | {item.child for item in alignment.unresolved} == {found.key for found in objectives}


def chain(count: int) -> list[Objective]:
    return [objective(f"o{n}", id=f"I{n}", parent=f"I{n + 1}") for n in range(count)]


def test_a_chain_twice_as_long_costs_twice_the_steps() -> None:
    few, many = chain(500), chain(1000)
    cost = steps("sync", lambda: align(few, []))
    assert steps("sync", lambda: align(many, [])) < 2.5 * cost


def test_no_chain_is_too_long() -> None:
    assert len(align(chain(20_000), []).parents) == 19_999
