"""A folder with a configuration for each company, and their spreadsheets on one local Sheets server."""

from pathlib import Path

from sync.config.companies import Company, read_companies
from sync.records import Records
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation


def companies_in(path: Path) -> tuple[Company, ...]:
    """All companies of a folder, or the one of a single file, none of which may have a fault."""
    companies, errors = read_companies(path, {})
    assert errors == ()
    return companies


class CompanyFolder:
    """Every company has one spreadsheet, which is called as it is."""

    def __init__(self, installation: Installation, *names: str, page: str = "") -> None:
        self.installation, self.path = installation, installation.folder / "companies"
        self.path.mkdir()
        for number, name in enumerate(names, 1):
            self.add(name, number, page=page)

    def add(self, name: str, current: int, page: str = "") -> None:
        """One with a spreadsheet whose only key result is as far as `current` of 10."""
        self.installation.spreadsheet(name, {"OKR": [HEADER, *key_results(current)]})
        self.write(name, page)

    def write(self, name: str, text: str = "", *, spreadsheet: str | None = None, every: str = "1s") -> Path:
        """As a careful editor saves: a new file in the place of the old one."""
        path, new = self.path / f"{name}.toml", self.path / f"{name}.new"
        mapped = FLAT.replace('id = "sales"', f'id = "{spreadsheet or name}"\nevery = "{every}"')
        endpoint = f'[google]\nendpoint = "{self.installation.server.url}"\n'
        new.write_text(f"{endpoint}{text}\n{mapped}", encoding="utf-8")
        return new.replace(path)

    def records(self, name: str) -> Records:
        """To be closed."""
        config = next(found.config for found in companies_in(self.path) if found.name == name)
        return Records.open(config.database_url, config.database_schema)
