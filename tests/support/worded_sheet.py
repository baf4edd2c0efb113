"""A flat sheet with columns for words: its configuration, its header, and what stands in them beside each row."""

from tests.support.flat_sheet import FLAT
from tests.support.flat_sheet import HEADER as FLAT_HEADER
from tests.support.installation import Installation

WORDS = {"band": "Mức", "pace": "Nhịp", "message": "Cần sửa", "checked": "Đã đọc"}
HEADER: list[object] = [*FLAT_HEADER, *WORDS.values()]

_IN_A_PERIOD = FLAT.replace('text = "Mục tiêu"', 'text = "Mục tiêu"\nperiod = { value = "Q4/2026" }')
WORDED = _IN_A_PERIOD + "".join(f'{field} = "{header}"\n' for field, header in WORDS.items())
IN_ENGLISH = WORDED.replace('id = "sales"', 'id = "sales"\nlanguage = "en"')


def beside(installation: Installation, column: str, tab: str = "OKR") -> list[object]:
    """What stands in a column for words, from the first row below the header to the last key result."""
    cells = installation.cells("sales", tab)
    header = next(int(a1.lstrip("ABCDEFGHIJKLM")) for a1, value in cells.items() if value == "Kết quả then chốt")
    [letters] = [a1.rstrip("0123456789") for a1, value in cells.items() if value == column]
    [texts] = [a1.rstrip("0123456789") for a1, value in cells.items() if value == "Kết quả then chốt"]
    rows = [int(a1[len(texts) :]) for a1 in cells if a1.rstrip("0123456789") == texts]
    return [cells.get(f"{letters}{row}") for row in range(header + 1, max(rows) + 1)]
