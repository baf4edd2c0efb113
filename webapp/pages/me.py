"""Where a reader's own page is, by the address with which they signed in. Pure."""

from dataclasses import dataclass

from webapp.company.company import Company
from webapp.company.faces import own_names
from webapp.parts.people import PersonLink


@dataclass(frozen=True, slots=True)
class MePage:
    """Everything that `me.html` prints: pages to choose from, none where nobody knows the address, which is "" for a
    reader who is not signed in.
    """

    address: str
    people: tuple[PersonLink, ...]


def me_page(address: str, company: Company) -> MePage:
    """The pages of whoever signed in with an address."""
    return MePage(address, tuple(PersonLink(key, name) for key, name in own_names(address, company).items()))
