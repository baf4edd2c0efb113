"""An account as its provider describes it, and whether it may read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.config.access import Readers


@dataclass(frozen=True, slots=True)
class Account:
    """`email` is "" unless the provider has confirmed it, `domain` unless the account belongs to a Workspace."""

    subject: str
    email: str
    domain: str


def account_of(claims: Mapping[str, object], *, confirmed: bool) -> Account:
    """The account that a provider's claims speak of; `confirmed` where its e-mail address is known to be its own."""
    return Account(_text(claims, "sub"), _text(claims, "email") if confirmed else "", _text(claims, "hd"))


def may_read(account: Account, readers: Readers) -> bool:
    """By the domain that Google vouches for, or by a confirmed address; never by how an address ends.

    Anybody can open a personal Google account as x@company.com, and then it bears no domain.
    """
    return account.domain.casefold() in readers.domains or account.email.casefold() in readers.everybody


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""
