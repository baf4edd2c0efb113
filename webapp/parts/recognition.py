"""Recognition as a reader sees it. Pure."""

from dataclasses import dataclass, replace

from sync.domain.cycle_records import Recognition
from sync.domain.keys import person_key
from webapp.company.company import Company
from webapp.company.holders import unit_key
from webapp.company.notes import Thanks
from webapp.parts.cells import CellLink, cell_link
from webapp.parts.days import day_text
from webapp.parts.items import Reference, reference_to
from webapp.parts.people import PersonLink, person_link
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class RecognitionView:
    """`giver` and `receivers` are as written; `about` is None where it stands beside that, or is not known."""

    date: str
    giver: PersonLink
    receivers: tuple[PersonLink, ...]
    text: str
    about: Reference | None
    cell: CellLink | None


def recognition_view(recognition: Recognition, company: Company, reader: Reader) -> RecognitionView:
    """One line of thanks that is for everyone, so that everybody who is named has a page."""
    return RecognitionView(
        date=day_text(recognition.date, reader),
        giver=person_link(recognition.giver),
        receivers=tuple(_receiver(name, company) for name in recognition.receivers if name),
        text=recognition.text,
        about=None,
        cell=cell_link(recognition.cell, company.snapshots),
    )


def thanks_view(thanks: Thanks, company: Company, reader: Reader) -> RecognitionView:
    """The same with what it is about."""
    return replace(
        recognition_view(thanks.recognition, company, reader), about=about_view(thanks.about, company, reader)
    )


def about_view(key: str, company: Company, reader: Reader) -> Reference | None:
    """The objective or key result of a key; None for one that belongs to nothing, or is not known."""
    part = company.key_results.get(key)
    objective = part.objective if part else key
    if objective not in company.alignment.objectives and objective not in company.elsewhere:
        return None
    return replace(reference_to(objective, company, reader), key_result=part.text if part else "")


def _receiver(name: str, company: Company) -> PersonLink:
    """Thanks may be for a whole unit."""
    unit, key = unit_key(name), person_key(name)
    is_unit = unit in company.holders and key not in company.holders
    return PersonLink(unit if is_unit else key, name, is_unit)
