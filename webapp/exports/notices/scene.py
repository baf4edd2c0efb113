"""What the messages to one room are made from: the company now, what passes left, and a reader of its language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from sync.config.notify import NotifySettings
from sync.domain.cells import CellRef
from sync.domain.notices import Told
from sync.domain.okr import KeyResult, Objective, Status
from webapp.company.company import Company
from webapp.company.holders import unit_key
from webapp.company.pass_status import PassStatus
from webapp.company.scope import KnownPeriod, in_periods, running
from webapp.exports.notices.words import PlainWords
from webapp.parts.cells import cell_link, web_address
from webapp.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class Scene:
    """`company` holds all periods; `url` is the page's address, "" where nobody told it."""

    room: NotifySettings
    told: Told
    now: datetime
    company: Company
    periods: tuple[KnownPeriod, ...]
    status: PassStatus
    intervals: Mapping[str, int]
    reader: Reader
    url: str

    @property
    def words(self) -> PlainWords:
        return PlainWords(self.reader.words)

    @property
    def zone(self) -> tzinfo | None:
        """Where the company is; None: where this machine is."""
        return ZoneInfo(self.company.calendar.zone) if self.company.calendar.zone else None

    def day(self, moment: datetime) -> date:
        """Which day a moment is on for the company."""
        return self.company.calendar.today(moment)

    def running(self) -> Company:
        """The company in the periods that run."""
        return in_periods(self.company, running(self.periods))

    @property
    def name(self) -> str:
        """Whom the room is for: its units, else the company."""
        return ", ".join(self.room.units) or self.reader.words.gettext("Company")

    def objectives(self, company: Company) -> list[Objective]:
        """The active objectives of the room's units and levels, in the order of the sheets."""
        units = {unit_key(unit) for unit in self.room.units}
        return [
            found
            for found in company.alignment.objectives.values()
            if found.status is Status.ACTIVE
            and (not units or unit_key(found.unit) in units)
            and (not self.room.levels or found.level in self.room.levels)
        ]

    @property
    def is_whole(self) -> bool:
        """Whether the room hears of the whole company."""
        return not self.room.units and not self.room.levels

    def link(self, path: str) -> str:
        """A page; where nobody told its address, the first spreadsheet; "" without either."""
        if self.url:
            return f"{self.url}/{path}"
        return next((web_address(found.url) for found in self.company.snapshots.values()), "")

    def cell(self, cell: CellRef | None) -> str:
        """Where a cell can be opened, "" for none."""
        link = cell_link(cell, self.company.snapshots)
        return link.url if link else ""

    def sheet(self, spreadsheet: str) -> str:
        """What people call a spreadsheet; its ID before it was read."""
        known = self.company.snapshots.get(spreadsheet)
        return known.title if known else spreadsheet


def with_key_results(objectives: list[Objective], company: Company) -> Iterator[tuple[KeyResult, Objective]]:
    """Each key result of some objectives beside its objective."""
    for objective in objectives:
        for part in company.key_results_of(objective.key):
            yield part, objective
