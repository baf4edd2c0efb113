"""What is written about people and is not for everyone, as a reader who may see it sees it. Pure."""

from dataclasses import dataclass

from sync.domain.cycle_records import Coaching, CoachingState, Recognition, Visible
from webapp.company.company import Company
from webapp.company.notes import Note
from webapp.parts.cells import CellLink, cell_link
from webapp.parts.days import day_text
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class NoteView:
    """`kind` is what it is, in a word. `about` is as written; `is_private`: not everyone may see it."""

    kind: str
    date: str
    giver: str
    receivers: str
    text: str
    about: str
    next_step: str
    due: str
    state: str
    is_private: bool
    cell: CellLink | None


def note_view(note: Note, company: Company, reader: Reader) -> NoteView:
    """One row, whole. A coach stands as its giver."""
    is_private = note.visible is not Visible.EVERYONE
    cell, date = cell_link(note.cell, company.snapshots), day_text(note.date, reader)
    gettext = reader.words.gettext
    if isinstance(note, Coaching):
        return NoteView(
            kind=gettext("Coaching"),
            date=date,
            giver=note.coach,
            receivers=note.person,
            text=note.topic,
            about="",
            next_step=note.next_step,
            due=day_text(note.due, reader),
            state=_state(note, reader),
            is_private=is_private,
            cell=cell,
        )
    kind = gettext("Recognition") if isinstance(note, Recognition) else note.kind or gettext("Feedback")
    receivers = ", ".join(filter(None, note.receivers))
    return NoteView(kind, date, note.giver, receivers, note.text, note.about, "", "", "", is_private, cell)


def _state(coaching: Coaching, reader: Reader) -> str:
    """A word of the reader's, or the sheet's own where that is not understood."""
    gettext = reader.words.gettext
    known = {CoachingState.OPEN: gettext("open"), CoachingState.DONE: gettext("completed")}
    return known[coaching.state] if coaching.state else coaching.status
