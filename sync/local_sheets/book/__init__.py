"""The model: a spreadsheet with its cells, rows and columns that move, values typed and shown, formulas."""
