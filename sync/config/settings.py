"""The configuration file: TOML to frozen settings, or all its faults at once, each by its key path.

Knows what may be said, not what it does. Unknown keys are refused with the nearest known one.
"""

import itertools
import os
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationError, field_validator, model_validator

from sync.config.access import AccessSettings
from sync.config.check_in import CheckInSettings
from sync.config.environment import ENDPOINT_VARIABLE
from sync.config.faults import Fault
from sync.config.file import read_toml
from sync.config.google import GoogleSettings
from sync.config.mapping import TabMapping
from sync.config.notify import NotifyTable
from sync.config.pace import PaceSettings
from sync.config.people import PeopleTable, listed
from sync.config.periods import CalendarSettings
from sync.config.rules import RulesSettings
from sync.config.scoring import ScoringSettings
from sync.config.sources import NumbersLocale, Strict
from sync.config.validation import faults_of
from sync.domain.company import CompanySettings
from sync.domain.languages import Language
from sync.domain.okr import Level
from sync.domain.rhythm import DEFAULT_RHYTHM
from sync.domain.scoring import RollUpMode

_URL_ID = re.compile(r"/spreadsheets/d/([A-Za-z0-9_-]+)")
_ID = re.compile(r"[A-Za-z0-9_-]+")
_EVERY = re.compile(r"(\d+)\s*(s|m|h)")
LONGEST_INTERVAL = 7 * 86_400
_SECONDS = {"s": 1, "m": 60, "h": 3600}


class ConfigError(Exception):
    """The configuration cannot be used; `faults` are all of them, each with its key path, "" for the whole file."""

    def __init__(self, path: Path, faults: list[tuple[str, Fault]]) -> None:
        super().__init__(f"{path}: " + "; ".join(f"{key}: {fault}" if key else str(fault) for key, fault in faults))
        self.path, self.faults = path, faults

    def told(self, language: Language) -> list[str]:
        """A line for each fault."""
        return [f"{key}: {fault.told(language)}" if key else fault.told(language) for key, fault in self.faults]


def _as_seconds(value: object) -> int:
    text = str(value).strip()
    if match := _EVERY.fullmatch(text):
        seconds = int(match[1]) * _SECONDS[match[2]]
        if 1 <= seconds <= LONGEST_INTERVAL:
            return seconds
        raise Fault("time-out-of-range", value=text, most=f"{LONGEST_INTERVAL // 3600}h")
    raise Fault("time-without-unit" if re.fullmatch(r"\d+", text) else "not-a-time", value=text)


def _as_id(value: object) -> object:
    match = _URL_ID.search(value) if isinstance(value, str) else None
    return match[1] if match else value


class WorkerSettings(Strict):
    """How passes are made."""

    passers: int = Field(4, ge=1, le=64, description="How many passes are made at once, each in a thread of its own.")


class PageSettings(AccessSettings):
    """The alignment page."""

    title: str = Field("OKR", description="Name of the company or team, shown at the top.")


class SpreadsheetSettings(Strict):
    """One spreadsheet and what its tabs mean."""

    id: Annotated[str, BeforeValidator(_as_id)] = Field(description="ID of the spreadsheet, or its whole address.")
    every: Annotated[int, BeforeValidator(_as_seconds, json_schema_input_type=str)] = Field(
        300,
        description='Time between two passes, such as "30s", "5m" or "1h"; a week at most.',
    )
    numbers: NumbersLocale | None = Field(
        None, description="Language of the numbers in texts; else the spreadsheet's locale."
    )
    language: Language = Field("vi", description='Language of the words that are written into its cells: "vi" or "en".')
    accept_existing_scores: bool = Field(
        False, description="Take over score columns that hold other numbers without waiting for sync --accept."
    )
    most_changes: Decimal = Field(
        Decimal("0.75"),
        ge=0,
        le=1,
        description="Share of a tab's scores that may change in one pass; more waits for sync --accept. 1: no limit.",
    )
    roll_up: dict[Level, RollUpMode] = Field(
        {}, description='By level, what an objective\'s score is made of: "key_results", "children" or "both".'
    )
    identity: str | None = Field(
        None, description="Which [[google.identity]] reads it; left out: the least used of those it is shared with."
    )
    check_in: CheckInSettings | None = Field(
        None, description="Its own rhythm of check-ins; what it leaves out is as for the company."
    )
    tab: tuple[TabMapping, ...] = Field(min_length=1, description="What each tab means.")

    @field_validator("id")
    @classmethod
    def _an_id(cls, value: str) -> str:
        if not _ID.fullmatch(value):
            raise Fault("not-an-id", value=value)
        return value

    @model_validator(mode="after")
    def _different_tabs(self) -> Self:
        for one, other in itertools.combinations(self.tab, 2):
            if twice := one.says_the_same(other):
                raise Fault("mapped-twice", title=twice)
        return self

    @property
    def looks_at_fills(self) -> bool:
        """Whether some tab's mapping asks for the colour of cells."""
        return any(tab.looks_at_fills for tab in self.tab)

    @property
    def takes_new_tabs(self) -> bool:
        """Whether a title is a pattern, which a tab that is made later may fit."""
        return any("*" in title for tab in self.tab for title in tab.title)

    def mappings(self) -> tuple[TabMapping, ...]:
        """The tabs' mappings, each with its number language where one is set for the spreadsheet."""
        return tuple(
            tab if tab.numbers or not self.numbers else tab.model_copy(update={"numbers": self.numbers})
            for tab in self.tab
        )


class Config(CalendarSettings):
    """The whole file. Relative paths in it are seen from the file's own folder."""

    state: Path = Field(Path("state"), description="Folder for the database and locks.")
    database: str | None = Field(None, description="SQLAlchemy URL of another database than SQLite in `state`.")
    google: GoogleSettings = GoogleSettings()
    worker: WorkerSettings = WorkerSettings()
    page: PageSettings = PageSettings()
    scoring: ScoringSettings = ScoringSettings()
    pace: PaceSettings = PaceSettings()
    rules: RulesSettings = RulesSettings()
    check_in: CheckInSettings = CheckInSettings()
    people: PeopleTable = Field(
        {}, description="People by name: address, unit, manager, beside those that a tab lists."
    )
    notify: NotifyTable = Field((), description="Rooms and mailboxes that hear of it.")
    spreadsheet: tuple[SpreadsheetSettings, ...] = Field(min_length=1, description="The spreadsheets.")

    # Among several companies, the name of this one; "" where the file is the whole installation.
    _name: str = PrivateAttr("")

    @property
    def name(self) -> str:
        """Of the company among several, as its file is called; "" where the file is the whole installation."""
        return self._name

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.state / 'okr-sheets.db'}"

    @property
    def database_schema(self) -> str | None:
        """Where the records are in a database that several companies share; None: where its tables are by default."""
        return self._name or None

    @property
    def page_path(self) -> str:
        """Under which path of its host the page stands, without the one that a proxy may tell."""
        beside_others = self._name and not self.page.host_name
        return f"{self.page.path}/c/{self._name}" if beside_others else self.page.path

    @property
    def company(self) -> CompanySettings:
        """What its spreadsheets share."""
        ids = frozenset(settings.id for settings in self.spreadsheet)
        people, rhythm = listed(self.people), self.check_in.over(DEFAULT_RHYTHM)
        rhythms = {found.id: found.check_in.over(rhythm) for found in self.spreadsheet if found.check_in}
        pace, bands = self.pace.policy, self.scoring.bands
        return CompanySettings(ids, self.calendar, self.rules.off, people, rhythm, rhythms, pace, bands)

    @model_validator(mode="after")
    def _different_ids(self) -> Self:
        counted = Counter(found.id for found in self.spreadsheet)
        twice = sorted(id_ for id_, count in counted.items() if count > 1)
        if twice:
            raise Fault("listed-twice", ids=", ".join(twice))
        return self

    @model_validator(mode="after")
    def _known_identities(self) -> Self:
        names = [each.name for each in self.google.identity]
        for found in self.spreadsheet:
            if found.identity is not None and found.identity not in names:
                raise Fault("no-such-identity", value=found.identity, names=", ".join(names) or "—")
        return self


def load_config(path: Path, environment: Mapping[str, str] = os.environ, name: str = "") -> Config:
    """Read and check the file; of a company among several by its `name`. Raises ConfigError with every fault."""
    try:
        tables = read_toml(path)
    except Fault as fault:
        raise ConfigError(path, [("", fault)]) from None
    return config_of(tables, path, environment, name)


def config_of(
    tables: dict[str, Any], path: Path, environment: Mapping[str, str] = os.environ, name: str = ""
) -> Config:
    """The configuration that these tables of the file `path` are. Raises ConfigError with every fault."""
    if name:
        tables.setdefault("state", f"state/{name}")
    if environment.get(ENDPOINT_VARIABLE):
        google = tables.setdefault("google", {})
        if isinstance(google, dict):
            google["endpoint"] = environment[ENDPOINT_VARIABLE]
    try:
        config = Config.model_validate(tables)
    except ValidationError as error:
        raise ConfigError(path, faults_of(error, tables, Config)) from None
    config._name = name
    return _seen_from(path.resolve().parent, config)


def faults_in(tables: Mapping[str, Any]) -> list[tuple[str, Fault]]:
    """What keeps these tables from being a configuration, each fault with its key path; none where they are one."""
    try:
        Config.model_validate(tables)
    except ValidationError as error:
        return faults_of(error, tables, Config)
    return []


def _seen_from(folder: Path, config: Config) -> Config:
    google, state = config.google.seen_from(folder), folder / config.state.expanduser()
    page = config.page.seen_from(folder, state)
    notify = tuple(room.seen_from(folder) for room in config.notify)
    return config.model_copy(update={"state": state, "google": google, "page": page, "notify": notify})
