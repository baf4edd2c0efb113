"""Whether a file is an .xlsx workbook that can be read safely, told before anything unpacks it."""

from __future__ import annotations

import zipfile
from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_UNPACKED = 1_000_000_000  # bytes; 10,000,000 cells need less

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
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableWorkbook(path, "encrypted")
    # No more than these sizes is ever unpacked, whatever the entries hold.
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise UnreadableWorkbook(path, "too_large")
    if "[Content_Types].xml" not in {entry.filename for entry in entries}:
        raise UnreadableWorkbook(path, "not_xlsx")
