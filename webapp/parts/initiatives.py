"""An initiative as a reader sees it. Pure."""

from dataclasses import dataclass

from sync.domain.keys import person_key
from sync.domain.okr import Initiative
from webapp.company.company import Company
from webapp.company.undertakings import is_late
from webapp.parts.cells import CellLink, cell_link
from webapp.parts.days import day_text
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class InitiativeView:
    """`state` is a word of the reader's, or the sheet's own where that is not understood; `style` is its style.
    `owner_key` is the key of the owner's page, "" without one.
    """

    id: str
    text: str
    owner: str
    owner_key: str
    start: str
    due: str
    state: str
    style: str
    is_late: bool
    progress: str
    cell: CellLink | None


def initiative_view(initiative: Initiative, company: Company, reader: Reader) -> InitiativeView:
    """One initiative, with whether it is late today."""
    progress = initiative.progress.number
    return InitiativeView(
        id=initiative.id,
        text=initiative.text,
        owner=initiative.owner,
        owner_key=person_key(initiative.owner),
        start=day_text(initiative.start, reader),
        due=day_text(initiative.due, reader),
        state=reader.initiative_states[initiative.state] if initiative.state else initiative.status,
        style=initiative.state or "open",
        is_late=is_late(initiative, company.today),
        progress="" if progress is None else reader.formats.percent(progress),
        cell=cell_link(initiative.cell, company.snapshots),
    )
