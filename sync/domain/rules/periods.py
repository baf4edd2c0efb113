"""What is wrong with the periods of a company's OKRs: names that can mean two, links into one that is over."""

from collections.abc import Iterator

from sync.domain.alignment import Alignment
from sync.domain.problems import Problem, problem
from sync.domain.rules.subjects import open_objectives


def period_without_year(alignment: Alignment) -> Iterator[Problem]:
    """A part of a year whose year is not told, beside one whose year is: once for each name and tab."""
    names = dict.fromkeys(found.period for found in alignment.objectives.values())
    periods = {name: alignment.calendar.period(name) for name in names}
    dated = {period.key.partition("-")[2]: period for period in periods.values() if period.span}
    yearless = {name: beside for name, period in periods.items() if (beside := dated.get(period.yearless))}
    met: set[tuple[str, int, str]] = set()
    for objective in open_objectives(alignment) if yearless else ():
        period, beside = periods[objective.period], yearless.get(objective.period)
        place = (objective.cell.spreadsheet, objective.cell.sheet_id, period.key)
        if beside is not None and place not in met:
            met.add(place)
            yield problem("period-without-year", objective.cell, period=period.name, other=beside.name)


def earlier_parent(alignment: Alignment) -> Iterator[Problem]:
    """An objective that supports one of a period that is over by the time its own begins, as a copied tab leaves it."""
    for link in alignment.parents.values():
        child, parent = alignment.objectives[link.child], alignment.objectives[link.objective]
        if alignment.calendar.is_before(parent.period, child.period):
            cell = child.parent_cell or child.cell
            yield problem("earlier-parent", cell, text=child.text, parent=parent.text, period=parent.period)
