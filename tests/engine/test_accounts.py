"""Several accounts: each spreadsheet is read by one that may, with a quota of its own, and it is kept which."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from sync.cli.passes import passes_over
from sync.clock import SystemClock
from sync.config.settings import SpreadsheetSettings
from sync.doctor.google import google_findings
from sync.domain.failures import Trouble
from sync.domain.memory import PassRecord, PassResult
from sync.engine.accounts import Accounts, shared_out
from sync.engine.identity import Identities
from sync.google import Quotas
from tests.support.clocks import ManualClock
from tests.support.flat_sheet import HEADER, every, key_results
from tests.support.installation import Installation
from tests.support.keys import write_key
from tests.support.nights import MINUTE, night, ticks

ONE, TWO = "one@example.iam.gserviceaccount.com", "two@example.iam.gserviceaccount.com"


def spreadsheet(name: str, identity: str | None = None) -> SpreadsheetSettings:
    tab = {"title": "OKR", "key_result": {"text": "KR"}}
    return SpreadsheetSettings.model_validate({"id": name, "identity": identity, "tab": (tab,)})


@pytest.mark.parametrize(
    ("named", "remembered", "shares"),
    [
        ([None, None, None, None], {}, ["one", "two", "one", "two"]),
        (["two", "two", None, None], {}, ["two", "two", "one", "one"]),
        ([None, None, None], {"a": "two", "b": "two"}, ["two", "two", "one"]),
        (["one", None], {"a": "two", "b": "gone"}, ["one", "two"]),
    ],
    ids=["evenly", "as named", "as remembered", "a name counts for more, and who left for nothing"],
)
def test_spreadsheets_are_shared_out(
    named: Sequence[str | None], remembered: dict[str, str], shares: Sequence[str]
) -> None:
    spreadsheets = [spreadsheet(name, identity) for name, identity in zip("abcd", named, strict=False)]
    assert list(shared_out(spreadsheets, ["one", "two"], remembered).values()) == shares


@pytest.fixture
def two_accounts(installation: Installation) -> Installation:
    """Two spreadsheets, "east" and "west", and two accounts with keys of their own; nothing is shared with anybody."""
    for account, name in ((ONE, "one"), (TWO, "two")):
        installation.server.account(account)
        write_key(installation.folder / f"{name}.json", account=account)
    for name in ("east", "west"):
        installation.spreadsheet(name, {"OKR": [HEADER, *key_results(2)]})
        installation.server.share(name)
    return installation


def configure(installation: Installation, *, identity: str = "", interval: str = "1h") -> None:
    accounts = "".join(
        f'[[google.identity]]\nname = "{name}"\ncredentials = "{name}.json"\n' for name in ("one", "two")
    )
    named = f'identity = "{identity}"\n' if identity else ""
    east, west = (every(interval).replace('"sales"', f'"{name}"\n{named}') for name in ("east", "west"))
    # With one passer no time passes while it is at it.
    installation.configure(f"{accounts}[worker]\npassers = 1\n{east}{west}")


def ended(installation: Installation) -> dict[str, list[PassResult]]:
    found: dict[str, list[PassResult]] = {}
    with night(10 * MINUTE) as clock:
        for _, outcome in ticks(installation, clock):
            found.setdefault(outcome.spreadsheet, []).append(outcome.result)
    return found


def test_one_that_is_not_shared_with_the_first_account_is_read_by_the_next_at_once(two_accounts: Installation) -> None:
    two_accounts.server.share("east", TWO)
    two_accounts.server.share("west", ONE)
    configure(two_accounts)
    found = ended(two_accounts)
    assert found == {name: [PassResult.FAILED, PassResult.OK] for name in ("east", "west")}
    assert two_accounts.records.looks.readers() == {"east": "two", "west": "one"}


def test_after_a_restart_it_is_known_who_may(two_accounts: Installation) -> None:
    two_accounts.server.share("east", TWO)
    two_accounts.server.share("west", ONE)
    configure(two_accounts)
    ended(two_accounts)
    found = ended(two_accounts)
    assert {name: PassResult.FAILED in results for name, results in found.items()} == {"east": False, "west": False}


def test_who_may_no_longer_is_relieved_by_who_may(two_accounts: Installation) -> None:
    two_accounts.server.share("east", ONE)
    two_accounts.server.share("west", TWO)
    configure(two_accounts)
    ended(two_accounts)
    two_accounts.server.share("east", TWO)
    found = ended(two_accounts)
    assert [result is PassResult.FAILED for result in found["east"]] == [True, False]
    assert two_accounts.records.looks.readers()["east"] == "two"


def test_what_nobody_may_read_is_tried_as_each_and_then_after_pauses(two_accounts: Installation) -> None:
    configure(two_accounts)
    assert len(ended(two_accounts)["east"]) == 2
    assert two_accounts.records.last_passes()["east"].message in (Trouble.PERMISSION, Trouble.NOT_FOUND)


def test_a_named_account_is_the_only_one_that_tries(two_accounts: Installation) -> None:
    two_accounts.server.share("east", TWO)
    two_accounts.server.share("west", ONE)
    configure(two_accounts, identity="two")
    found = ended(two_accounts)
    assert found == {"east": [PassResult.OK], "west": [PassResult.FAILED]}


def test_each_account_has_a_quota_of_its_own(two_accounts: Installation) -> None:
    two_accounts.server.share("east", ONE)
    two_accounts.server.share("west", TWO)
    configure(two_accounts, interval="30s")
    with night(10 * MINUTE) as clock:
        two_accounts.server.quota(4, 4, clock.now)
        results = [outcome.result for _, outcome in ticks(two_accounts, clock)]
    # Two looks a minute at each are four reads in all, and each account alone may make as many.
    assert PassResult.FAILED not in results


@pytest.fixture
def quotas() -> Quotas:
    return Quotas(ManualClock())


def key(folder: Path, account: str, project: str) -> Path:
    path = folder / f"{account.partition('@')[0]}-{project}.json"
    write_key(path, account=account, project=project)
    return path


def test_two_keys_of_one_account_share_a_quota(tmp_path: Path, quotas: Quotas) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert quotas.of(key(tmp_path, ONE, "p"), 60, 300) is quotas.of(key(other, ONE, "p"), 60, 300)
    assert quotas.of(key(tmp_path, ONE, "p"), 60, 300) is not quotas.of(key(tmp_path, TWO, "p"), 60, 300)


def test_what_google_allows_an_account_is_what_was_said_last(tmp_path: Path, quotas: Quotas) -> None:
    one = quotas.of(key(tmp_path, ONE, "p"), 60, 300)
    assert one.take("read") == 0
    assert quotas.of(key(tmp_path, ONE, "p"), 10, 300) is one
    assert (one.left("read"), one.per_minute("read")) == (7, 8)
    assert [one.take("read") for _ in range(7)] == [0] * 7
    assert one.take("read") > 0
    quotas.of(key(tmp_path, ONE, "p"), 300, 300)
    assert (one.take("read"), one.left("read")) == (0, 231)


def test_accounts_of_one_project_keep_its_limit_together(tmp_path: Path, quotas: Quotas) -> None:
    one, two = (quotas.of(key(tmp_path, account, "p"), 60, 100) for account in (ONE, TWO))
    elsewhere = quotas.of(key(tmp_path, "three@example", "q"), 60, 100)
    assert [one.take("read") for _ in range(48)] == [0] * 48
    assert (two.left("read"), elsewhere.left("read")) == (32, 48)
    assert [two.take("read") for _ in range(32)] == [0] * 32
    assert two.take("read") > 0
    assert two.left("write") == 48


def test_who_begins_to_decide_keeps_each_interval_and_looks_at_once_at_what_failed_or_was_cut_off(
    installation: Installation,
) -> None:
    clock, records = installation.clock, installation.records
    for name in ("kept", "answered", "asked", "written", "failed"):
        result = PassResult.FAILED if name == "failed" else PassResult.OK
        at = clock.now()
        records.record(PassRecord(spreadsheet=name, started_at=at, finished_at=at, result=result))
    records.looks.ask("answered", clock.now() - timedelta(seconds=9))
    clock.advance(60)
    records.looks.ask("asked", clock.now())
    for name in ("answered", "asked"):
        assert records.looks.begin(name)
    records.intend("written", [], {}, b"{}", clock.now())
    installation.configure("".join(every("1h", name) for name in ("kept", "answered", "asked", "written", "failed")))
    stopping, quotas = Event(), Quotas(clock)
    identities = Identities(installation.config.google.accounts, quotas, clock, stopping)
    accounts = Accounts(installation.config, records, identities, 4, clock, stopping)
    accounts.resume()
    taken = []
    while (turn := accounts.take()) is not None:
        taken.append((turn.settings.id, turn.asked_since is not None))
        clock.advance(2)
    assert sorted(taken) == [("asked", True), ("failed", False), ("written", False)]


def test_a_command_tries_each_account_and_keeps_which_it_was(two_accounts: Installation) -> None:
    two_accounts.server.share("east", TWO)
    two_accounts.server.share("west", ONE)
    configure(two_accounts)
    for _ in range(2):
        outcomes = passes_over(two_accounts.config, accept=False, dry_run=False)
        assert [outcome.error for outcome in outcomes] == [None, None]
    assert two_accounts.records.looks.readers() == {"east": "two", "west": "one"}


def test_the_doctor_tells_of_each_account_and_of_what_none_may_read(two_accounts: Installation) -> None:
    two_accounts.server.share("east", TWO)
    configure(two_accounts)
    told = [finding for finding in google_findings(two_accounts.config, "en", SystemClock()) if finding.well is False]
    assert [finding.what for finding in told] == ["spreadsheet west"]
    assert f"{ONE} / {TWO}" in told[0].remedy
