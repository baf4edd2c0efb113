"""Which row each row of a sheet was before people moved them. Columns are rows to this room, by their headers."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from sync.grid import Tab

Identity = tuple[str, ...]
TextAt = Callable[[int, int], str]
# The identities of so many rows of a sheet, whose columns are where the last argument says.
Identities = Callable[[TextAt, int, Mapping[int, int]], Sequence[Identity]]


@dataclass(frozen=True)
class Moves:
    """Where the rows and columns of a tab as it is came from, by their numbers now, and where its header is now."""

    origin_row: dict[int, int]
    origin_column: dict[int, int]
    header: range

    @cached_property
    def row_home(self) -> dict[int, int]:
        """Where each row of before is now."""
        return inverted(self.origin_row)

    @cached_property
    def column_home(self) -> dict[int, int]:
        """Where each column of before is now."""
        return inverted(self.origin_column)


def moves_between(before: Tab, header: range, now: Tab, identities: Identities, names: int) -> Moves:
    """What moved where between two pictures of a tab; `header` are the header's rows in the first.

    The header is looked for first, because it may have moved with the rows; by it the columns are known, and by those
    that tell rows apart the rows. `names` are as in `row_moves`.
    """
    top = _header_now(before, header, now)
    header_now = range(top, top + len(header))
    columns = row_moves(_headers(before, header), _headers(now, header_now), alike=_in_place)
    home = inverted(columns)
    rows_before, rows_now = len(before.values), len(now.values)
    rows = row_moves(identities(before.text, rows_before, {}), identities(now.text, rows_now, home), names=names)
    return Moves(rows, columns, header_now)


def row_moves(
    before: Sequence[Identity],
    after: Sequence[Identity],
    *,
    names: int | None = None,
    alike: Callable[[Identity, Identity], bool] | None = None,
) -> dict[int, int]:
    """Which row each row of `after` was in `before`; rows that are new are left out.

    Runs that stayed in order are matched first (insertions, deletions), then rows that went elsewhere by all that they
    say (sorting), then by the first `names` of it, then rows that were edited where they stand and are still `alike`:
    say much the same. At last rows that say nothing, in their order.
    """
    alike = alike or _alike
    moves: dict[int, int] = {}
    edited: list[tuple[Sequence[int], Sequence[int]]] = []
    for tag, old, old_end, new, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            moves.update(zip(range(new, new_end), range(old, old_end), strict=True))
        elif old_end - old == new_end - new:
            edited.append((range(old, old_end), range(new, new_end)))
        else:
            edited.append((_named(before, old, old_end), _named(after, new, new_end)))
    for said in (None, names):
        _match_what_says_the_same([row[:said] for row in before], [row[:said] for row in after], moves)
    matched = set(moves.values())
    for olds, news in edited:
        for old_row, new_row in zip(olds, news, strict=True) if len(olds) == len(news) else ():
            free = new_row not in moves and old_row not in matched and any(before[old_row])
            if free and alike(before[old_row], after[new_row]):
                moves[new_row] = old_row
    _match_the_nameless(before, after, moves)
    return moves


def _named(rows: Sequence[Identity], start: int, end: int) -> list[int]:
    return [row for row in range(start, end) if any(rows[row])]


def _match_what_says_the_same(before: Sequence[Identity], after: Sequence[Identity], moves: dict[int, int]) -> None:
    """Of the rows that were not matched yet, in their order."""
    left: dict[Identity, list[int]] = {}
    matched = set(moves.values())
    for row, identity in enumerate(before):
        if row not in matched and any(identity):
            left.setdefault(identity, []).append(row)
    for row, identity in enumerate(after):
        if row not in moves and left.get(identity):
            moves[row] = left[identity].pop(0)


def _match_the_nameless(before: Sequence[Identity], after: Sequence[Identity], moves: dict[int, int]) -> None:
    """Rows that say nothing, in their order; only where none of them came or went, else nobody knows which.

    Those at the end may have been pushed out of what is seen.
    """
    matched = set(moves.values())
    last = max(matched, default=-1)
    then = [row for row, identity in enumerate(before[:last]) if row not in matched and not any(identity)]
    now = [row for row, identity in enumerate(after) if row not in moves and not any(identity)]
    if len(then) == len(now):
        moves.update(zip(now, then, strict=True))


def inverted(moves: Mapping[int, int]) -> dict[int, int]:
    """Where each row went, out of where each came from."""
    return {old: new for new, old in moves.items()}


def _header_now(before: Tab, header: range, now: Tab) -> int:
    """Where the header begins now: the nearest row to where it stood with at least half of its texts."""
    texts = _texts(before, header)
    if not texts:
        return header.start
    near = sorted(range(len(now.values)), key=lambda row: abs(row - header.start))
    fewest = texts.total() / 2
    return next(
        (row for row in near if (texts & _texts(now, range(row, row + len(header)))).total() >= fewest), header.start
    )


def _texts(tab: Tab, rows: range) -> Counter[str]:
    return Counter(text for row in rows for column in range(tab.width) if (text := tab.text(row, column)))


def _headers(tab: Tab, rows: range) -> list[Identity]:
    """What tells each column from the others."""
    return [tuple(tab.text(row, column) for row in rows) for column in range(tab.width)]


def _in_place(_: Identity, __: Identity) -> bool:
    """A header is renamed, or hit by a number of ours, more often than one column takes the place of another."""
    return True


def _alike(one: Identity, other: Identity) -> bool:
    """Whether one row may be the other reworded, and not another row in its place."""
    shared = any(text and text == again for text, again in zip(one, other, strict=True))
    return shared or SequenceMatcher(None, "".join(one), "".join(other)).ratio() > 0.6
