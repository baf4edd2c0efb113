"""Reading: from a grid and a mapping to OKRs and problems. Pure; never raises on what a sheet holds.

headers     where tables are, which column is which
header_ends  what still belongs to a header below its names
plain       a text as plain words, in which headers are compared
vocabulary  words of headers by what a column holds, in a file for each language
header_words  how well a header fits a role
found       what stands in a row: values with their cells
sources     a mapped field -> what finds its value in a row
numbers     a text -> a number, in one language
dates       a cell -> a day
amount_cells  a cell -> an amount, or the problem with it
words       words for fixed things: yes and no, levels, directions
word_cells  a cell -> what its word means, or the problem with it
measures    how a key result is measured
sentences   what a key result's own text says of its target
row_fields  what all kinds of records ask of a row
objectives, key_results, check_ins   the kinds of records
logged      a value of a check-in log -> a key result's current value
checked_in  which row of the log counts for which key result
tab         the rows of one tab, walked -> records
additions   what rows without a text add to objectives elsewhere
book        all tabs of a spreadsheet, joined
tab_cells   the cells of a tab as found, kept for all that asks for them
"""

from sync.reading.book import BookReading, read_book
from sync.reading.tab import TabReading, read_tab

__all__ = ["BookReading", "TabReading", "read_book", "read_tab"]
