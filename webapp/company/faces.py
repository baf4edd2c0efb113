"""Who has a page, and under which name: people who are named for everyone, and a reader's own names. Pure."""

from collections.abc import Iterator, Mapping

from sync.domain.keys import person_key
from webapp.company.company import Company


def name_of(key: str, company: Company) -> str:
    """The name of a person as the sheets write it where everyone may read it; "" for nobody.

    Neither the list of people nor what is for a few makes a name known to others.
    """
    holder = company.holders.get(key)
    if holder is not None:
        return holder.name if holder.is_person else ""
    return next((name for name in _public_names(company) if person_key(name) == key), "")


def people_here(company: Company) -> Iterator[tuple[str, str]]:
    """Who has an objective, a key result or an initiative in these periods: each once by key, the first name written.

    One after the other, as a form looks at few of ten thousand.
    """
    yield from ((key, holder.name) for key, holder in company.holders.items() if holder.is_person)
    known = {"", *company.holders}
    for name in dict.fromkeys(one.initiative.owner for one in company.undertakings):
        if (key := person_key(name)) not in known:
            known.add(key)
            yield key, name


def own_names(address: str, company: Company) -> Mapping[str, str]:
    """The names of whoever signed in with an address, by key: those under which they have a page of their own.

    The address itself is one where somebody wrote it in place of a name, and there is no other.
    """
    keys = sorted(company.people.keys_of(address))
    listed = {key: company.people.by_key[key].name for key in keys if key in company.people.by_key}
    found = {key: name for key in keys if (name := name_of(key, company) or listed.get(key, ""))}
    return found or {key: address for key in keys if key in company.notes}


def _public_names(company: Company) -> Iterator[str]:
    yield from (one.initiative.owner for one in company.undertakings)
    for thanks in company.wall:
        yield from (*thanks.recognition.receivers, thanks.recognition.giver)
