"""A command over several companies: each in turn, or the one that is named; what breaks for one stops no other."""

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from sync.cli.exits import CANNOT_RUN, CannotRunError
from sync.cli.opening import unusable_configurations
from sync.cli.terminal_language import terminal_language
from sync.config.companies import Company, company_files, read_companies
from sync.config.settings import Config
from sync.domain.languages import N_
from sync.translations import told

_UNKNOWN = N_("{path} has no company “{name}”. There are: {known}")
_WHICH = N_("{path} is a folder; name one of its companies with --company: {known}")
_NOT_SEVERAL = N_("{path} is a single file; --company goes with a folder that has a file for each company")

log = logging.getLogger(__name__)

# Prints a shape as JSON for scripts.
TellJson = Callable[[object], None]


def for_each(
    path: Path, only: str | None, do: Callable[[Config, TellJson | None], int], *, as_json: bool = False
) -> NoReturn:
    """Do it for the configuration, or for all of a folder, and leave with the worst exit code.

    `do` gives its exit code, or raises CannotRunError. Where JSON is asked for it tells its shape and prints nothing
    else; of several companies these become one: {"companies": {"acme": …}}.
    """
    companies, code = _usable(path, only)
    if not companies[0].name or only:
        sys.exit(do(companies[0].config, print_json if as_json else None))
    shapes: dict[str, object] = {}
    for company in companies:
        if not as_json:
            click.echo(f"══ {company.name}")
        code = max(code, _done(company, do, shapes if as_json else None))
    if as_json:
        print_json({"companies": shapes})
    sys.exit(code)


def chosen(path: Path, only: str | None) -> tuple[Company, ...]:
    """The company of a single file, those of a folder, or the one that is named. Raises CannotRunError."""
    if only is not None and not path.is_dir():
        raise CannotRunError(told(_NOT_SEVERAL, terminal_language(), path=path))
    companies, errors = read_companies(path)
    if only is not None:
        _file_of(path, only)
        companies = tuple(company for company in companies if company.name == only)
        errors = tuple(error for error in errors if error.path.stem == only)
    if errors:
        raise unusable_configurations(errors)
    return companies


def file_of(path: Path, only: str | None) -> Path:
    """The file that is to be read or written, whatever is in it. Raises CannotRunError unless there is just one."""
    if only is not None and not path.is_dir():
        raise CannotRunError(told(_NOT_SEVERAL, terminal_language(), path=path))
    return _file_of(path, only) if path.is_dir() else path


def print_json(shape: object) -> None:
    click.echo(json.dumps(shape, ensure_ascii=False, indent=2, allow_nan=False))


def _usable(path: Path, only: str | None) -> tuple[tuple[Company, ...], int]:
    """Where one of several files cannot be used, that is said, and is the exit code; the others go on."""
    if only is not None or not path.is_dir():
        return chosen(path, only), 0
    companies, errors = read_companies(path)
    if not companies:
        raise unusable_configurations(errors)
    if errors:
        unusable_configurations(errors).show()
    return companies, CANNOT_RUN if errors else 0


def _done(company: Company, do: Callable[[Config, TellJson | None], int], shapes: dict[str, object] | None) -> int:
    def tell_json(shape: object) -> None:
        assert shapes is not None
        shapes[company.name] = shape

    try:
        return do(company.config, None if shapes is None else tell_json)
    except CannotRunError as error:
        CannotRunError(f"{company.name}: {error.message}").show()
    except Exception:
        # Whatever we overlooked, it is this company's alone.
        log.exception("%s: this broke in a way that nobody foresaw", company.name)
    return CANNOT_RUN


def _file_of(folder: Path, only: str | None) -> Path:
    files = {file.stem: file for file in company_files(folder)}
    if only is not None and only in files:
        return files[only]
    said = _WHICH if only is None else _UNKNOWN
    raise CannotRunError(told(said, terminal_language(), path=folder, name=only, known=", ".join(files)))
