"""Which row each row of a sheet was before people moved them. Columns are rows to this room, by their headers."""

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

Identity = tuple[str, ...]
TextAt = Callable[[int, int], str]


def row_moves(before: Sequence[Identity], after: Sequence[Identity]) -> dict[int, int]:
    """Which row each row of `after` was in `before`; rows that are new are left out.

    Runs that stayed in order are matched first (insertions, deletions), then rows that went elsewhere by what they
    say (sorting), and at last rows that were edited where they stand and still say much the same.
    """
    moves: dict[int, int] = {}
    edited: list[tuple[range, range]] = []
    for tag, old, old_end, new, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            moves.update(zip(range(new, new_end), range(old, old_end), strict=True))
        elif old_end - old == new_end - new:
            edited.append((range(old, old_end), range(new, new_end)))
    left: dict[Identity, list[int]] = {}
    matched = set(moves.values())
    for row, identity in enumerate(before):
        if row not in matched and any(identity):
            left.setdefault(identity, []).append(row)
    for row, identity in enumerate(after):
        if row not in moves and left.get(identity):
            moves[row] = left[identity].pop(0)
    unmatched = {row for rows in left.values() for row in rows}
    for olds, news in edited:
        for old_row, new_row in zip(olds, news, strict=True):
            if new_row not in moves and old_row in unmatched and _alike(before[old_row], after[new_row]):
                moves[new_row] = old_row
    return moves


def identities(text: TextAt, rows: int, columns: Sequence[int]) -> list[Identity]:
    """What tells each row from the others."""
    return [tuple(text(row, column) for column in columns) for row in range(rows)]


def headers(text: TextAt, rows: int, width: int) -> list[Identity]:
    """What tells each column from the others."""
    return [tuple(text(row, column) for row in range(rows)) for column in range(width)]


def inverted(moves: Mapping[int, int]) -> dict[int, int]:
    """Where each row went, out of where each came from."""
    return {old: new for new, old in moves.items()}


def _alike(one: Identity, other: Identity) -> bool:
    """Whether one row may be the other reworded, and not another row in its place."""
    shared = any(text and text == again for text, again in zip(one, other, strict=True))
    return shared or SequenceMatcher(None, "".join(one), "".join(other)).ratio() > 0.6
