"""Inspect: a book in, a proposed mapping out, each line with its reason. Pure, like reading, which it tries out.

columns     what is in a column
heads       where the header may be, one row or two
binding     which column is which
relations   what the sheet's own numbers say of their columns
roles       which roles there are, and how well a column fits one
side_by_side
            periods and numbered groups beside each other
formulas    what the sheet's formulas say of its columns
ordering    start, target and current among columns of numbers
placing     columns that no word names
scales      score scale, decimals, language of numbers
fields      who, where, when, parents, weights
measuring   start, target and current, or the progress itself
markers     what tells objective rows from key result rows
outlines    what tells them apart where no mark does: empty numbers, colours, formulas
lines       several key results in one cell
limits      rows that do not count, and where a table ends
shapes      candidate mappings of a tab
twins       tabs with the same header
joining     tabs that refer to each other
due_and_learned
            when a goal is due, what was learned of it
around      recognition, feedback, coaching, reviews, people
judging     the reading engine tries a candidate
comparing   a proposal beside the sheet's own scores
counting    one key result on several rows, counted as the sheet's scores say
previews    what a row reads by an answer
repeats     the same text in several places, one record or several
unused      columns that no line takes, and which of them are a question
questions   what is not sure, with its readings on a real row
proposing   the whole book
titles      a tab's title, loose in its period
render      the proposal as commented TOML
refusing    why nothing is proposed, and what to do next
explain     how one row is read
texts       sentences, Vietnamese and English
"""

from sync.inspect.proposing import Proposal, propose
from sync.inspect.questions import Question

__all__ = ["Proposal", "Question", "propose"]
