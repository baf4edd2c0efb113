"""What Google answers with, as far as we look at it: types that its JSON is read into. Knows none of our own values,
but for where there is no end.

A cell of these takes a tenth of the memory of a dictionary of dictionaries, and a third of the time. All that we do not
ask for is passed over; what is of another type than Google says makes it a broken answer.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from sync.domain.cells import FAR

T = TypeVar("T")

# What the answer to a question is that is asked by hand.
Json = dict[str, Any]


# Cells hold no cycles, so that Python need not search these for them.
class ErrorValue(msgspec.Struct, gc=False):
    type: str = ""


class Value(msgspec.Struct, gc=False):
    """One of these, or none at all."""

    numberValue: float | int | None = None
    stringValue: str | None = None
    boolValue: bool | None = None
    formulaValue: str | None = None
    errorValue: ErrorValue | None = None


class NumberFormat(msgspec.Struct, gc=False):
    type: str = ""


class Color(msgspec.Struct, gc=False):
    """Shares of the most of each; what is not named is none."""

    red: float = 0
    green: float = 0
    blue: float = 0


class ColorStyle(msgspec.Struct, gc=False):
    rgbColor: Color | None = None


class CellFormat(msgspec.Struct, gc=False):
    numberFormat: NumberFormat | None = None
    backgroundColor: Color | None = None
    backgroundColorStyle: ColorStyle | None = None


class Cell(msgspec.Struct, gc=False):
    userEnteredValue: Value | None = None
    effectiveValue: Value | None = None
    userEnteredFormat: CellFormat | None = None
    effectiveFormat: CellFormat | None = None


class RowData(msgspec.Struct, gc=False):
    values: list[Cell] = []


_ROW = msgspec.json.Decoder(RowData)


class GridData(msgspec.Struct, gc=False):
    """A block of cells; where it begins is 0 where it is not named."""

    startRow: int = 0
    startColumn: int = 0
    rowData: list[msgspec.Raw] = []

    @property
    def rows(self) -> Iterator[RowData]:
        """Its rows, each read when it is asked for: all of them at once take more memory than what becomes of them.
        Raises ValueError for what is none.
        """
        return map(_ROW.decode, self.rowData)


class GridRange(msgspec.Struct, gc=False):
    """A side that is not named is unbounded."""

    startRowIndex: int = 0
    startColumnIndex: int = 0
    endRowIndex: int = FAR
    endColumnIndex: int = FAR


class ProtectedRange(msgspec.Struct, gc=False):
    range: GridRange = msgspec.field(default_factory=GridRange)
    unprotectedRanges: list[GridRange] = []
    warningOnly: bool = False
    requestingUserCanEdit: bool = False


class GridProperties(msgspec.Struct, gc=False):
    columnCount: int = FAR


class SheetProperties(msgspec.Struct, gc=False):
    sheetId: int = 0
    title: str = ""
    sheetType: str = "GRID"
    gridProperties: GridProperties = msgspec.field(default_factory=GridProperties)


class Sheet(msgspec.Struct, gc=False):
    properties: SheetProperties = msgspec.field(default_factory=SheetProperties)
    data: list[GridData] = []
    merges: list[GridRange] = []
    protectedRanges: list[ProtectedRange] = []


class SpreadsheetProperties(msgspec.Struct, gc=False):
    title: str = ""
    locale: str = "en_US"
    timeZone: str = "Etc/GMT"


class Spreadsheet(msgspec.Struct, gc=False):
    """The answer to spreadsheets.get."""

    spreadsheetId: str
    spreadsheetUrl: str = ""
    properties: SpreadsheetProperties = msgspec.field(default_factory=SpreadsheetProperties)
    sheets: list[Sheet] = []


class Updated(msgspec.Struct, gc=False):
    """What a write's answer shows of the spreadsheet."""

    sheets: list[Sheet] = []


class BatchUpdate(msgspec.Struct, gc=False):
    """The answer to batchUpdate."""

    updatedSpreadsheet: Updated = msgspec.field(default_factory=Updated)


class ValueRange(msgspec.Struct, gc=False):
    values: list[list[str | float | int | bool | None]] = []


class BatchValues(msgspec.Struct, gc=False):
    """The answer to values:batchGet."""

    valueRanges: list[ValueRange]


class DataFilter(msgspec.Struct, gc=False):
    a1Range: str


class MatchedValues(msgspec.Struct, gc=False):
    valueRange: ValueRange
    dataFilters: list[DataFilter]


class MatchedBatchValues(msgspec.Struct, gc=False):
    """The answer to values:batchGetByDataFilter."""

    valueRanges: list[MatchedValues] = []


def answer_in(content: bytes | str, kind: type[T]) -> T:
    """The answer in the body of a response. Raises ValueError for what is none, as NaN and infinity are no numbers that
    a sheet can hold.
    """
    return msgspec.json.decode(content, type=kind)
