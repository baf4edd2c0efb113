"""Recognition as a reader sees it. Pure."""

from dataclasses import dataclass

from sync.domain.cycle_records import Recognition
from sync.domain.rhythm import day_of
from webapp.company.company import Company
from webapp.parts.cells import CellLink, cell_link
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class RecognitionView:
    date: str
    giver: str
    receivers: str
    text: str
    cell: CellLink | None


def recognition_view(recognition: Recognition, company: Company, reader: Reader) -> RecognitionView:
    """One line of thanks."""
    day = day_of(recognition.date)
    return RecognitionView(
        date=reader.formats.day(day) if day else recognition.date,
        giver=recognition.giver,
        receivers=", ".join(filter(None, recognition.receivers)),
        text=recognition.text,
        cell=cell_link(recognition.cell, company.snapshots),
    )
