"""Whether a file is an .xlsx workbook that can be read safely, told before anything unpacks it."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from sync.local_sheets.book.a1 import column_index

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_UNPACKED = 400_000_000  # bytes; 10,000,000 cells need less
# A merged area costs an object for each of its cells, however few bytes it takes to say it.
_MOST_MERGED = 2_000_000
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["\']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["\']')
_LONGEST_MERGE = 200  # bytes of such an element
_CHUNK = 1 << 20

_REASONS = {
    "not_xlsx": (
        "is not an .xlsx workbook. In Google Sheets use File → Download → Microsoft Excel (.xlsx).",
        "không phải là tệp .xlsx. Trong Google Trang tính, chọn Tệp → Tải xuống → Microsoft Excel (.xlsx).",
    ),
    "xls": (
        "is an old .xls workbook. Open it in Excel, LibreOffice or Google Sheets and save it as .xlsx.",
        "là tệp .xls kiểu cũ. Hãy mở bằng Excel, LibreOffice hoặc Google Trang tính rồi lưu thành .xlsx.",
    ),
    "encrypted": (
        "is protected by a password. Save a copy without a password and import that.",
        "có mật khẩu bảo vệ. Hãy lưu một bản không có mật khẩu rồi nhập bản đó.",
    ),
    "too_large": (
        "unpacks to more than a spreadsheet can hold (10,000,000 cells). Delete empty rows and columns, or split it.",
        "chứa nhiều hơn một bảng tính cho phép (10.000.000 ô). Hãy xóa hàng và cột trống hoặc chia nhỏ tệp.",
    ),
    "damaged": (
        "is damaged, or is not an .xlsx workbook inside. Open it in Excel or LibreOffice and save it again as .xlsx.",
        "bị hỏng hoặc bên trong không phải là .xlsx. Hãy mở bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx.",
    ),
    "no_tabs": (
        "has no tab with cells.",
        "không có trang tính nào chứa ô.",
    ),
}


class UnreadableWorkbook(ValueError):
    """A file that cannot be taken, with the reason for a person in both languages."""

    def __init__(self, path: Path, reason: str) -> None:
        self.english, self.vietnamese = (f"{path.name} {text}" for text in _REASONS[reason])
        super().__init__(f"{self.english}\n{self.vietnamese}")


def check_file(path: Path) -> None:
    """Raises UnreadableWorkbook for another kind of file, and for one that would unpack without end."""
    with path.open("rb") as file:
        beginning = file.read(len(_OLE))
        if beginning == _OLE:
            # Excel encrypts a whole workbook into the container that .xls has, too.
            raise UnreadableWorkbook(path, "encrypted" if _ENCRYPTED in file.read() else "xls")
    if not zipfile.is_zipfile(path):
        raise UnreadableWorkbook(path, "not_xlsx")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_entries(path, archive)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        raise UnreadableWorkbook(path, "damaged") from error


def _check_entries(path: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableWorkbook(path, "encrypted")
    # No more than these sizes is ever unpacked, whatever the entries hold.
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise UnreadableWorkbook(path, "too_large")
    if "[Content_Types].xml" not in {entry.filename for entry in entries}:
        raise UnreadableWorkbook(path, "not_xlsx")
    # Of all entries, for a tab may have any name inside the file.
    if sum(_merged_cells(archive, entry) for entry in entries) > _MOST_MERGED:
        raise UnreadableWorkbook(path, "too_large")


def _merged_cells(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many cells the merged areas have that an entry names."""
    total, rest = 0, b""
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            text, end = rest + chunk, 0
            for match in _MERGE.finditer(text):
                left, top, right, bottom = (part.decode() for part in match.groups())
                width = abs(column_index(right) - column_index(left)) + 1
                total += (abs(int(bottom) - int(top)) + 1) * width
                end = match.end()
            rest = text[max(end, len(text) - _LONGEST_MERGE) :]
    return total
