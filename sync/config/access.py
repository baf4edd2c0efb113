"""Who may reach and read the page, as the configuration says it. Says the rules; `webapp.sign_in` keeps them.

A page that other machines can reach is open to nobody by accident: it needs a way to tell who reads, or the plain
statement that everybody may, and the names under which it is asked for.
"""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from sync.config.faults import Fault
from sync.config.sources import Strict

_NAME = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_DOMAIN = re.compile(r"[^@\s/:]+\.[^@\s/:]+")
# The path of a page: no dots alone, which browsers resolve, and nothing that an address would have to quote.
PATH = re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)+")
_PAGE = re.compile(r"https?://[^/\s?#@]+(/[^\s?#]*)?")
_ISSUER = re.compile(r"https://[^/\s?#@]+[^\s?#]*|http://(localhost|127\.0\.0\.1)(:\d+)?(/[^\s?#]*)?")


def _host_name(value: str) -> str:
    if not _NAME.fullmatch(value.lower()):
        raise Fault("not-a-host", value=value)
    return value.lower()


def _one_host_name(value: str) -> str:
    if value.startswith("."):
        raise Fault("not-a-host", value=value)
    return _host_name(value)


def _e_mail(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise Fault("not-an-e-mail", value=value)
    return value.casefold()


def _domain(value: str) -> str:
    if not _DOMAIN.fullmatch(value):
        raise Fault("not-a-domain", value=value)
    return value.casefold()


def _web_address(value: str) -> str:
    if not _ISSUER.fullmatch(value):
        raise Fault("not-https", value=value)
    return value.rstrip("/")


def _path(value: str) -> str:
    if value.rstrip("/") and not PATH.fullmatch(value.rstrip("/")):
        raise Fault("not-a-path", value=value)
    return value.rstrip("/")


def _page_address(value: str) -> str:
    if not _PAGE.fullmatch(value):
        raise Fault("not-a-page-address", value=value)
    return value.rstrip("/")


HostName = Annotated[str, AfterValidator(_host_name)]
OneHostName = Annotated[str, AfterValidator(_one_host_name)]
EMail = Annotated[str, AfterValidator(_e_mail)]
PagePath = Annotated[str, AfterValidator(_path)]
Domain = Annotated[str, AfterValidator(_domain)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
PageAddress = Annotated[str, AfterValidator(_page_address)]


class Readers(Strict):
    """The accounts that may read: those that any of these names."""

    domains: tuple[Domain, ...] = Field(
        (), description="Google Workspace domains, by what Google says of the account and never by its address."
    )
    addresses: tuple[EMail, ...] = Field((), description="Single accounts, by their confirmed e-mail address.")
    groups: dict[str, tuple[EMail, ...]] = Field({}, description="Lists of addresses, each under a name of yours.")

    @property
    def everybody(self) -> frozenset[str]:
        """All addresses, those in groups included."""
        return frozenset(self.addresses).union(*self.groups.values())

    def __bool__(self) -> bool:
        return bool(self.domains or self.everybody)


class SignInSettings(Strict):
    """Sign-in with Google."""

    client: Path = Field(description="The OAuth client's JSON file, as downloaded from the Google Cloud console.")
    session_key: Path | None = Field(
        None, description="File with the key that signs sessions, made where it is missing; else one in `state`."
    )
    issuer: WebAddress = Field("https://accounts.google.com", description="Another OpenID provider than Google.")


class IapSettings(Strict):
    """Google's Identity-Aware Proxy in front of the page."""

    audience: str = Field(
        min_length=1, description='The "signed header JWT audience" that the console shows, such as /projects/1/….'
    )
    issuer: str = Field("https://cloud.google.com/iap", description="Who signs.")
    keys: WebAddress = Field(
        "https://www.gstatic.com/iap/verify/public_key-jwk", description="Where the signer's public keys are."
    )


class AccessSettings(Strict):
    """Where the page listens and who may read it."""

    host: str = Field("127.0.0.1", description="Address to listen on; only this machine by default.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    trusted_hosts: tuple[HostName, ...] = Field(
        (), description="Names under which people ask for the page; needed where other machines can reach it."
    )
    host_name: OneHostName | None = Field(
        None, description="Among several companies, the name of this one's page, which is else under /c/<company>."
    )
    url: PageAddress | None = Field(
        None, description="Address under which people open the page, for the links in notices."
    )
    proxies: int = Field(0, ge=0, le=9, description="Reverse proxies in front that set X-Forwarded-For and -Proto.")
    path: PagePath = Field("", description='Path under which the page stands on its host, such as "/okr".')
    path_from_proxy: bool = Field(False, description="Take that path from the proxy's X-Forwarded-Prefix.")
    open: bool = Field(False, description="Without sign-in, for everybody who can reach the page.")
    token: Path | None = Field(None, description="File with a token of 32 characters or more, for scripts.")
    hook_key: Path | None = Field(
        None, description="File with the key of the hooks' secrets, made where it is missing; else one in `state`."
    )
    readers: Readers = Readers()
    sign_in: SignInSettings | None = Field(None, description="Sign-in with Google.")
    iap: IapSettings | None = Field(None, description="Behind Google's Identity-Aware Proxy.")

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"

    @property
    def names(self) -> tuple[str, ...]:
        """Under which it is asked for, the first before all."""
        return (*((self.host_name,) if self.host_name else ()), *self.trusted_hosts)

    @property
    def lets_ask(self) -> bool:
        """Whether who reads may ask for a look at a spreadsheet: signed in, or at this very machine."""
        return self.is_restricted or (self.is_local and not self.open)

    @property
    def is_restricted(self) -> bool:
        """Whether it has to be known who reads."""
        return self.sign_in is not None or self.iap is not None

    def seen_from(self, folder: Path, state: Path) -> Self:
        """With whole paths: files are seen from `folder`, and keys of ours are kept in `state`."""
        token = folder / self.token.expanduser() if self.token else None
        hook_key = folder / self.hook_key.expanduser() if self.hook_key else state / "hook.key"
        sign_in = self.sign_in
        if sign_in:
            key = folder / sign_in.session_key.expanduser() if sign_in.session_key else state / "session.key"
            client = folder / sign_in.client.expanduser()
            sign_in = sign_in.model_copy(update={"client": client, "session_key": key})
        return self.model_copy(update={"token": token, "hook_key": hook_key, "sign_in": sign_in})

    @model_validator(mode="after")
    def _nobody_reads_by_accident(self) -> Self:
        faults = (*self._contradictions(), *self._dangers())
        if faults:
            raise Fault("several", faults=faults)
        return self

    def _contradictions(self) -> Iterator[Fault]:
        if self.sign_in and self.iap:
            yield Fault("two-sign-ins")
        if self.sign_in and not self.readers:
            yield Fault("no-readers")
        if self.open and self.is_restricted:
            yield Fault("open-and-closed")
        if self.path_from_proxy and self.path:
            yield Fault("two-paths")
        if self.path_from_proxy and not self.proxies:
            yield Fault("no-proxy")
        if not self.is_restricted and (self.readers or self.token):
            yield Fault("readers-of-nothing")

    def _dangers(self) -> Iterator[Fault]:
        if self.is_local:
            return
        if not self.is_restricted and not self.open:
            yield Fault("reached-by-all", host=self.host)
        if not self.names:
            yield Fault("nameless", host=self.host)
