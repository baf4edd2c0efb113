"""The map: the alignment as a picture, from the company on the left to people on the right. Pure.

Puts cards (`card`) where the tidy tree (`layout`) wants them and draws the links between them; what is drawn at all is
decided by `selection`. Lengths are in CSS pixels at a zoom of 100 %.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sync.domain.okr import KeyResult, Level
from webapp.company.company import Company
from webapp.map.card import ACROSS_AT, HELD_AT, WIDTH, Content, card_content, link_faults
from webapp.map.layout import Box, Gaps, tidy_tree
from webapp.map.selection import MapQuery, Selection, select
from webapp.parts.items import Reference, path_to
from webapp.parts.pace import PaceView, pace_legend
from webapp.reader.reader import Reader

BETWEEN_COLUMNS = 88
PITCH = WIDTH + BETWEEN_COLUMNS
GAPS = Gaps(near=12, far=26)
LEFT, TOP, AROUND = 48, 44, 24
MORE_HEIGHT = 32
BEND, MOST_BENT = 28, 60
MORE = "+"

Query = Mapping[str, str | int | list[str]]
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Toggle:
    """What opens or folds what hangs under a card. `hidden` is how many a folded one hides, 0 where it is open.
    `is_here`: it is opened on this map, and not on one that begins at the card.
    """

    query: Query
    hidden: int
    name: str
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """An objective at its place."""

    x: int
    y: int
    content: Content
    toggle: Toggle | None


@dataclass(frozen=True, slots=True)
class More:
    """What stands for siblings that are left out, and leads to a map that shows them."""

    x: int
    y: int
    text: str
    query: Query


@dataclass(frozen=True, slots=True)
class Stroke:
    """Links of one style as an SVG path: "supports", "related" or "circle"."""

    style: str
    path: str


@dataclass(frozen=True, slots=True)
class Heading:
    x: int
    text: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything that `map.html` prints.

    `root` is the objective that the map begins at, None for the whole company, and `above` leads from the top to it;
    `further` opens one column more, `earlier` leads to the siblings that were skipped. `bands` are the styles with
    their words, `paces` the shapes with theirs.
    """

    width: int
    height: int
    headings: tuple[Heading, ...]
    strokes: tuple[Stroke, ...]
    cards: tuple[PlacedCard, ...]
    more: tuple[More, ...]
    total: int
    bands: tuple[tuple[str, str], ...]
    paces: tuple[PaceView, ...]
    root: Reference | None
    above: tuple[Reference, ...]
    further: Query | None
    earlier: Query | None
    query: Query


def map_page(company: Company, query: MapQuery, reader: Reader) -> MapPage | None:
    """The map as a reader sees it; None where there is no objective to begin at."""
    if query.root and query.root not in company.alignment.objectives:
        return None
    picture = _Picture(company, query, reader)
    columns, words = picture.columns.values(), reader.words
    root = company.alignment.objectives.get(query.root)
    return MapPage(
        width=LEFT + (max(columns, default=0) + 1) * PITCH - BETWEEN_COLUMNS + AROUND + MOST_BENT,
        height=max(picture.bottoms(), default=TOP) + AROUND,
        headings=tuple(picture.headings()),
        strokes=tuple(picture.strokes()),
        cards=tuple(picture.cards()),
        more=tuple(picture.more()),
        total=picture.selection.total,
        bands=(*((band.value, word) for band, word in reader.band_words.items()), ("none", words.gettext("no score"))),
        paces=pace_legend(reader) if company.running else (),
        root=Reference(root.key, root.text) if root else None,
        above=path_to(root, company, reader) if root else (),
        further=_further(query, picture.selection),
        earlier=_from(query, query.root, 0) if picture.selection.before else None,
        query=query.arguments(),
    )


class _Picture:
    """One drawing. Keys of cards are those of objectives, and MORE + parent for the siblings left out."""

    def __init__(self, company: Company, query: MapQuery, reader: Reader) -> None:
        self.company, self.query, self.reader = company, query, reader
        self.selection: Selection = select(company, query)
        drawn = self.selection.children
        self.levels = self._levels()
        self.contents = self._contents()
        boxes = {key: self._box(key, children) for key, children in drawn.items()}
        boxes |= {MORE + key: self._more_box(key) for key in self.selection.after}
        self.columns = {key: box.column for key, box in boxes.items()}
        self.held = tidy_tree(self._with_more("", self.selection.roots), boxes, GAPS)

    def cards(self) -> Iterator[PlacedCard]:
        for key, content in self.contents.items():
            x, y = self._corner(key)
            yield PlacedCard(x, y, content, self._toggle(key))

    def more(self) -> Iterator[More]:
        for parent, count in self.selection.after.items():
            x, y = self._corner(MORE + parent)
            text = self.reader.words.ngettext("%(count)s more", "%(count)s more", count)
            shown = self.selection.children[parent] if parent else self.selection.roots
            before = self.selection.before if parent == self.query.root else 0
            yield More(x, y, text, _from(self.query, parent, before + len(shown)))

    def headings(self) -> Iterator[Heading]:
        """The level of a column, where all of its cards have the same."""
        for column, levels in sorted(self.levels.items()):
            if len(levels) == 1:
                yield Heading(LEFT + column * PITCH, self.reader.levels[next(iter(levels))])

    def bottoms(self) -> Iterator[int]:
        """The lower edges of all cards."""
        for key, content in self.contents.items():
            yield self._corner(key)[1] + content.height
        for parent in self.selection.after:
            yield self._corner(MORE + parent)[1] + MORE_HEIGHT

    def strokes(self) -> Iterator[Stroke]:
        for style, paths in (
            ("supports", self._supports()),
            ("related", self._related()),
            ("circle", self._circles()),
        ):
            for path in dict.fromkeys(paths):
                yield Stroke(style, path)

    def _levels(self) -> dict[int, set[Level | None]]:
        """Which levels stand in each column."""
        levels: dict[int, set[Level | None]] = {}
        for key, column in self.selection.columns.items():
            levels.setdefault(column, set()).add(self.company.alignment.objectives[key].level)
        return levels

    def _contents(self) -> dict[str, Content]:
        faults, ports = link_faults(self.company.alignment), _linked_key_results(self.company)
        found: dict[str, Content] = {}
        for key in self.selection.children:
            linked: Iterable[KeyResult] = (part for part in self.company.key_results_of(key) if part.key in ports)
            found[key] = card_content(
                self.company.alignment.objectives[key],
                linked,
                faults,
                self.company,
                self.reader,
                tells_level=len(self.levels[self.selection.columns[key]]) > 1,
            )
        return found

    def _box(self, key: str, children: Sequence[str]) -> Box:
        below = self.contents[key].height - HELD_AT
        return Box(self.selection.columns[key], HELD_AT, below, self._with_more(key, children))

    def _more_box(self, parent: str) -> Box:
        column = self.selection.columns[parent] + 1 if parent else 0
        return Box(column, HELD_AT, MORE_HEIGHT - HELD_AT)

    def _with_more(self, parent: str, children: Sequence[str]) -> tuple[str, ...]:
        return (*children, MORE + parent) if parent in self.selection.after else tuple(children)

    def _toggle(self, key: str) -> Toggle | None:
        hidden = self.selection.hidden.get(key, 0)
        is_open = bool(self.selection.children[key])
        if not hidden and (not is_open or key == self.query.root):
            return None
        words = self.reader.words
        name = words.gettext("Fold what supports it") if is_open else words.gettext("Show what supports it")
        if key in self.selection.without_room:
            return Toggle(MapQuery(root=key).arguments(), hidden, name, is_here=False)
        return Toggle(self.query.toggled(key, is_open=is_open).arguments(), hidden, name)

    def _corner(self, key: str) -> Point:
        return LEFT + self.columns[key] * PITCH, TOP + self.held[key] - HELD_AT

    def _left(self, key: str) -> Point:
        x, y = self._corner(key)
        return x, y + HELD_AT

    def _right(self, key: str, key_result: str = "") -> Point:
        x, y = self._corner(key)
        return x + WIDTH, y + self.contents[key].port_heights.get(key_result, HELD_AT)

    def _foot(self, key: str, side: int, key_result: str = "") -> Point:
        x, y = self._corner(key)
        content = self.contents[key]
        return x + side, y + content.port_heights.get(key_result, content.height - ACROSS_AT)

    def _supports(self) -> Iterator[str]:
        for key, children in self.selection.children.items():
            for child in children:
                link = self.company.alignment.parents[child]
                yield _branch(self._right(key, link.key_result), self._left(child))
            if children and key in self.selection.after:
                yield _branch(self._right(key), self._left(MORE + key))

    def _related(self) -> Iterator[str]:
        """Between cards that are drawn: what is folded away would only tangle the rest."""
        for link in self.company.alignment.related:
            if link.child in self.contents and link.objective in self.contents:
                yield self._sideways(link.child, link.objective, link.key_result)

    def _sideways(self, child: str, other: str, port: str) -> str:
        """From card to card, away from the links of the tree; to a key result where it has a line and faces us."""
        if self.columns[child] == self.columns[other]:
            return _around(self._foot(child, WIDTH), self._foot(other, WIDTH, port), 1)
        if self.columns[child] < self.columns[other]:
            return _across(self._foot(child, WIDTH), self._foot(other, 0))
        return _across(self._foot(child, 0), self._foot(other, WIDTH, port))

    def _circles(self) -> Iterator[str]:
        for circle in self.company.alignment.circles:
            for child, parent in zip(circle, (*circle[1:], circle[0]), strict=True):
                if child in self.contents and parent in self.contents:
                    yield self._against(child, parent)

    def _against(self, child: str, parent: str) -> str:
        """On the left, where nothing else is linked: those in a circle have no parent on the map."""
        if self.columns[child] == self.columns[parent]:
            return _around(self._foot(child, 0), self._left(parent), -1)
        return self._sideways(child, parent, "")


def _across(start: Point, end: Point) -> str:
    """From one column to another, leaving and arriving level."""
    middle = (start[0] + end[0]) // 2
    return f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"


def _branch(start: Point, end: Point) -> str:
    """From a parent: down or up beside its own column, then straight on, where the tree keeps other cards out."""
    turned = start[0] + BETWEEN_COLUMNS
    return _across(start, (turned, end[1])) + ("" if turned == end[0] else f"H{end[0]}")


def _around(start: Point, end: Point, side: int) -> str:
    """Within a column, bent to the right (1) or to the left (-1), the further the longer it is."""
    outside = start[0] + side * min(BEND + abs(end[1] - start[1]) // 16, MOST_BENT)
    return f"M{start[0]} {start[1]}C{outside} {start[1]} {outside} {end[1]} {end[0]} {end[1]}"


def _linked_key_results(company: Company) -> set[str]:
    links = (*company.alignment.parents.values(), *company.alignment.related)
    return {link.key_result for link in links if link.key_result}


def _further(query: MapQuery, selection: Selection) -> Query | None:
    if selection.is_full or not selection.hidden:
        return None
    return MapQuery(query.root, selection.whole + 1, query.opened, frozenset(), query.skip).arguments()


def _from(query: MapQuery, root: str, skip: int) -> Query:
    """A map of the siblings from the skipped ones on."""
    return MapQuery(root, query.columns, query.opened, query.folded, skip).arguments()
