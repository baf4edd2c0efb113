"""Several companies in one installation: a folder with one file for each, complete as a single file is.

A company is called as its file. Nothing of one may be another's: no spreadsheet, no state, no database, no key; of a
shared PostgreSQL each has a schema. What they do share is the door through which their pages are reached.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sync.config.faults import Fault
from sync.config.settings import Config, ConfigError, load_config

# PostgreSQL cuts the name of a schema off after 63 characters, and a host's name ends there.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_SQLITE_FILE = re.compile(r"sqlite(?:\+\w+)?:///([^?]+)")

# What a page server has once for all its companies, by its key.
DOOR: Mapping[str, Callable[[Config], object]] = {
    "page.host": lambda config: config.page.host,
    "page.port": lambda config: config.page.port,
    "page.path": lambda config: config.page.path,
    "page.path_from_proxy": lambda config: config.page.path_from_proxy,
    "page.proxies": lambda config: config.page.proxies,
}


@dataclass(frozen=True, slots=True)
class Company:
    """A configuration and the file that it came from."""

    path: Path
    config: Config

    @property
    def name(self) -> str:
        """Among several; "" for a file that is the whole installation."""
        return self.config.name


def read_companies(
    path: Path, environment: Mapping[str, str] = os.environ
) -> tuple[tuple[Company, ...], tuple[ConfigError, ...]]:
    """Those of a folder by their names, or the one of a single file, as far as they can be used, and the faults of the
    others. What two of them have, the first keeps.
    """
    companies: list[Company] = []
    errors: list[ConfigError] = []
    for file in company_files(path) if path.is_dir() else (path,):
        try:
            company = read_company(file, environment, alone=file == path)
            be_apart(company, companies)
        except ConfigError as error:
            errors.append(error)
        else:
            companies.append(company)
    if not (companies or errors):
        errors.append(ConfigError(path, [("", Fault("no-companies"))]))
    return tuple(companies), tuple(errors)


def company_files(folder: Path) -> list[Path]:
    """The files of a folder, by name; hidden ones are those that an editor leaves while it saves."""
    return sorted(file for file in folder.glob("*.toml") if not file.name.startswith(".") and not file.is_dir())


def read_company(file: Path, environment: Mapping[str, str] = os.environ, *, alone: bool = False) -> Company:
    """Raises ConfigError with every fault."""
    name = "" if alone else file.stem
    if not alone and not _NAME.fullmatch(name):
        raise ConfigError(file, [("", Fault("no-company-name", name=name))])
    return Company(file, load_config(file, environment, name))


def be_apart(company: Company, others: Iterable[Company]) -> None:
    """Raises ConfigError where it has something that another one has, or another door."""
    faults = [fault for other in others for fault in (*_clashes(company, other), *_other_door(company, other))]
    if faults:
        raise ConfigError(company.path, faults)


def be_behind(company: Company, first: Company) -> None:
    """Raises ConfigError where it has another door than the one that is open."""
    if faults := [*_other_door(company, first)]:
        raise ConfigError(company.path, faults)


def _clashes(company: Company, other: Company) -> Iterator[tuple[str, Fault]]:
    file, ours, theirs = other.path.name, company.config, other.config
    if ours.state.resolve() == theirs.state.resolve():
        yield "state", Fault("of-another", file=file)
    else:
        their_things = {thing for _, thing in _own(theirs)}
        yield from ((key, Fault("of-another", file=file)) for key, thing in _own(ours) if thing in their_things)
    # Whoever asks under the host name of one gets its page alone.
    if ours.page.host_name in theirs.page.trusted_hosts:
        yield "page.host_name", Fault("of-another", file=file)
    if theirs.page.host_name in ours.page.trusted_hosts:
        yield "page.trusted_hosts", Fault("of-another", file=file)
    both = ours.company.spreadsheets & theirs.company.spreadsheets
    if both:
        yield "spreadsheet", Fault("spreadsheets-of-another", ids=", ".join(sorted(both)), file=file)


def _other_door(company: Company, other: Company) -> Iterator[tuple[str, Fault]]:
    file, ours, theirs = other.path.name, company.config, other.config
    for key, value in DOOR.items():
        if value(ours) != value(theirs):
            yield key, Fault("not-as-others", file=file, value=value(theirs))


def _own(config: Config) -> Iterator[tuple[str, object]]:
    """What nobody else may have, by its key; most of it is in the state folder, where nothing else is said."""
    if in_file := _SQLITE_FILE.match(config.database_url):
        yield "database", Path(in_file[1]).resolve()
    if config.page.hook_key:
        yield "page.hook_key", config.page.hook_key.resolve()
    if config.page.sign_in and config.page.sign_in.session_key:
        yield "page.sign_in.session_key", config.page.sign_in.session_key.resolve()
    if config.page.host_name:
        yield "page.host_name", config.page.host_name
