"""The demo: an invented company whose OKRs live on a local Sheets server, with the real worker and the real page.

Chong Chóng Xanh, its people and its numbers are invented. Nothing here is used by a real installation, and nothing
here is a shortcut: sheets are read and written through the same code as Google's.

    company/*.txt   what the sheets hold       company.toml   how they are read
    workbooks       from rows to .xlsx         life           somebody at work in the company
    past            the quarter so far, as the records know it
"""

from sync.demo.demo import Demo
from sync.demo.life import Life, moves
from sync.demo.workbooks import Moving, SampleWorkbook, build_workbooks

__all__ = ["Demo", "Life", "Moving", "SampleWorkbook", "build_workbooks", "moves"]
