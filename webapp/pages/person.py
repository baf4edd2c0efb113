"""A person's page: what they must do now, their goals, whom these serve and who serves them, and thanks. Pure.

Never beside others and never in order of scores: OKR is a tool in people's hands, not a way to rate them.
"""

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass

from sync.domain.alignment import Link
from sync.domain.cycle_records import Coaching
from sync.domain.keys import distinct, person_key
from sync.domain.okr import Objective, Status
from sync.domain.visibility import audience
from webapp.company.company import Company
from webapp.company.faces import name_of, own_names
from webapp.company.holders import Holder
from webapp.company.notes import Note, newest_last
from webapp.company.trend import Histories, no_histories
from webapp.pages.initiatives import Served, late_text, served_view
from webapp.pages.to_do import Tasks, ToDo, tasks_of, to_do
from webapp.pages.unit import MOST_AT_A_TIME, Once, UnitPage, each_time, unit_page
from webapp.parts.items import Reference, reference, reference_to
from webapp.parts.learned import is_learned
from webapp.parts.notes import NoteView, note_view
from webapp.parts.people import PersonLink, person_link
from webapp.parts.recognition import RecognitionView, thanks_view
from webapp.reader.reader import Reader

# What is told here; the rest is counted, or a link leads to it.
MOST_INITIATIVES = 20
MOST_LINKED = 30
MOST_THANKS = 10
MOST_NOTES = 100


@dataclass(frozen=True, slots=True)
class Linked:
    """An objective of somebody that the person's goals support, or that supports them."""

    objective: Reference
    owner: PersonLink


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything that `person.html` prints. `held` is None where the person has no goal in these periods; `late` says
    how many of all `initiative_count` are late. `supports` is what their goals support, `supported` what supports
    these. `notes` are those that the reader may see, `is_own` whether that is the person's own self.
    """

    key: str
    name: str
    is_own: bool
    to_do: tuple[ToDo, ...]
    more_to_do: int
    notes: tuple[NoteView, ...]
    more_notes: int
    held: UnitPage | None
    initiatives: tuple[Served, ...]
    initiative_count: int
    late: str
    supports: tuple[Linked, ...]
    more_supports: int
    supported: tuple[Linked, ...]
    more_supported: int
    thanks: tuple[RecognitionView, ...]
    more_thanks: bool


def person_page(
    key: str,
    number: int,
    company: Company,
    whole: Company,
    reader: Reader,
    *,
    address: str = "",
    histories: Histories = no_histories,
    once: Once = each_time,
    closing: Collection[str] = (),
) -> PersonPage | None:
    """The page of a person in the periods of `company`; None for nobody. `whole` is the company in all periods.
    `closing` are the keys of those that are being closed: what was learned in them is to be written down now.

    `address` is that of the reader, as far as it is known. Only on their own page do they see what is not for everyone.
    `once` keeps figures for other readers.
    """
    own = own_names(address, whole)
    name = own.get(key) or name_of(key, whole)
    if not name:
        return None
    me = whole.people.keys_of(address) if key in own else frozenset()
    holder = company.holders.get(key)
    undertaken = [one for one in company.undertakings if one.is_of_person(key)]
    notes = _notes({key} | me, me, whole)
    agreed = [note for note in notes if _is_for(note, {key} | me)]

    def known() -> Tasks:
        return tasks_of(holder, undertaken, _to_learn_from(key, closing, whole), company, reader)

    is_big = holder is not None and len(holder.objectives) > MOST_AT_A_TIME
    tasks, more = to_do(once(f"to-do-{key}", known) if is_big else known(), agreed, company, reader)
    supports = _supports(holder, company) if holder else ()
    supported = distinct(_supported(holder, company)) if holder else ()
    thanks = [one for one in whole.wall if key in one.people]
    return PersonPage(
        key=key,
        name=name,
        is_own=key in own,
        to_do=tasks,
        more_to_do=more,
        notes=tuple(note_view(note, whole, reader) for note in notes[:MOST_NOTES]),
        more_notes=max(len(notes) - MOST_NOTES, 0),
        held=unit_page(key, number, company, reader, histories, once) if holder else None,
        initiatives=tuple(served_view(one, company, reader) for one in undertaken[:MOST_INITIATIVES]),
        initiative_count=len(undertaken),
        late=late_text(undertaken, reader),
        supports=tuple(_linked(found, company, reader) for found in supports[:MOST_LINKED]),
        more_supports=max(len(supports) - MOST_LINKED, 0),
        supported=tuple(_child(child, company, reader) for child in supported[:MOST_LINKED]),
        more_supported=max(len(supported) - MOST_LINKED, 0),
        thanks=tuple(thanks_view(one, whole, reader) for one in thanks[:MOST_THANKS]),
        more_thanks=len(thanks) > MOST_THANKS,
    )


def _notes(keys: Set[str], me: Set[str], company: Company) -> list[Note]:
    """What people with these keys are named in and the reader may see, the newest first."""
    found = {note.cell: note for key in sorted(keys) for note in company.notes.get(key, ())}
    return sorted((note for note in found.values() if audience(note).has(me)), key=newest_last, reverse=True)


def _is_for(note: Note, keys: Set[str]) -> bool:
    """Whether one of these people is whom a talk was about, and not who coached."""
    return isinstance(note, Coaching) and person_key(note.person) in keys


def _to_learn_from(key: str, closing: Collection[str], whole: Company) -> Iterator[Objective]:
    """The person's objectives of these periods, without those of which somebody wrote what was learned."""
    holder = whole.holders.get(key)
    for objective in holder.objectives if holder else ():
        is_closing = whole.calendar.period(objective.period).key in closing
        if is_closing and objective.status is not Status.DRAFT and not is_learned(objective, whole):
            yield objective


def _supports(holder: Holder, company: Company) -> tuple[Link, ...]:
    """What the person's objectives hang under, each once."""
    above = (company.alignment.parents.get(found.key) for found in holder.objectives)
    first = {(link.objective, link.key_result): link for link in above if link}
    return tuple(first.values())


def _supported(holder: Holder, company: Company) -> Iterator[str]:
    """The objectives that hang under the person's objectives, and under their key results elsewhere."""
    for objective in holder.objectives:
        yield from company.children.get(objective.key, ())
    for part in holder.key_results:
        for child in company.children.get(part.objective, ()):
            link = company.alignment.parents.get(child)
            if link and link.key_result == part.key:
                yield child


def _linked(link: Link, company: Company, reader: Reader) -> Linked:
    return Linked(reference(link, company, reader), person_link(company.objective(link.objective).owner))


def _child(key: str, company: Company, reader: Reader) -> Linked:
    return Linked(reference_to(key, company, reader), person_link(company.objective(key).owner))
