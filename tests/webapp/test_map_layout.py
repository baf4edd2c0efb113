"""The tidy tree as geometry: what a reader's eye relies on holds for any tree."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.steps import steps
from webapp.map.layout import Box, Gaps, tidy_tree

GAPS = Gaps(near=10, far=20)

Tree = tuple[tuple[str, ...], dict[str, Box]]


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Any forest: each card hangs under an earlier one or stands at the top, at times some columns further right."""
    count = draw(st.integers(1, 40))
    parents = [draw(st.integers(-1, number - 1)) for number in range(count)]
    columns: list[int] = []
    for parent in parents:
        columns.append((columns[parent] if parent >= 0 else -1) + draw(st.integers(1, 3)))
    below: dict[int, list[str]] = {}
    for number, parent in enumerate(parents):
        below.setdefault(parent, []).append(str(number))
    boxes = {
        str(number): Box(
            columns[number], draw(st.integers(0, 60)), draw(st.integers(0, 60)), tuple(below.get(number, ()))
        )
        for number in range(count)
    }
    return tuple(below[-1]), boxes


def edges_of(boxes: dict[str, Box], held: dict[str, int]) -> dict[str, tuple[int, int]]:
    return {key: (held[key] - box.above, held[key] + box.below) for key, box in boxes.items()}


@given(trees())
def test_no_two_cards_of_a_column_touch(tree: Tree) -> None:
    roots, boxes = tree
    edges = edges_of(boxes, tidy_tree(roots, boxes, GAPS))
    for column in {box.column for box in boxes.values()}:
        stacked = sorted(edges[key] for key, box in boxes.items() if box.column == column)
        assert all(lower[0] - upper[1] >= GAPS.near for upper, lower in pairwise(stacked))


@given(trees())
def test_a_parent_is_level_with_its_first_child(tree: Tree) -> None:
    roots, boxes = tree
    held = tidy_tree(roots, boxes, GAPS)
    for key, box in boxes.items():
        if box.children:
            assert held[key] == held[box.children[0]]


@given(trees())
def test_siblings_keep_their_order(tree: Tree) -> None:
    roots, boxes = tree
    held = tidy_tree(roots, boxes, GAPS)
    for siblings in (roots, *(box.children for box in boxes.values())):
        assert [held[key] for key in siblings] == sorted(held[key] for key in siblings)


@given(trees())
def test_every_card_is_placed_and_the_picture_begins_at_its_top(tree: Tree) -> None:
    roots, boxes = tree
    held = tidy_tree(roots, boxes, GAPS)
    assert set(held) == set(boxes)
    assert min(top for top, _ in edges_of(boxes, held).values()) >= 0


@given(trees())
def test_the_same_subtree_is_drawn_the_same_wherever_it_hangs(tree: Tree) -> None:
    roots, boxes = tree
    alone = tidy_tree(roots[:1], boxes, GAPS)
    together = tidy_tree(roots, boxes, GAPS)
    moved = together[roots[0]] - alone[roots[0]]
    assert {key: middle + moved for key, middle in alone.items()}.items() <= together.items()


def test_cards_of_different_parents_stand_further_apart_than_siblings() -> None:
    boxes = {
        "a": Box(0, 10, 10, ("a1", "a2")),
        "b": Box(0, 10, 10, ("b1",)),
        "a1": Box(1, 20, 20),
        "a2": Box(1, 20, 20),
        "b1": Box(1, 20, 20),
    }
    held = tidy_tree(("a", "b"), boxes, GAPS)
    assert (held["a2"] - held["a1"], held["b1"] - held["a2"]) == (40 + GAPS.near, 40 + GAPS.far)


def test_a_small_tree_moves_in_beside_a_deep_one() -> None:
    """Only columns that both trees have are kept apart."""
    boxes = {
        "deep": Box(0, 10, 10, ("wide",)),
        "wide": Box(1, 10, 10, ("x", "y", "z")),
        **{key: Box(2, 50, 50) for key in "xyz"},
        "small": Box(0, 10, 10),
    }
    held = tidy_tree(("deep", "small"), boxes, GAPS)
    assert held["small"] - held["deep"] == 20 + GAPS.near
    assert held["small"] < held["z"]


def test_no_tree_at_all() -> None:
    assert tidy_tree((), {}, GAPS) == {}


def chain(count: int) -> Tree:
    boxes = {str(at): Box(at, 25, 25, (str(at + 1),) if at + 1 < count else ()) for at in range(count)}
    return ("0",), boxes


def fan(count: int) -> Tree:
    children = tuple(str(at) for at in range(1, count))
    return ("0",), {"0": Box(0, 25, 25, children), **{key: Box(1, 25, 25) for key in children}}


def comb(count: int) -> Tree:
    """A spine, with one more card at each of its joints: every joint compares a deep side with a shallow one."""
    boxes: dict[str, Box] = {}
    for at in range(count):
        spine = (f"s{at + 1}",) if at + 1 < count else ()
        boxes[f"s{at}"] = Box(at, 25, 25, (*spine, f"t{at}"))
        boxes[f"t{at}"] = Box(at + 1, 25, 25)
    return ("s0",), boxes


SHAPES: tuple[Callable[[int], Tree], ...] = (chain, fan, comb)


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_cards_cost_twice_the_steps(shape: Callable[[int], Tree]) -> None:
    few, many = shape(1000), shape(2000)
    cost = steps("webapp.map.layout", lambda: tidy_tree(*few, GAPS))
    assert steps("webapp.map.layout", lambda: tidy_tree(*many, GAPS)) < 2.1 * cost


@pytest.mark.parametrize("shape", SHAPES)
def test_no_tree_is_too_deep_or_too_wide(shape: Callable[[int], Tree]) -> None:
    roots, boxes = shape(20_000)
    assert len(tidy_tree(roots, boxes, GAPS)) == len(boxes)
