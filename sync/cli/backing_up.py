"""`backup`: a copy of the database, made while worker and page run."""

from pathlib import Path

import click

from sync.cli.companies import chosen, file_of
from sync.cli.exits import CannotRunError
from sync.cli.opening import unusable_records
from sync.cli.system_errors import why
from sync.cli.terminal_language import terminal_language
from sync.domain.languages import N_
from sync.records import RecordsError, back_up, database_file
from sync.translations import told

_KEPT = N_("{file} is a copy of {database}. How it comes back: docs/server.md, “Backup and restore”.")
_PG_DUMP = N_(
    "PostgreSQL makes its own backups: pg_dump --format custom --exclude-table-data journal --exclude-table-data lease"
)
_NONE_YET = N_("There is no database at {database} yet; the first pass makes it.")
_ITSELF = N_("{file} is the database itself; name another file.")


def backup(file: Path, config_path: Path, company: str | None) -> None:
    """Copy the database into a file, in the place of what is there."""
    file_of(config_path, company)
    config, language = chosen(config_path, company)[0].config, terminal_language()
    if not config.database_url.startswith("sqlite"):
        raise CannotRunError(told(_PG_DUMP, language))
    try:
        database = database_file(config.database_url)
        if not database.exists():
            raise CannotRunError(told(_NONE_YET, language, database=database))
        if file.exists() and file.samefile(database):
            raise CannotRunError(told(_ITSELF, language, file=file))
        back_up(config.database_url, file)
    except RecordsError as error:
        raise unusable_records(error) from None
    except OSError as error:
        raise CannotRunError(f"{file}: {why(error)}") from None
    click.echo(told(_KEPT, language, file=file, database=database))
