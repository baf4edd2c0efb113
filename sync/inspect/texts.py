"""Every sentence of inspect."""

from sync.domain.languages import N_, Language
from sync.translations import told

_TEXTS: dict[str, str] = {
    "numbers": N_("header “{header}”; numbers in {count} of {rows} rows"),
    "texts": N_("header “{header}”; texts in {count} of {rows} rows"),
    "empty": N_("header “{header}”; nothing below it yet"),
    "content": N_("no header; chosen by what stands in it ({count} of {rows} rows)"),
    "progress": N_("“{header}” holds the progress itself: {count} of {rows} rows"),
    "scale": N_("full progress is {scale} there"),
    "sentence": N_("the numbers stand inside the sentences"),
    "score": N_("“{header}” takes the scores; full is {scale}, by the {filled} that it holds"),
    "score_blank": N_("“{header}” takes the scores; is a full score {scale} there?"),
    "score_formulas": N_("“{header}” holds formulas, which are left alone; scores are shown on the page"),
    "latest": N_("the newest of {count} columns that is filled"),
    "period_group": N_("“{period}” is the newest with current values; does it count now?"),
    "tab_title": N_("the tab's title names it"),
    "label": N_("the cell labelled “{label}” above the table"),
    "weight_in_text": N_("percents in the texts that add up to 100"),
    "approval": N_("rows that are not approved do not count"),
    "deletion": N_("rows that are to be deleted do not count"),
    "totals": N_("totals and notes do not count"),
    "block_label": N_("labels above further blocks do not count"),
    "status_words": N_("how far each word is; the worth of each is ours to guess and yours to set"),
    "title_line": N_("a line above the table names it"),
    "empty_numbers": N_("objectives have nothing in column {column}, key results do"),
    "other_table": N_("row {row} begins another table"),
    "numbers_language": N_("the texts read so, not as the spreadsheet's {locale}"),
    "lines": N_("several key results in one cell, one a line"),
    "repeat": N_("{count} key results beside each other"),
    "marker": N_("column {column} tells them apart: “{objective}” and “{key_result}”"),
    "section": N_("lines such as “{example}” are objectives"),
    "filled_group": N_("empty groups are no key results"),
    "group_name": N_("named by its group only"),
    "header_row": N_("the header is in this row"),
    "header_rows": N_("the header takes two rows"),
    "reference": N_("names a record of another tab in {count} of {rows} rows"),
    "newest_check_in": N_("from the newest check-in"),
    "sure": N_("sure"),
    "unsure": N_("please check"),
    "proposed": N_("Proposed by okr-sheets inspect for “{title}”. Lines marked # ? deserve a look."),
    "reads": N_("reads {objectives} objectives and {key_results} key results"),
    "left_out": N_("left out: “{title}”: {why}"),
    "nothing": N_("No tab of “{title}” holds objectives and key results:"),
    "no_cells": N_("it is empty"),
    "no_header": N_("no row names objectives, key results or how they are measured"),
    "no_objective": N_("there are key results but no objectives for them"),
    "no_key_result": N_("there are objectives but no key results for them"),
    "neither": N_("no column holds objectives or key results"),
    "unreadable": N_("the rows below the header read neither as objectives nor as key results"),
    "unknown_empty": N_("“{header}” is empty and not used; is it where scores go?"),
    "not_used": N_("not used: {headers}"),
    "differs": N_(
        "“{header}” shows {shown} at {cell}, and by this mapping it would be {ours}; they differ in {count} of {rows} rows. Which one is right?"
    ),
    "rows_fit": N_("its rows are counted so that the scores are those that the sheet shows"),
    "on_several_rows": N_(
        "“{text}” stands at {one} and {two}; are these one key result, on a row for each person or check-in, or several?"
    ),
    "on_two_tabs": N_("the same key results stand on “{other}”; does only one of these tabs count, or is one a log?"),
    "objectives_apart": N_(
        "the same objective stands at rows {one} and {two} with another “{other}”; are these two objectives?"
    ),
    "no_current": N_("header “{header}”; no column with current values was found beside it, so nothing is scored; which one is it?"),
    "unknown_numbers": N_("“{header}” holds numbers and is not used; is it a start, target, current value or weight?"),
    "template": N_("its title says that it is a template, an example or a guide"),
    "unmapped_tab": N_("“{title}” is not mapped."),
    "no_such_row": N_("Row {row} is not on “{title}”, which has {rows} rows."),
    "row_skipped": N_("row {row} is left out: {condition}"),
    "row_ended": N_("row {row} is below the end of the table: {condition} at row {end}"),
    "row_header": N_("row {row} is not below a header (the header is row {header})"),
    "row_nothing": N_("row {row} yields no record: no text where one is needed, or a condition that does not hold"),
    "no_text": N_("no {kind}: nothing stands in its text ({source})"),
    "failed_condition": N_("no {kind}: {cell} holds {text}, but it must be: {condition}"),
    "entry": N_("entry {number} of {count} for this tab ({kinds}):"),
    "not_read": N_("the tab is not read: {why}"),
    "from_cell": N_("{cell} ({source}): {text}"),
    "from_nowhere": N_("({source}): {text}"),
    "understood": N_("understood as {number}{unit}"),
    "blank": N_("blank"),
    "explained_score": N_("score {score}: {working}"),
    "one_tab": N_("--explain-row goes with one --tab"),
    "no_tab": N_("there is no tab “{title}”; there are: {tabs}"),
    "no-data": N_("there is no current value yet"),
    "no_score": N_("no score: {why}"),
    "record": N_("{kind} at {cell}: “{text}”"),
    "objective": N_("objective"),
    "key_result": N_("key result"),
    "check_in": N_("check-in"),
    "initiative": N_("initiative"),
    "belongs": N_("belongs to “{text}” ({cell})"),
    "no_owner": N_("belongs to no objective"),
    "measured": N_("measured as {metric}"),
    "goes_to": N_("goes to {cell}"),
}  # fmt: skip


def say(language: Language, code: str, **facts: object) -> str:
    """A sentence of ours; an unknown code is several, separated by commas."""
    if code not in _TEXTS:
        return "; ".join(say(language, part, **facts) for part in code.split(", "))
    return told(_TEXTS[code], language, **facts)
