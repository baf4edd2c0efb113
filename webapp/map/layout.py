"""Where the cards of the map stand: a tidy tree after Reingold and Tilford, laid out from left to right.

Pure geometry in whole units; knows nothing of objectives. A card stands in a given column and is held at a point of its
own, from which it reaches up and down. A parent is held level with its first child and not in the middle of them all:
a picture of many cards is looked at from its upper left corner, and there it has to begin.

Sides of a subtree that face each other are compared only as far as the shallower one reaches, so the cost grows with
the number of cards. Nothing is recursive: a chain of any length is laid out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

ROOT_COLUMN = -1


@dataclass(frozen=True, slots=True)
class Box:
    """A card to be placed: its column, to the right of that of its parent, how far it reaches above and below the point
    at which it is held, and what hangs under it."""

    column: int
    above: int
    below: int
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps:
    """The least distance between siblings, and between cards of different parents."""

    near: int
    far: int


class _Outline:
    """The upper and lower edge of a subtree in each of its columns, the deepest column first.

    Kept that way round, a parent is appended and the shallower of two outlines goes into the deeper one. Edges are
    relative to `shift`, so that a whole subtree moves at once.
    """

    def __init__(self) -> None:
        self.tops: list[int] = []
        self.bottoms: list[int] = []
        self.shift = 0

    def __len__(self) -> int:
        return len(self.tops)

    def add_column(self, top: int, bottom: int) -> None:
        self.tops.append(top - self.shift)
        self.bottoms.append(bottom - self.shift)

    def room_for(self, below: "_Outline", gaps: Gaps) -> int:
        """How far `below` has to move down to stand clear of this one."""
        depths = range(1, min(len(self), len(below)) + 1)
        overlaps = (
            self.bottoms[-depth] - below.tops[-depth] + (gaps.near if depth == 1 else gaps.far) for depth in depths
        )
        return self.shift - below.shift + max(overlaps)

    def joined(self, below: "_Outline") -> "_Outline":
        """Both as one; the deeper of the two takes the other in."""
        apart = below.shift - self.shift
        depths = range(1, min(len(self), len(below)) + 1)
        if len(self) >= len(below):
            for depth in depths:
                self.bottoms[-depth] = below.bottoms[-depth] + apart
            return self
        for depth in depths:
            below.tops[-depth] = self.tops[-depth] - apart
        return below


def tidy_tree(roots: Sequence[str], boxes: Mapping[str, Box], gaps: Gaps) -> dict[str, int]:
    """Where each card is held, from the top of the picture. Siblings stand in the order given, a parent is level
    with its first child, and no two cards of a column are closer than the gaps."""
    offsets: dict[str, int] = {}
    outlines: dict[str, _Outline] = {}
    order = list(_parents_first(roots, boxes))
    for key in reversed(order):
        outlines[key] = _with_parent(boxes[key], _stacked(boxes[key], boxes, outlines, offsets, gaps))
    whole = _stacked(Box(ROOT_COLUMN, 0, 0, tuple(roots)), boxes, outlines, offsets, gaps)
    start = -min(whole.tops, default=0) - whole.shift
    held = {key: offsets[key] + start for key in roots}
    for key in order:
        held.update((child, held[key] + offsets[child]) for child in boxes[key].children)
    return held


def _parents_first(roots: Sequence[str], boxes: Mapping[str, Box]) -> Iterator[str]:
    waiting = list(reversed(roots))
    while waiting:
        key = waiting.pop()
        yield key
        waiting.extend(reversed(boxes[key].children))


def _stacked(
    parent: Box, boxes: Mapping[str, Box], outlines: dict[str, _Outline], offsets: dict[str, int], gaps: Gaps
) -> _Outline:
    """The children's outlines as one. How far below the parent each child is held is noted on the way."""
    whole = _Outline()
    for child in parent.children:
        below = outlines.pop(child)
        for _ in range(parent.column + 1, boxes[child].column):
            below.add_column(0, 0)  # the link to a parent further left passes here
        moved = whole.room_for(below, gaps) if len(whole) else 0
        below.shift += moved
        offsets[child] = moved
        whole = whole.joined(below) if len(whole) else below
    return whole


def _with_parent(parent: Box, outline: _Outline) -> _Outline:
    outline.add_column(-parent.above, parent.below)
    return outline
