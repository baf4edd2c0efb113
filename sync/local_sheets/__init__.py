"""A Sheets server for this machine: what gspread and google-auth need, over HTTP, in Google's shapes and words.

The demo, the tests and an admin's dry run on a downloaded workbook use it in the place of Google. It shares no code
with the rest of `sync`, which is what it tests, and it is no spreadsheet program: see `formulas` and `typed` for the
little it computes and understands.

    server      the object to start; everything that Python code does with it
    routes      URLs, credentials, checks, envelopes      tokens      who calls         uploads   files that come in
    call        one checked request, what a method is     permissions   who may         pages     for browsers
    messages    Google's methods and messages, the table in discovery.txt      schema   bodies and queries against it
    fields      masks                                     http_batch  requests of Drive that come together
    sheets_api, creation, data_filters, developer_metadata          the methods of Sheets
    drive_api, drive_files, drive_permissions, drive_query, change_log, conversion   the methods of Drive
    changes     every change as JSON                      requests    :batchUpdate, whose kinds are in
                cell_requests, paste_requests, dimension_requests, range_requests, sheet_requests
    values      matrices in and out                       grid_data   spreadsheets.get          styles   colours
    proto_text  a value as refusals print it
    book        the model                                 shifts      rows and columns that move
    store       durable folder                            snapshots   a spreadsheet as JSON
    workbooks, workbook_export   .xlsx in and out, with workbook_files, workbook_styles
    injection   what goes wrong on purpose                faults  what is answered   wire  how it is sent   quota
    traffic     what was asked, and hooks around it       control   all of this over HTTP      watch   who changed what
    a1, areas, ranges   from text to cells                formats, typed   values shown and typed, by locale
    formula_text, formula_syntax, formulas   references, grammar, values
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
