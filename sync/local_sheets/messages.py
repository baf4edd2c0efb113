"""Google's messages as one table: which fields each has, and of what type. Shapes only, no meaning.

It holds what this server understands and what clients commonly ask for in a `fields` mask.
"""

from __future__ import annotations

from functools import cache

# A field is `name:type`; `[]` repeats it; `any` is taken as it comes. An indented line continues its message.
_MESSAGES = """
Spreadsheet: spreadsheetId:string properties:SpreadsheetProperties sheets:Sheet[] namedRanges:NamedRange[]
  spreadsheetUrl:string developerMetadata:any[]
SpreadsheetProperties: title:string locale:string autoRecalc:string timeZone:string defaultFormat:CellFormat
  iterativeCalculationSettings:any spreadsheetTheme:any importFunctionsExternalUrlAccessAllowed:bool
NamedRange: namedRangeId:string name:string range:GridRange
Sheet: properties:SheetProperties data:GridData[] merges:GridRange[] protectedRanges:ProtectedRange[]
  conditionalFormats:any[] filterViews:any[] basicFilter:any charts:any[] bandedRanges:any[]
  developerMetadata:any[] rowGroups:any[] columnGroups:any[] slicers:any[] tables:any[]
SheetProperties: sheetId:int title:string index:int sheetType:string gridProperties:GridProperties
  hidden:bool tabColor:any tabColorStyle:any rightToLeft:bool dataSourceSheetProperties:any
GridProperties: rowCount:int columnCount:int frozenRowCount:int frozenColumnCount:int hideGridlines:bool
  rowGroupControlAfter:bool columnGroupControlAfter:bool
GridData: startRow:int startColumn:int rowData:RowData[] rowMetadata:DimensionProperties[]
  columnMetadata:DimensionProperties[]
DimensionProperties: pixelSize:int hiddenByUser:bool hiddenByFilter:bool developerMetadata:any[]
  dataSourceColumnReference:any
RowData: values:CellData[]
CellData: userEnteredValue:ExtendedValue effectiveValue:ExtendedValue formattedValue:string
  userEnteredFormat:CellFormat effectiveFormat:CellFormat note:string hyperlink:string textFormatRuns:any[]
  dataValidation:any pivotTable:any dataSourceTable:any dataSourceFormula:any chipRuns:any[]
ExtendedValue: numberValue:double stringValue:string boolValue:bool formulaValue:string
  errorValue:ErrorValue
ErrorValue: type:string message:string
CellFormat: numberFormat:NumberFormat backgroundColor:any backgroundColorStyle:any borders:any padding:any
  horizontalAlignment:string verticalAlignment:string wrapStrategy:string textDirection:string
  textFormat:TextFormat hyperlinkDisplayType:string textRotation:any
TextFormat: foregroundColor:any foregroundColorStyle:any fontFamily:string fontSize:int bold:bool
  italic:bool strikethrough:bool underline:bool link:any
NumberFormat: type:NumberFormatType pattern:string
GridRange: sheetId:int startRowIndex:int endRowIndex:int startColumnIndex:int endColumnIndex:int
GridCoordinate: sheetId:int rowIndex:int columnIndex:int
DimensionRange: sheetId:int dimension:Dimension startIndex:int endIndex:int
ProtectedRange: protectedRangeId:int range:GridRange namedRangeId:string description:string warningOnly:bool
  requestingUserCanEdit:bool unprotectedRanges:GridRange[] editors:Editors tableId:string
Editors: users:string[] groups:string[] domainUsersCanEdit:bool
SortSpec: dimensionIndex:int sortOrder:SortOrder

BatchUpdateSpreadsheetRequest: requests:Request[] includeSpreadsheetInResponse:bool responseRanges:string[]
  responseIncludeGridData:bool
BatchUpdateSpreadsheetResponse: spreadsheetId:string replies:any[] updatedSpreadsheet:Spreadsheet
Request: updateCells:UpdateCellsRequest repeatCell:RepeatCellRequest
  updateSpreadsheetProperties:UpdateSpreadsheetPropertiesRequest
  updateSheetProperties:UpdateSheetPropertiesRequest addSheet:AddSheetRequest deleteSheet:DeleteSheetRequest
  insertDimension:InsertDimensionRequest deleteDimension:DeleteDimensionRequest
  moveDimension:MoveDimensionRequest appendDimension:AppendDimensionRequest
  updateDimensionProperties:UpdateDimensionPropertiesRequest sortRange:SortRangeRequest
  mergeCells:MergeCellsRequest unmergeCells:UnmergeCellsRequest addProtectedRange:AddProtectedRangeRequest
  updateProtectedRange:UpdateProtectedRangeRequest deleteProtectedRange:DeleteProtectedRangeRequest
UpdateCellsRequest: rows:RowData[] fields:string start:GridCoordinate range:GridRange
RepeatCellRequest: range:GridRange cell:CellData fields:string
UpdateSpreadsheetPropertiesRequest: properties:SpreadsheetProperties fields:string
UpdateSheetPropertiesRequest: properties:SheetProperties fields:string
AddSheetRequest: properties:SheetProperties
DeleteSheetRequest: sheetId:int
InsertDimensionRequest: range:DimensionRange inheritFromBefore:bool
DeleteDimensionRequest: range:DimensionRange
MoveDimensionRequest: source:DimensionRange destinationIndex:int
AppendDimensionRequest: sheetId:int dimension:Dimension length:int
UpdateDimensionPropertiesRequest: range:DimensionRange properties:DimensionProperties fields:string
SortRangeRequest: range:GridRange sortSpecs:SortSpec[]
MergeCellsRequest: range:GridRange mergeType:MergeType
UnmergeCellsRequest: range:GridRange
AddProtectedRangeRequest: protectedRange:ProtectedRange
UpdateProtectedRangeRequest: protectedRange:ProtectedRange fields:string
DeleteProtectedRangeRequest: protectedRangeId:int

ValueRange: range:string majorDimension:Dimension values:ListValue[]
BatchGetValuesResponse: spreadsheetId:string valueRanges:ValueRange[]
UpdateValuesResponse: spreadsheetId:string updatedRange:string updatedRows:int updatedColumns:int
  updatedCells:int updatedData:ValueRange
AppendValuesResponse: spreadsheetId:string tableRange:string updates:UpdateValuesResponse
ClearValuesResponse: spreadsheetId:string clearedRange:string
BatchClearValuesRequest: ranges:string[]
BatchClearValuesResponse: spreadsheetId:string clearedRanges:string[]
BatchUpdateValuesRequest: valueInputOption:ValueInputOption data:ValueRange[] includeValuesInResponse:bool
  responseValueRenderOption:ValueRenderOption responseDateTimeRenderOption:DateTimeRenderOption
BatchUpdateValuesResponse: spreadsheetId:string totalUpdatedRows:int totalUpdatedColumns:int
  totalUpdatedCells:int totalUpdatedSheets:int responses:UpdateValuesResponse[]
ClearValuesRequest:

GetSpreadsheetQuery: ranges:string[] includeGridData:bool excludeTablesInBandedRanges:bool
GetValuesQuery: majorDimension:Dimension valueRenderOption:ValueRenderOption
  dateTimeRenderOption:DateTimeRenderOption
BatchGetValuesQuery: ranges:string[] majorDimension:Dimension valueRenderOption:ValueRenderOption
  dateTimeRenderOption:DateTimeRenderOption
UpdateValuesQuery: valueInputOption:ValueInputOption includeValuesInResponse:bool
  responseValueRenderOption:ValueRenderOption responseDateTimeRenderOption:DateTimeRenderOption
AppendValuesQuery: valueInputOption:ValueInputOption insertDataOption:InsertDataOption
  includeValuesInResponse:bool responseValueRenderOption:ValueRenderOption
  responseDateTimeRenderOption:DateTimeRenderOption
NoQuery:

File: kind:string id:string name:string mimeType:string modifiedTime:string version:string
  createdTime:string parents:string[]
FileList: kind:string incompleteSearch:bool nextPageToken:string files:File[]
"""

MAX_TEXT = 50_000  # characters in one cell

ENUMS = {
    "Dimension": ("DIMENSION_UNSPECIFIED", "ROWS", "COLUMNS"),
    "ValueRenderOption": ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"),
    "DateTimeRenderOption": ("SERIAL_NUMBER", "FORMATTED_STRING"),
    "ValueInputOption": ("INPUT_VALUE_OPTION_UNSPECIFIED", "RAW", "USER_ENTERED"),
    "InsertDataOption": ("OVERWRITE", "INSERT_ROWS"),
    "SortOrder": ("SORT_ORDER_UNSPECIFIED", "ASCENDING", "DESCENDING"),
    "MergeType": ("MERGE_ALL", "MERGE_COLUMNS", "MERGE_ROWS"),
    "NumberFormatType": (
        *("NUMBER_FORMAT_TYPE_UNSPECIFIED", "TEXT", "NUMBER", "PERCENT", "CURRENCY"),
        *("DATE", "TIME", "DATE_TIME", "SCIENTIFIC"),
    ),
}


@cache
def fields_of(message: str) -> dict[str, str] | None:
    """Field name to type; None for what is no message of the table."""
    return _table().get(message)


@cache
def _table() -> dict[str, dict[str, str]]:
    lines = (line.partition(":") for line in _MESSAGES.replace("\n  ", " ").split("\n") if line)
    return {name: dict(_field(field) for field in body.split()) for name, _, body in lines}


def _field(text: str) -> tuple[str, str]:
    name, _, kind = text.partition(":")
    return name, kind
