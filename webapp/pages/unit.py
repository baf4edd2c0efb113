"""What one unit or person has, and how far they are. Pure.

Never beside others and never in order of scores: OKR is a tool in people's hands, not a way to rate them.
"""

from dataclasses import dataclass
from functools import partial

from webapp.company.company import Company
from webapp.company.forest import by_level
from webapp.pages.initiatives import InitiativeFilters, count_text, late_text
from webapp.parts.cards import Group, Pages, flat_card, level_groups, page_of
from webapp.parts.items import Count, KeyResultView, Reference, counts_of, key_result_view, reference_to, troubles_of
from webapp.parts.progress import PeriodShares, period_shares
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A key result that somebody has under an objective of somebody else."""

    key_result: KeyResultView
    objective: Reference


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything that `unit.html` prints. `shares` are those of the active objectives alone; `initiatives` says how
    many there are, "" for none, and `late` how many of them are late.
    """

    key: str
    name: str
    is_person: bool
    shares: tuple[PeriodShares, ...]
    problems: tuple[Count, ...]
    initiatives: str
    late: str
    groups: tuple[Group, ...]
    pages: Pages
    elsewhere: tuple[Elsewhere, ...]


def unit_page(key: str, number: int, company: Company, reader: Reader) -> UnitPage | None:
    """The page of a unit or person; None where the sheets name no such one."""
    holder = company.holders.get(key)
    if holder is None:
        return None
    in_order = [objective for those in by_level(holder.objectives).values() for objective in those]
    shown, pages = page_of(in_order, number)
    undertaken = InitiativeFilters(**{"owner" if holder.is_person else "unit": holder.name}).matching(
        company.undertakings
    )
    problems = (problem for objective in holder.objectives for problem in troubles_of(objective, company))
    return UnitPage(
        key=key,
        name=holder.name,
        is_person=holder.is_person,
        shares=period_shares(holder.objectives, company, reader),
        problems=counts_of(problems, reader),
        initiatives=count_text(undertaken, reader) if undertaken else "",
        late=late_text(undertaken, reader),
        groups=level_groups(shown, partial(flat_card, company=company, reader=reader), reader),
        pages=pages,
        elsewhere=tuple(
            Elsewhere(
                key_result_view(part, company, reader, owner=holder.name),
                reference_to(part.objective, company, reader),
            )
            for part in holder.key_results
        ),
    )
