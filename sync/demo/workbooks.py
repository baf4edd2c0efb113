"""The sample company's workbooks: from the rows in `company/*.txt` to .xlsx files.

Knows how the rows are written, not what they mean. One file is one workbook, "# " begins its title, "## " a tab,
every further line that is not blank is a row of cells between "|"; "* " before a row makes it a header. A cell is:

    42      25.2%       a number; a number in a cell that is formatted as percent
    %                   nothing, in a cell that is formatted as percent
    '8.000              a text, whatever it looks like; so is everything that is nothing else here
    =I{row}/H{row}      a formula
    {-7}                the day a week ago
    ^       <           merged with the cell above, or on the left
    84 ~ 85 ~ 86        84 now; the other values come later, see `life`

{quý}, {quarter} and {q} inside a text are the current quarter, {quý trước} the one before, {quý sau} the one after;
{row} is the row's number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

COMPANY = Path(__file__).parent / "company"

NOTE = (
    "Dữ liệu mẫu: công ty, tên người và con số đều do chúng tôi đặt ra.\n"
    "Sample data: company, people and numbers are invented."
)
NARROWEST, WIDEST, WIDEST_PROSE = 10, 60, 110

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PERCENT = re.compile(r"(-?\d+(?:\.(\d+))?)%")
_DAY = re.compile(r"\{([+-]\d+)\}")
_HEADER_FILL = PatternFill("solid", start_color="E3F1E8")

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Moving:
    """A cell whose value changes while the sample lives, and the values that it takes in turn."""

    spreadsheet: str
    tab: str
    cell: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class SampleWorkbook:
    """A workbook that was built: where it is, what it is called, and what moves in it."""

    path: Path
    title: str
    moving: tuple[Moving, ...]


def build_workbooks(folder: Path, today: date) -> list[SampleWorkbook]:
    """Write every workbook of the sample into `folder`, the company's first."""
    sources = sorted(COMPANY.glob("*.txt"), key=lambda path: (path.stem != "cong-ty", path.stem))
    return [_build(source, folder, today) for source in sources]


def _build(source: Path, folder: Path, today: date) -> SampleWorkbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    title, moving = "", []
    tab: _TabWriter | None = None
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            title = line.removeprefix("# ")
        elif line.startswith("## "):
            tab = _TabWriter(workbook.create_sheet(_dated(line.removeprefix("## "), today)), today)
        elif line and tab is not None:
            moving += [Moving(source.stem, tab.sheet.title, *found) for found in tab.add(line)]
    for sheet in workbook.worksheets:
        _finish(sheet)
    path = folder / f"{source.stem}.xlsx"
    workbook.save(path)
    return SampleWorkbook(path, title, tuple(moving))


class _TabWriter:
    """Puts one row after the other on a tab."""

    def __init__(self, sheet: Worksheet, today: date) -> None:
        self.sheet, self.today = sheet, today
        self.row = 0
        self.open_merges: dict[int, int] = {}

    def add(self, line: str) -> Iterator[tuple[str, tuple[Value, ...]]]:
        """The cells that move, with their values."""
        self.row += 1
        is_header = line.startswith("* ")
        texts = [text.strip() for text in line.removeprefix("* ").split("|")]
        for column, text in enumerate(texts, start=1):
            cell = self.sheet.cell(self.row, column)
            steps = [step.strip() for step in text.split("~")]
            if text not in ("^", "<") and isinstance(cell, Cell):
                self._put(cell, steps[0])
            if len(steps) > 1:
                yield cell.coordinate, tuple(_value(step)[0] for step in steps)
            if is_header:
                cell.font, cell.fill = Font(bold=True), _HEADER_FILL
        self._merge(texts)
        if is_header:
            self.sheet.freeze_panes = f"A{self.row + 1}"

    def _put(self, cell: Cell, text: str) -> None:
        day = _DAY.fullmatch(text)
        if day:
            cell.value, cell.number_format = self.today + timedelta(days=int(day[1])), "dd/mm/yyyy"
        elif text:
            value, number_format = _value(_dated(text, self.today).replace("{row}", str(self.row)))
            cell.value = value if value != "" else None
            cell.number_format = number_format

    def _merge(self, texts: list[str]) -> None:
        """Merge runs of "<" at once, and each "^" by growing the merge above it."""
        first = 0
        for column, text in enumerate([*texts, ""]):
            if text != "<":
                if column - first > 1:
                    self._merged(self.row, first + 1, self.row, column)
                first = column
        for column, text in enumerate(texts, start=1):
            if text != "^":
                self.open_merges[column] = self.row
                continue
            top = self.open_merges[column]
            if self.row - top > 1:
                self.sheet.unmerge_cells(start_row=top, start_column=column, end_row=self.row - 1, end_column=column)
            self._merged(top, column, self.row, column)

    def _merged(self, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _value(text: str) -> tuple[Value, str]:
    """What a cell holds and how it is formatted."""
    if text.startswith("'"):
        return text[1:], "@"
    if text == "%":
        return "", "0%"
    percent = _PERCENT.fullmatch(text)
    if percent:
        decimals = f".{'0' * len(percent[2])}" if percent[2] else ""
        return round(float(percent[1]) / 100, 6), f"0{decimals}%"
    if _NUMBER.fullmatch(text):
        return (float(text) if "." in text else int(text)), "General"
    return text, "General"


def _dated(text: str, today: date) -> str:
    this = today.year * 4 + (today.month - 1) // 3
    for quarter, when in ((this, ""), (this - 1, " trước"), (this + 1, " sau")):
        year, number = quarter // 4, quarter % 4 + 1
        names = {"quý": f"Quý {number}/{year}", "quarter": f"Q{number} {year}", "q": f"{number}"}
        for name, shown in names.items():
            text = text.replace(f"{{{name}{when}}}", shown)
    return text


def _finish(sheet: Worksheet) -> None:
    """Widths that fit, wrapped texts, title lines in bold, and the note that all of this is invented."""
    first = int(str(sheet.freeze_panes or "A1")[1:])
    widest = WIDEST if first > 1 else WIDEST_PROSE
    for column in range(1, sheet.max_column + 1):
        texts = (sheet.cell(row, column).value for row in range(max(first - 1, 1), sheet.max_row + 1))
        longest = max(len(str(text)) for text in texts)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, NARROWEST), widest)
    for row in sheet.iter_rows(min_row=first):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    title = sheet["A1"]
    title.font = Font(bold=True)
    title.comment = Comment(NOTE, "okr-sheets")
