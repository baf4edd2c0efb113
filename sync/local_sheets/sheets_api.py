"""The methods of the Sheets API: each takes a checked call and gives the answer's JSON."""

from __future__ import annotations

import secrets
from typing import Any

from sync.local_sheets import changes, values
from sync.local_sheets.book import Spreadsheet
from sync.local_sheets.call import Call, Method
from sync.local_sheets.edit import Edit
from sync.local_sheets.errors import invalid
from sync.local_sheets.fields import below, wants
from sync.local_sheets.grid_data import View, spreadsheet_json
from sync.local_sheets.ranges import located
from sync.local_sheets.sheet_requests import checked_locale, new_sheet


def create(call: Call) -> dict[str, Any]:
    book = new_spreadsheet(call.body, call.caller)
    call.store.put(book)
    return spreadsheet_json(book, View(call.caller, call.address, mask=call.mask))


def new_spreadsheet(given: dict[str, Any], caller: str) -> Spreadsheet:
    properties = given.get("properties", {})
    book = Spreadsheet(
        secrets.token_urlsafe(33),
        properties.get("title") or "Untitled spreadsheet",
        checked_locale(properties.get("locale", "en_US")),
        properties.get("timeZone", "Etc/GMT"),
    )
    edit = Edit(book, caller)
    for sheet in given.get("sheets") or [{"properties": {"title": "Sheet1"}}]:
        book.sheets.append(new_sheet(edit, sheet.get("properties", {})))
    book.check_size()
    return book


def get(call: Call) -> dict[str, Any]:
    ranges, grid = tuple(call.query.get("ranges", ())), call.query.get("includeGridData", False)
    view = View(call.caller, call.address, ranges, grid, call.mask)
    return spreadsheet_json(call.store.book(call.spreadsheet_id), view)


def batch_update(call: Call) -> dict[str, Any]:
    change = changes.batch_update(call.body.get("requests", []))
    for text in call.body.get("responseRanges", ()):
        located(call.store.book(call.spreadsheet_id), text)
    book, replies = call.store.change(call.spreadsheet_id, change, call.caller)
    return batch_answer(call, book, replies)


def batch_answer(call: Call, book: Spreadsheet, replies: list[dict[str, Any]]) -> dict[str, Any]:
    answer: dict[str, Any] = call.shown({"spreadsheetId": book.spreadsheet_id, "replies": replies})
    asked = call.mask is None or wants(call.mask, "updatedSpreadsheet")
    if call.body.get("includeSpreadsheetInResponse") and asked:
        mask = None if call.mask is None else below(call.mask, "updatedSpreadsheet")
        ranges = tuple(call.body.get("responseRanges", ()))
        grid = call.body.get("responseIncludeGridData", False)
        answer["updatedSpreadsheet"] = spreadsheet_json(book, View(call.caller, call.address, ranges, grid, mask))
    return answer


def get_values(call: Call) -> dict[str, Any]:
    book = call.store.book(call.spreadsheet_id)
    return call.shown(values.read(book, call.range, _render(call.query)))


def batch_get_values(call: Call) -> dict[str, Any]:
    book, render = call.store.book(call.spreadsheet_id), _render(call.query)
    answer: dict[str, Any] = {"spreadsheetId": book.spreadsheet_id}
    if call.query.get("ranges"):
        answer["valueRanges"] = [values.read(book, text, render) for text in call.query["ranges"]]
    return call.shown(answer)


def update_values(call: Call) -> dict[str, Any]:
    value_range = _addressed(call)
    change = changes.write_values([value_range], _option(call.query))
    book, written = call.store.change(call.spreadsheet_id, change, call.caller)
    return call.shown(_update_answer(book, written[0], value_range, call.query))


def append_values(call: Call) -> dict[str, Any]:
    value_range = _addressed(call)
    insert = call.query.get("insertDataOption") == "INSERT_ROWS"
    change = changes.append_values(value_range, _option(call.query), insert)
    book, (table, written) = call.store.change(call.spreadsheet_id, change, call.caller)
    found = {} if table is None else {"tableRange": table}
    updates = _update_answer(book, written, value_range, call.query)
    return call.shown({"spreadsheetId": book.spreadsheet_id, **found, "updates": updates})


def batch_update_values(call: Call) -> dict[str, Any]:
    data = call.body.get("data", [])
    book, written = call.store.change(call.spreadsheet_id, changes.write_values(data, _option(call.body)), call.caller)
    answers = [_update_answer(book, each, given, call.body) for each, given in zip(written, data, strict=True)]
    totals = {
        "totalUpdatedRows": len({(each.sheet.sheet_id, row) for each in written for row in each.rows}),
        "totalUpdatedColumns": len({(each.sheet.sheet_id, column) for each in written for column in each.columns}),
        "totalUpdatedCells": sum(each.cells for each in written),
        "totalUpdatedSheets": len({each.sheet.sheet_id for each in written if each.cells}),
    }
    shown = {name: count for name, count in totals.items() if count}
    return call.shown({"spreadsheetId": book.spreadsheet_id, **shown, "responses": answers})


def clear_values(call: Call) -> dict[str, Any]:
    book, cleared = call.store.change(call.spreadsheet_id, changes.clear_values([call.range]), call.caller)
    return call.shown({"spreadsheetId": book.spreadsheet_id, "clearedRange": cleared[0]})


def batch_clear_values(call: Call) -> dict[str, Any]:
    change = changes.clear_values(call.body.get("ranges", []))
    book, cleared = call.store.change(call.spreadsheet_id, change, call.caller)
    return call.shown({"spreadsheetId": book.spreadsheet_id, "clearedRanges": cleared})


def _render(query: dict[str, Any]) -> values.Render:
    return values.Render(
        query.get("valueRenderOption", "FORMATTED_VALUE"),
        query.get("dateTimeRenderOption", "SERIAL_NUMBER"),
        query.get("majorDimension", "ROWS"),
    )


def _option(given: dict[str, Any]) -> str:
    option: str = given.get("valueInputOption", "INPUT_VALUE_OPTION_UNSPECIFIED")
    if option == "INPUT_VALUE_OPTION_UNSPECIFIED":
        raise invalid("'valueInputOption' is required but not specified")
    return option


def _addressed(call: Call) -> dict[str, Any]:
    """The body with the range of the URL; a range of its own must be the same."""
    own = call.body.get("range", call.range)
    if own != call.range:
        book = call.store.book(call.spreadsheet_id)
        asked, given = located(book, call.range), located(book, own)
        if (asked.sheet, asked.area) != (given.sheet, given.area):
            raise invalid(f"Request range[{call.range}] does not match value's range[{own}]")
    return {**call.body, "range": call.range}


def _update_answer(
    book: Spreadsheet, written: values.Written, given: dict[str, Any], options: dict[str, Any]
) -> dict[str, Any]:
    answer = written.json(book.spreadsheet_id)
    if options.get("includeValuesInResponse"):
        render = values.Render(
            options.get("responseValueRenderOption", "FORMATTED_VALUE"),
            options.get("responseDateTimeRenderOption", "SERIAL_NUMBER"),
            given.get("majorDimension", "ROWS"),
        )
        answer["updatedData"] = values.read(book, written.touched, render)
    return answer


_ONE = "/v4/spreadsheets/<spreadsheet:spreadsheet_id>"
_VALUES = f"{_ONE}/values/<range:range>"

METHODS = [
    Method("spreadsheets.create", "write", "POST", "/v4/spreadsheets", create, "Spreadsheet", body="Spreadsheet"),
    Method("spreadsheets.get", "read", "GET", _ONE, get, "Spreadsheet", "GetSpreadsheetQuery"),
    Method(
        *("spreadsheets.batchUpdate", "write", "POST", f"{_ONE}:batchUpdate", batch_update),
        *("BatchUpdateSpreadsheetResponse", "NoQuery", "BatchUpdateSpreadsheetRequest"),
    ),
    Method("spreadsheets.values.get", "read", "GET", _VALUES, get_values, "ValueRange", "GetValuesQuery"),
    Method(
        *("spreadsheets.values.batchGet", "read", "GET", f"{_ONE}/values:batchGet", batch_get_values),
        *("BatchGetValuesResponse", "BatchGetValuesQuery"),
    ),
    Method(
        *("spreadsheets.values.update", "write", "PUT", _VALUES, update_values),
        *("UpdateValuesResponse", "UpdateValuesQuery", "ValueRange", "data"),
    ),
    Method(
        *("spreadsheets.values.append", "write", "POST", f"{_VALUES}:append", append_values),
        *("AppendValuesResponse", "AppendValuesQuery", "ValueRange", "data"),
    ),
    Method(
        *("spreadsheets.values.batchUpdate", "write", "POST", f"{_ONE}/values:batchUpdate", batch_update_values),
        *("BatchUpdateValuesResponse", "NoQuery", "BatchUpdateValuesRequest"),
    ),
    Method(
        *("spreadsheets.values.clear", "write", "POST", f"{_VALUES}:clear", clear_values),
        *("ClearValuesResponse", "NoQuery", "ClearValuesRequest"),
    ),
    Method(
        *("spreadsheets.values.batchClear", "write", "POST", f"{_ONE}/values:batchClear", batch_clear_values),
        *("BatchClearValuesResponse", "NoQuery", "BatchClearValuesRequest"),
    ),
]
