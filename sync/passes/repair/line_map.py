"""Where the rows and columns of a tab are after people moved them."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from sync.domain.grid import Entered, Formula, Scalar, Tab, text_of
from sync.passes.repair.pairing import Line, paired

Place = tuple[int, int]

# What stands for a formula, but for a text that it shows: its own text changes with every row that moves, what it shows
# with every number.
FORMULA = "="


@dataclass(frozen=True)
class LineMap:
    """Where the rows and columns of a tab as it is came from, by their numbers now, and where its header is now."""

    origin_row: Mapping[int, int]
    origin_column: Mapping[int, int]
    header: range

    @cached_property
    def row_home(self) -> dict[int, int]:
        """Where each row of before is now."""
        return _inverted(self.origin_row)

    @cached_property
    def column_home(self) -> dict[int, int]:
        """Where each column of before is now."""
        return _inverted(self.origin_column)

    def origin(self, place: Place) -> Place | None:
        """Where a cell was before; None for a new one."""
        return _cell(self.origin_row, self.origin_column, place)

    def home(self, place: Place) -> Place | None:
        """Where a cell of before is now; None for one that is gone."""
        return _cell(self.row_home, self.column_home, place)

    def then(self, later: "LineMap") -> "LineMap":
        """These moves, and later ones after them."""
        return LineMap(
            _joined(self.origin_row, later.origin_row), _joined(self.origin_column, later.origin_column), later.header
        )


def _inverted(line_map: Mapping[int, int]) -> dict[int, int]:
    return {old: new for new, old in line_map.items()}


def _joined(line_map: Mapping[int, int], later: Mapping[int, int]) -> dict[int, int]:
    return {now: line_map[then] for now, then in later.items() if then in line_map}


def _cell(rows: Mapping[int, int], columns: Mapping[int, int], place: Place) -> Place | None:
    row, column = rows.get(place[0]), columns.get(place[1])
    return None if row is None or column is None else (row, column)


@dataclass(frozen=True, slots=True)
class MaskedCells:
    """What our numbers cover in the later of two baselines.

    `surely` are cells of it; `perhaps` what we may have put there, by the column that it was sent to. `becomes` is what
    cells of the earlier baseline say with our writes in them, where those may have landed.
    """

    surely: Set[Place] = frozenset()
    perhaps: Mapping[int, Set[str]] = field(default_factory=dict)
    becomes: Mapping[Place, str] = field(default_factory=dict)

    def in_columns(self, column_home: Mapping[int, int]) -> Mapping[int, Set[str]]:
        """What may be ours in each column. Columns may have moved before the write and after it."""
        found: dict[int, Set[str]] = {}
        for sent_to, texts in self.perhaps.items():
            for column in between(sent_to, column_home.get(sent_to, sent_to)):
                found[column] = found.get(column, frozenset()) | texts
        return found


NOTHING = MaskedCells()


def between(one: int, other: int) -> range:
    """Two columns and all between them."""
    return range(min(one, other), max(one, other) + 1)


def line_map_between(
    before: Tab, header: range, named_by: Sequence[int], now: Tab, masked: MaskedCells = NOTHING
) -> LineMap:
    """What moved where between two baselines of a tab.

    `header` are the header's rows in the first, and `named_by` the columns that name its rows. The header is looked for
    first, because it may have moved with the rows; by it the columns are known, and by those the rows.
    """
    top = _header_now(before, header, now)
    header_now = header if top is None else range(top, top + len(header))
    columns = paired(
        [_earlier_column(before, header, column, masked.becomes) for column in range(before.width)],
        [_later_column(now, header_now, column, masked) for column in range(now.width)],
        # A header is renamed more often than one column takes the place of another.
        renamed=lambda _, __: True,
    )
    home = _inverted(columns)
    perhaps = masked.in_columns(home)
    names = [column for column in named_by if column in home]
    others = [column for column in sorted(home) if column not in names]
    names_now, others_now = [home[column] for column in names], [home[column] for column in others]
    rows = paired(
        [
            _earlier(before, masked.becomes, _across(row, names), _across(row, others))
            for row in range(len(before.values))
        ],
        [
            _later(now, masked.surely, perhaps, _across(row, names_now), _across(row, others_now))
            for row in range(len(now.values))
        ],
        known={} if top is None else dict(zip(header_now, header, strict=True)),
    )
    return LineMap(rows, columns, header_now)


def _earlier_column(tab: Tab, header: range, column: int, becoming: Mapping[Place, str]) -> Line:
    places = _down(tab, header, column)
    texts = [said(tab, place) for place in places]
    with_ours = _with_ours(places, texts, becoming)
    becomes = None
    if with_ours:
        name, content = _called(with_ours, header)
        becomes = (*name, content)
    name, content = _called(texts, header)
    return Line(name, (content,), becomes=becomes, cells=Counter(filter(None, texts)))


def _later_column(tab: Tab, header: range, column: int, masked: MaskedCells) -> Line:
    ours = masked.perhaps.get(column, frozenset())
    texts = [None if place in masked.surely else said(tab, place) for place in _down(tab, header, column)]
    covered = {row for row, text in enumerate(texts) if text is None or text in ours}
    unsure = {number for number, row in enumerate(header) if row in covered}
    name, content = _called(texts, header)
    if covered:
        unsure.add(len(name))
    cells = Counter(text for row, text in enumerate(texts) if text and row not in covered)
    return Line(name, (content,), frozenset(unsure), cells=cells, hidden=len(covered))


def _down(tab: Tab, header: range, column: int) -> list[Place]:
    return [(row, column) for row in range(max(len(tab.values), header.stop))]


def _called(texts: Sequence[str | None], header: range) -> tuple[tuple[str | None, ...], str]:
    """A column is called by its header; all that stands in it, in whatever order, is one text."""
    return tuple(texts[row] for row in header), "\n".join(sorted(filter(None, texts)))


def _across(row: int, columns: Sequence[int]) -> list[Place]:
    return [(row, column) for column in columns]


def _earlier(tab: Tab, becoming: Mapping[Place, str], named: Sequence[Place], other: Sequence[Place]) -> Line:
    places = [*named, *other]
    texts = tuple(said(tab, place) for place in places)
    return Line(texts[: len(named)], texts[len(named) :], becomes=_with_ours(places, texts, becoming))


def _with_ours(places: Sequence[Place], texts: Sequence[str], becoming: Mapping[Place, str]) -> tuple[str, ...] | None:
    """What cells say with our writes in them; None where none of them is written."""
    if not any(place in becoming for place in places):
        return None
    return tuple(becoming.get(place, text) for place, text in zip(places, texts, strict=True))


def _later(
    tab: Tab,
    surely: Set[Place],
    perhaps: Mapping[int, Set[str]],
    named: Sequence[Place],
    other: Sequence[Place],
) -> Line:
    places = [*named, *other]
    texts = tuple(None if place in surely else said(tab, place) for place in places)
    unsure = frozenset(
        number
        for number, (place, text) in enumerate(zip(places, texts, strict=True))
        if text is None or text in perhaps.get(place[1], ())
    )
    return Line(texts[: len(named)], texts[len(named) :], unsure)


def said(tab: Tab, place: Place) -> str:
    """What a cell says to whoever wants to know it again."""
    return _formula_says(tab.value(*place)) if tab.formulas.get(place) else tab.text(*place)


def says(entered: Entered) -> str:
    """What a cell says with this in it."""
    if isinstance(entered, Formula):
        return _formula_says(entered.shows)
    return text_of(float(entered) if isinstance(entered, Decimal) else entered)


def _formula_says(shows: Scalar) -> str:
    return FORMULA + shows if isinstance(shows, str) else FORMULA


def _header_now(before: Tab, header: range, now: Tab) -> int | None:
    """Where the header begins now: the nearest row to where it stood with at least half of its texts."""
    texts = _texts(before, header)
    if not texts:
        return None
    near = sorted(range(len(now.values)), key=lambda row: abs(row - header.start))
    fewest = texts.total() / 2
    return next((row for row in near if (texts & _texts(now, range(row, row + len(header)))).total() >= fewest), None)


def _texts(tab: Tab, rows: range) -> Counter[str]:
    return Counter(text for row in rows for column in range(tab.width) if (text := tab.text(row, column)))
