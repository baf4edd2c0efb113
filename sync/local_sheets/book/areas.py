"""A rectangle of cells. It knows nothing of sheets, titles or A1 text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Area:
    """Half-open and counted from 0; an end of None reaches to the edge of the grid."""

    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None

    def within(self, rows: int, columns: int) -> Area:
        """The part that a grid of this size holds, with both ends known."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Area(self.top, self.left, bottom, right)

    def meets(self, other: Area) -> bool:
        return (
            (self.bottom is None or other.top < self.bottom)
            and (other.bottom is None or self.top < other.bottom)
            and (self.right is None or other.left < self.right)
            and (other.right is None or self.left < other.right)
        )

    def holds(self, other: Area) -> bool:
        return (
            self.top <= other.top
            and self.left <= other.left
            and (self.bottom is None or (other.bottom is not None and other.bottom <= self.bottom))
            and (self.right is None or (other.right is not None and other.right <= self.right))
        )

    @property
    def row_span(self) -> tuple[int, int]:
        return self.top, self.top if self.bottom is None else self.bottom

    @property
    def column_span(self) -> tuple[int, int]:
        return self.left, self.left if self.right is None else self.right


def strip(dimension: str, start: int, end: int) -> Area:
    """Whole rows or whole columns."""
    return Area(top=start, bottom=end) if dimension == "ROWS" else Area(left=start, right=end)


def from_grid_range(grid_range: dict[str, Any]) -> Area:
    return Area(
        grid_range.get("startRowIndex", 0),
        grid_range.get("startColumnIndex", 0),
        grid_range.get("endRowIndex"),
        grid_range.get("endColumnIndex"),
    )


def to_grid_range(sheet_id: int, area: Area) -> dict[str, int]:
    """Google drops a `sheetId` of 0 here, and leaves out what is unbounded."""
    grid_range: dict[str, int] = {"sheetId": sheet_id} if sheet_id else {}
    if area.bottom is not None or area.top:
        grid_range["startRowIndex"] = area.top
    if area.bottom is not None:
        grid_range["endRowIndex"] = area.bottom
    if area.right is not None or area.left:
        grid_range["startColumnIndex"] = area.left
    if area.right is not None:
        grid_range["endColumnIndex"] = area.right
    return grid_range
