"""A spreadsheet as JSON and every kind of change to it, as `:batchUpdate` and the values methods make them."""
