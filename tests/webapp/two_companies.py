"""An installation of two companies whose records are full of words of their own, and the people who ask for them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Flask
from werkzeug.test import Client, TestResponse

from sync.config.companies import Company
from sync.config.settings import Config
from sync.config.standing import Standing
from sync.domain.cells import CellRef
from sync.domain.closing import closed
from sync.domain.cycle_records import Coaching, CycleRecords, Feedback, Person, Recognition, Review
from sync.domain.keys import person_key
from sync.domain.notices import Notice, NoticeState
from sync.domain.okr import Amount, CheckIn, Initiative, InitiativeState, Level, Status
from sync.domain.periods import CALENDAR_YEARS
from sync.domain.problems import problem
from sync.domain.snapshot import Snapshot, TabState, TabView
from sync.records import Records
from tests.support.company_folder import companies_in
from tests.support.signing_in import consent
from tests.webapp.companies import amount, cell, keep, key_result, objective, snapshot
from tests.webapp.provider import WORKER, Provider
from webapp.company.holders import unit_key
from webapp.web.app import page_of
from webapp.web.companies import CompanyPages

ACME, BETA = "acme", "beta"
NOW = datetime.now(UTC)
TODAY = NOW.date()
QUARTER = f"Q{(TODAY.month + 2) // 3}/{TODAY.year}"
LAST_YEAR = f"Q4/{TODAY.year - 1}"
PERIODS = tuple(CALENDAR_YEARS.period(name).key for name in (QUARTER, LAST_YEAR))

SPREADSHEET = """
[[spreadsheet]]
id = "{id}"
[[spreadsheet.tab]]
title = "OKR"
key_result.text = "KR"
"""


def mark(company: str) -> str:
    """What begins every word of a company's and none of another's."""
    return f"hush-{company}"


def sheet(company: str) -> str:
    return f"{mark(company)}-spreadsheet"


def token_of(company: str) -> str:
    return f"{mark(company)}-token".ljust(40, "x")


def keys(company: str) -> tuple[str, ...]:
    """What an address may name of a company."""
    return (f"{company}-o", unit_key(f"{mark(company)}-unit"), person_key(f"{mark(company)}-owner"))


def rows(company: str) -> Snapshot:
    """One of everything that can be recorded; each text says whose it is and what it is."""
    at, here = f"{mark(company)}-", sheet(company)

    def spot(row: int, column: int = 0) -> CellRef:
        return cell(row, column, spreadsheet=here, tab=f"{at}tab")

    mine: dict[str, Any] = {
        "level": Level.DEPARTMENT,
        "unit": f"{at}unit",
        "owner": f"{at}owner",
        "lesson": f"{at}lesson",
    }
    top, draft = f"{company}-o", f"{company}-draft"
    day = TODAY.isoformat()
    return snapshot(
        [
            objective(top, text=f"{at}objective", id=f"{at}id", period=QUARTER, cell=spot(1), **mine),
            objective(draft, text=f"{at}draft", period=QUARTER, status=Status.DRAFT, cell=spot(2), **mine),
            objective(f"{company}-past", text=f"{at}past", period=LAST_YEAR, cell=spot(3), **mine),
        ],
        [
            key_result(
                f"{company}-k",
                top,
                text=f"{at}key-result",
                id=f"{at}kr-id",
                owner=f"{at}kr-owner",
                measure=f"{at}measure",
                confidence=f"{at}confidence",
                cell=spot(1, 1),
                current=Amount(amount(36).number, f"36 {at}u", f"{at}u"),
            ),
            key_result(f"{company}-p", f"{company}-past", text=f"{at}past-result", cell=spot(3, 1)),
            key_result(f"{company}-stray", "", text=f"{at}stray", cell=spot(4, 1)),
        ],
        check_ins=(
            CheckIn(
                key_result=f"{at}kr-id",
                cell=spot(5),
                date=day,
                value=amount(36),
                comment=f"{at}comment",
                author=f"{at}author",
                obstacle=f"{at}obstacle",
                next_step=f"{at}next-step",
            ),
        ),
        initiatives=(
            Initiative(
                text=f"{at}initiative",
                cell=spot(6),
                key_results=(f"{at}kr-id",),
                owner=f"{at}doer",
                due=day,
                state=InitiativeState.DOING,
                status=f"{at}status",
            ),
        ),
        cycle=CycleRecords(
            reviews=(Review(about=f"{at}id", cell=spot(7), lesson=f"{at}learned", author=f"{at}judge", date=day),),
            recognitions=(
                Recognition(
                    text=f"{at}thanks",
                    cell=spot(8),
                    giver=f"{at}giver",
                    receivers=(f"{at}owner",),
                    date=day,
                    about=f"{at}id",
                ),
            ),
            feedback=(Feedback(text=f"{at}feedback", cell=spot(9), giver=f"{at}giver", receivers=(f"{at}owner",)),),
            coachings=(Coaching(cell=spot(10), coach=f"{at}coach", person=f"{at}owner", topic=f"{at}topic"),),
            people=(Person(name=f"{at}listed", cell=spot(11), unit=f"{at}unit", manager=f"{at}manager"),),
        ),
        problems=(problem("not-a-number", spot(12), text=f"{at}typed", field=f"{at}field", example="1"),),
        tabs=(
            TabView(7, f"{at}tab", TabState.GOOD, NOW),
            TabView(8, f"{at}refused", TabState.REFUSED, None),
        ),
        spreadsheet=here,
        title=f"{at}title",
        url=f"https://docs.google.com/spreadsheets/d/{here}/edit",
        taken_at=NOW,
    )


# Of the words of a company, those that its own readers must meet: else not to meet another's would be no news.
SEEN = (
    *("page", "title", "tab", "refused", "unit", "owner", "objective", "id", "draft", "past", "lesson", "key-result"),
    *("kr-id", "kr-owner", "measure", "confidence", "past-result", "stray", "comment", "author", "obstacle"),
    *("next-step", "initiative", "doer", "status", "learned", "judge", "thanks", "giver", "feedback", "coach", "topic"),
    *("typed", "field", "spreadsheet", "room", "edit"),
)


def fill(records: Records, company: str, config: Config) -> None:
    found = rows(company)
    keep(records, found)
    past = config.calendar.period(LAST_YEAR)
    records.keep_closed(found.spreadsheet, [closed(found, past, config.calendar, NOW)])
    due = NOW
    records.keep_notice(Notice(f"{mark(company)}-room", "", "digest 1", NoticeState.FAILING, due, due))


@dataclass
class Two:
    """Both companies, running: their configurations, records, apps, and what is in front of them."""

    companies: dict[str, Company]
    records: dict[str, Records]
    apps: dict[str, Flask]
    pages: CompanyPages

    def root(self, company: str) -> str:
        """Where a company's page is: scheme and host, and the path under which it stands."""
        config = self.companies[company].config
        return f"https://{config.page.host_name or 'okr.vn'}{config.page_path}"


@contextmanager
def two_companies(
    folder: Path, provider: Provider, said: dict[str, str], database: str | None, token: Path | None = None
) -> Iterator[Two]:
    """`said` is what stands beside the usual in [page] of each; the `token` is one for both, else each has its own."""
    folder.mkdir()
    for name in (ACME, BETA):
        own = folder / f"{name}.token"
        own.write_text(token_of(name))
        own.chmod(0o600)
        text = configured(name, provider, f'token = "{token or own}"\n{said.get(name, "")}', database)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    with ExitStack() as opened:
        companies = {company.name: company for company in companies_in(folder)}
        records = {name: opened.enter_context(opened_by(company)) for name, company in companies.items()}
        apps = {name: page_of(company.config, records[name], edited(name)) for name, company in companies.items()}
        # As if a minute went by between any two looks.
        pages = CompanyPages(companies[ACME].config.page, seconds=count(step=60).__next__)
        for name, company in companies.items():
            fill(records[name], name, company.config)
            pages.show(company.config, apps[name])
        yield Two(companies, records, apps, pages)


def configured(name: str, provider: Provider, page: str, database: str | None) -> str:
    return f"""
{f'database = "{database}"' if database else ""}
[page]
title = "{mark(name)}-page"
trusted_hosts = ["okr.vn"]
{page}
[page.readers]
domains = ["cty.vn"]
[page.sign_in]
client = "{provider.client_file}"
issuer = "{provider.issuer}"
[people]
"{mark(name)}-owner" = {{ email = "an@cty.vn" }}
{SPREADSHEET.format(id=sheet(name))}"""


def opened_by(company: Company) -> Records:
    return Records.open(company.config.database_url, company.config.database_schema)


def edited(name: str) -> Callable[[], Standing]:
    """Somebody has made a mistake in the file meanwhile."""
    fault = (f"{mark(name)}-edit",)
    return lambda: Standing({"vi": fault, "en": fault})


def split(address: str) -> tuple[str, str]:
    """A whole address as its host, with the scheme, and what stands behind that."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}", urlunsplit(("", "", parts.path, parts.query, ""))


class Asker:
    """Somebody with a browser, or a script, who asks both companies and what is in front of them."""

    def __init__(self, two: Two) -> None:
        self._two = two
        self.browser = Client(two.pages)
        self.headers: dict[str, str] = {}

    def get(self, address: str, **more: str) -> TestResponse:
        host, path = split(address)
        return self.browser.get(path, base_url=host, headers=self.headers | more, buffered=True)

    def post(self, address: str, data: dict[str, str] | None = None, **more: str) -> TestResponse:
        host, path = split(address)
        return self.browser.post(path, base_url=host, data=data or {}, headers=self.headers | more)

    def sign_in(self, company: str) -> "Asker":
        root = self._two.root(company)
        begun = self.get(f"{root}/sign-in")
        back = consent(begun.headers["Location"], WORKER)
        assert self.get(f"{split(root)[0]}{back}").status_code == 303
        return self

    def with_token(self, company: str) -> "Asker":
        self.headers["Authorization"] = f"Bearer {token_of(company)}"
        return self
