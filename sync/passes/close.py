"""Closes what is over, before a pass looks at the sheet."""

from sync.domain.closing import closed, over
from sync.domain.memory import Memory
from sync.passes.context import Context


def close_what_is_over(context: Context, memory: Memory) -> None:
    """Keep the results of every period that is over since the last pass, as the last good view showed them.

    Costs nothing where none is.
    """
    calendar, now = context.company.calendar, context.clock.now()
    if not over(memory.periods, calendar, calendar.today(now), {}):
        return
    known = context.records.closed_keys(context.spreadsheet)
    periods = over(memory.periods, calendar, calendar.today(now), context.records.closed_by_hand())
    due = [period for period in periods if period.key not in known]
    last = context.records.snapshot(context.spreadsheet) if due else None
    if last is not None:
        results = [closed(last, period, calendar, now) for period in due]
        context.records.keep_closed(context.spreadsheet, results)
