"""A Sheets server for this machine: what gspread and google-auth need, over HTTP, in Google's shapes and words.

The demo, the tests and an admin's dry run on a downloaded workbook use it in the place of Google. It shares no code
with the rest of `sync`, which is what it tests, but the look of its grid. It is no spreadsheet program: see
`book.formulas` and `book.typed` for the little it computes and understands.

Its rooms; those further down use those further up:

    errors      what Google refuses with, in its words
    book        the model: cells, rows and columns that move, values typed and shown, formulas
    protocol    Google's methods and messages, field masks, bodies checked against them
    faults      what goes wrong on purpose, and the quota
    xlsx        workbooks in and out
    store       the durable folder, a spreadsheet as JSON, who changed what
    sheets      every kind of change to a spreadsheet, matrices of values, what `spreadsheets.get` shows
    calls       one checked request: who calls, with which role, by which method
    methods     the methods of Sheets
    drive       those of Drive that clients need
    http        routes, batches, uploads, pages for browsers, what was asked
    grid_page   the page that shows a spreadsheet to be edited
    server      the object to start; everything that Python code does with it
"""

from sync.local_sheets.errors import ApiError
from sync.local_sheets.faults.faults import Fault, FaultRule
from sync.local_sheets.http.traffic import RequestRecord
from sync.local_sheets.server import Listing, LocalSheets
from sync.local_sheets.store.watch import Difference, Watch, below_header

__all__ = [
    "ApiError",
    "Difference",
    "Fault",
    "FaultRule",
    "Listing",
    "LocalSheets",
    "RequestRecord",
    "Watch",
    "below_header",
]
