"""What is said of silence: key results that nobody has said anything about for too long. Pure."""

from datetime import date

from webapp.company.company import Company
from webapp.reader.reader import Reader


def silence_of(key: str, company: Company, reader: Reader) -> tuple[str, ...]:
    """What is said beside the band of an objective or key result; nothing where it was heard of in time."""
    heard = company.heard.get(key)
    if heard is not None:
        return (_overdue(heard.last, reader),) if heard.is_overdue else ()
    silent = sum(1 for part in company.key_results_of(key) if is_overdue(part.key, company)) if key else 0
    if not silent:
        return ()
    ngettext = reader.words.ngettext
    return (ngettext("%(count)s key result without a check-in", "%(count)s key results without a check-in", silent),)


def is_overdue(key: str, company: Company) -> bool:
    """Whether a check-in of a key result should have come by now."""
    return key in company.heard and company.heard[key].is_overdue


def _overdue(last: date | None, reader: Reader) -> str:
    if last is None:
        return reader.words.gettext("no check-in in this period")
    return reader.words.gettext("no check-in since %(day)s", day=reader.formats.day(last))
