"""The methods of the Sheets API: each takes a checked call and gives the answer's JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.local_sheets.book.book import Spreadsheet
from sync.local_sheets.book.ranges import located
from sync.local_sheets.calls.call import Call, method
from sync.local_sheets.errors import invalid, not_found
from sync.local_sheets.methods.creation import new_spreadsheet
from sync.local_sheets.protocol.fields import below, wants
from sync.local_sheets.protocol.schema import checked_number
from sync.local_sheets.sheets import developer_metadata, values
from sync.local_sheets.sheets.data_filters import echoed, selections
from sync.local_sheets.sheets.grid_data import View, sheet_properties, spreadsheet_json
from sync.local_sheets.store import changes


def create(call: Call) -> dict[str, Any]:
    book = new_spreadsheet(call.body, call.caller)
    call.store.put(book)
    return spreadsheet_json(book, View(call.caller, call.address, mask=call.mask))


def get(call: Call) -> dict[str, Any]:
    ranges, grid = tuple(call.query.get("ranges", ())), call.query.get("includeGridData", False)
    view = View(call.caller, call.address, ranges, grid, call.mask)
    return spreadsheet_json(call.book(), view)


def get_by_data_filter(call: Call) -> dict[str, Any]:
    """No filter means every sheet."""
    filters, grid = tuple(call.body.get("dataFilters", ())), call.body.get("includeGridData", False)
    view = View(call.caller, call.address, grid=grid, mask=call.mask, filters=filters)
    return spreadsheet_json(call.book(), view)


def copy_sheet_to(call: Call) -> dict[str, Any]:
    source = call.book().sheet_by_id(checked_number(call.named["sheetId"], "sheetId"))
    if source is None:
        raise not_found()
    target = replace(call, named={"spreadsheetId": call.body.get("destinationSpreadsheetId", "")})
    book, sheet_id = target.change(changes.take_sheet(source))
    copied = book.sheet_by_id(sheet_id)
    assert copied is not None
    return call.shown(sheet_properties(copied, book.position(copied)))


def get_metadata(call: Call) -> dict[str, Any]:
    book = call.book()
    return call.shown(developer_metadata.by_id(book, checked_number(call.named["metadataId"], "metadataId")))


def search_metadata(call: Call) -> dict[str, Any]:
    found = developer_metadata.search(call.book(), call.body.get("dataFilters", []))
    return call.shown({"matchedDeveloperMetadata": found} if found else {})


def batch_update(call: Call) -> dict[str, Any]:
    change = changes.batch_update(call.body.get("requests", []))
    for text in call.body.get("responseRanges", ()):
        located(call.book(), text)
    book, replies = call.change(change)
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
    book = call.book()
    return call.shown(values.read(book, call.range, _render(call.query)))


def batch_get_values(call: Call) -> dict[str, Any]:
    book, render = call.book(), _render(call.query)
    answer: dict[str, Any] = {"spreadsheetId": book.spreadsheet_id}
    if call.query.get("ranges"):
        answer["valueRanges"] = [values.read(book, text, render) for text in call.query["ranges"]]
    return call.shown(answer)


def update_values(call: Call) -> dict[str, Any]:
    value_range = _addressed(call)
    change = changes.write_values([value_range], _option(call.query))
    book, written = call.change(change)
    return call.shown(_update_answer(book, written[0], value_range, call.query))


def append_values(call: Call) -> dict[str, Any]:
    value_range = _addressed(call)
    insert = call.query.get("insertDataOption") == "INSERT_ROWS"
    change = changes.append_values(value_range, _option(call.query), insert)
    book, (table, written) = call.change(change)
    found = {} if table is None else {"tableRange": table}
    updates = _update_answer(book, written, value_range, call.query)
    return call.shown({"spreadsheetId": book.spreadsheet_id, **found, "updates": updates})


def batch_update_values(call: Call) -> dict[str, Any]:
    data = call.body.get("data", [])
    book, written = call.change(changes.write_values(data, _option(call.body)))
    answers = [_update_answer(book, each, given, call.body) for each, given in zip(written, data, strict=True)]
    return call.shown({"spreadsheetId": book.spreadsheet_id, **_totals(written), "responses": answers})


def _totals(written: list[values.Written]) -> dict[str, int]:
    """Distinct rows, columns and sheets, and the sum of the cells; what is 0 is left out."""
    totals = {
        "totalUpdatedRows": len({(each.sheet.sheet_id, row) for each in written for row in each.rows}),
        "totalUpdatedColumns": len({(each.sheet.sheet_id, column) for each in written for column in each.columns}),
        "totalUpdatedCells": sum(each.cells for each in written),
        "totalUpdatedSheets": len({each.sheet.sheet_id for each in written if each.cells}),
    }
    return {name: count for name, count in totals.items() if count}


def clear_values(call: Call) -> dict[str, Any]:
    book, cleared = call.change(changes.clear_values([call.range]))
    return call.shown({"spreadsheetId": book.spreadsheet_id, "clearedRange": cleared[0]})


def batch_clear_values(call: Call) -> dict[str, Any]:
    change = changes.clear_values(call.body.get("ranges", []))
    book, cleared = call.change(change)
    return call.shown({"spreadsheetId": book.spreadsheet_id, "clearedRanges": cleared})


def batch_get_filtered(call: Call) -> dict[str, Any]:
    """Not in the order of the filters but of the places; filters that select the same cells share an answer."""
    book, render, filters = call.book(), _render(call.body), call.body.get("dataFilters", [])
    entries: dict[str, dict[str, Any]] = {}
    order: dict[str, tuple[int, int, int]] = {}
    for given, places in zip(filters, selections(book, filters), strict=True):
        for place in places:
            if place.text not in entries:
                shown = {"range": place.text, "majorDimension": "COLUMNS" if render.dimension == "COLUMNS" else "ROWS"}
                if place.text != "#REF!":
                    shown = values.read_area(book, place.sheet, place.area, render)
                entries[place.text] = {"valueRange": shown, "dataFilters": []}
                order[place.text] = (book.position(place.sheet), place.area.left, place.area.top)
            entries[place.text]["dataFilters"].append(echoed(given))
    answer: dict[str, Any] = {"spreadsheetId": book.spreadsheet_id}
    if entries:
        answer["valueRanges"] = [entries[text] for text in sorted(entries, key=lambda text: order[text])]
    return call.shown(answer)


def batch_update_filtered(call: Call) -> dict[str, Any]:
    data = call.body.get("data", [])
    book, written = call.change(changes.write_filtered(data, _option(call.body)))
    answers = []
    for index, each in written:
        answer = _update_answer(book, each, data[index], call.body)
        answers.append({**answer, "dataFilter": echoed(data[index]["dataFilter"])})
        del answers[-1]["spreadsheetId"]
    totals = _totals([each for _, each in written])
    return call.shown({"spreadsheetId": book.spreadsheet_id, **totals, "responses": answers})


def batch_clear_filtered(call: Call) -> dict[str, Any]:
    book, cleared = call.change(changes.clear_filtered(call.body.get("dataFilters", [])))
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
        book = call.book()
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
        answer["updatedData"] = values.read_area(book, written.sheet, written.touched, render)
    return answer


METHODS = [
    method("spreadsheets.create", "write", create),
    method("spreadsheets.get", "read", get),
    method("spreadsheets.getByDataFilter", "read", get_by_data_filter),
    method("spreadsheets.batchUpdate", "write", batch_update),
    method("spreadsheets.sheets.copyTo", "write", copy_sheet_to),
    method("spreadsheets.values.get", "read", get_values),
    method("spreadsheets.values.batchGet", "read", batch_get_values),
    method("spreadsheets.values.batchGetByDataFilter", "read", batch_get_filtered),
    method("spreadsheets.values.update", "write", update_values, "data"),
    method("spreadsheets.values.append", "write", append_values, "data"),
    method("spreadsheets.values.batchUpdate", "write", batch_update_values),
    method("spreadsheets.values.batchUpdateByDataFilter", "write", batch_update_filtered),
    method("spreadsheets.values.clear", "write", clear_values),
    method("spreadsheets.values.batchClear", "write", batch_clear_values),
    method("spreadsheets.values.batchClearByDataFilter", "write", batch_clear_filtered),
    method("spreadsheets.developerMetadata.get", "read", get_metadata),
    method("spreadsheets.developerMetadata.search", "read", search_metadata),
]
