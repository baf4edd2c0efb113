"""The worker: a pass at every interval, whatever the clocks do, whatever breaks, and however long nobody helps."""

import json
import logging
import os
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sync.doctor.remedies import remedy
from sync.domain.backoff import next_try
from sync.domain.failures import Trouble
from sync.domain.memory import Memory, PassResult
from sync.engine import LONGEST_NAP, Worker
from sync.local_sheets import LocalSheets
from sync.local_sheets.faults.faults import Fault
from sync.passes.locks import pass_lock
from sync.passes.outcome import PassOutcome
from sync.passes.run import run_pass
from sync.records import Records
from tests.support.commands import DEADLINE, edit_current, until
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation
from tests.support.nights import HOUR, MINUTE, Night, Tick, night, ticks


def every(interval: str, spreadsheet: str = "sales") -> str:
    """The configuration of one spreadsheet."""
    return FLAT.replace('id = "sales"', f'id = "{spreadsheet}"\nevery = "{interval}"')


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(every("5m"))
    return installation


def gaps(ended: Sequence[Tick]) -> list[float]:
    return [later - earlier for (earlier, _), (later, _) in pairwise(ended)]


def about(seconds: Sequence[float]) -> object:
    return pytest.approx(list(seconds), abs=2 * LONGEST_NAP)


# Clocks


@pytest.fixture
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """The local time zone of this process."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


NIGHTS = {
    "Berlin, an hour back": ("Europe/Berlin", "2026-10-25T01:00:00+00:00"),
    "Berlin, an hour on": ("Europe/Berlin", "2026-03-29T01:00:00+00:00"),
    "New York, an hour back": ("America/New_York", "2026-11-01T06:00:00+00:00"),
    "New York, an hour on": ("America/New_York", "2026-03-08T07:00:00+00:00"),
    "Ho Chi Minh City, like any other": ("Asia/Ho_Chi_Minh", "2026-10-25T01:00:00+00:00"),
}


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(("zone", "change"), NIGHTS.values(), ids=NIGHTS, indirect=["zone"])
def test_no_night_has_a_gap_between_passes(sales: Installation, change: str) -> None:
    start = datetime.fromisoformat(change) - timedelta(hours=2)
    with night(4 * HOUR, start.isoformat()) as clock:
        ended = ticks(sales, clock)
    assert max(gaps(ended)) <= 5 * MINUTE + 2 * LONGEST_NAP
    # One at the start, and one that comes early where the clock is put on.
    assert 48 <= len(ended) <= 50


@pytest.mark.parametrize("hours", [-12, -2, 2, 12])
def test_a_wall_clock_that_is_set_leaves_no_gap_and_brings_no_storm(sales: Installation, hours: int) -> None:
    with night(2 * HOUR) as clock:
        clock.at(HOUR + 100, lambda: clock.set_wall_clock(hours * HOUR))
        ended = ticks(sales, clock)
    assert max(gaps(ended)) <= 5 * MINUTE + 2 * LONGEST_NAP
    assert 24 <= len(ended) <= 26


def test_a_clock_that_is_set_during_a_pass_does_not_make_it_last_longer(sales: Installation) -> None:
    def pass_time(_: LocalSheets) -> None:
        clock.advance(3)
        clock.set_wall_clock(4 * MINUTE)

    with night(MINUTE) as clock:
        sales.server.before("spreadsheets.get", pass_time)
        ended = ticks(sales, clock)
    assert ended[0][1].seconds == 3
    assert sales.records.figures()["pass_seconds", ""] == 3


def test_a_machine_that_wakes_up_makes_one_pass_at_once_and_goes_on(sales: Installation) -> None:
    with night(HOUR) as clock:
        clock.at(20 * MINUTE + 100, lambda: clock.set_wall_clock(9 * HOUR))
        ended = ticks(sales, clock)
    woken = [at for at, _ in ended if at > 20 * MINUTE + 99]
    assert woken[:3] == about([20 * MINUTE + 100, 25 * MINUTE + 100, 30 * MINUTE + 100])


def test_ticks_that_were_missed_during_a_long_pass_are_not_made_up_for(sales: Installation) -> None:
    sales.configure(every("10s"))
    with night(5 * MINUTE) as clock:
        sales.server.before("spreadsheets.get", lambda _: clock.advance(95))
        ended = ticks(sales, clock)
    assert ended[0][0] == 95
    assert gaps(ended) == about([10] * 20)


# What needs a person, and what passes by itself


def test_what_needs_a_person_is_tried_after_1_2_4_up_to_60_minutes(sales: Installation) -> None:
    sales.configure(every("30s", "nowhere"))
    with night(4 * HOUR) as clock:
        ended = ticks(sales, clock)
    assert {outcome.error.trouble for _, outcome in ended if outcome.error} == {Trouble.NOT_FOUND}
    assert gaps(ended) == about([minutes * MINUTE for minutes in (1, 2, 4, 8, 16, 32, 60, 60)])


def forbid_writing(installation: Installation) -> None:
    installation.server.fault(Fault(kind="error", method="spreadsheets.batchUpdate", status=403))


def test_writes_that_are_refused_are_tried_after_1_2_4_up_to_60_minutes_and_reading_goes_on(
    sales: Installation,
) -> None:
    sales.configure(every("30s"))
    forbid_writing(sales)
    with night(4 * HOUR) as clock:
        clock.at(3 * HOUR, lambda: edit_current(sales.server, 1, 9))
        ended = ticks(sales, clock)
    assert max(gaps(ended)) <= 30 + 2 * LONGEST_NAP
    assert {(outcome.result, outcome.reads) for _, outcome in ended} == {(PassResult.PARTIAL, 1)}
    tries = [at for at, outcome in ended if outcome.write_requests]
    waited = [later - earlier for earlier, later in pairwise(tries)]
    assert waited == pytest.approx([minutes * MINUTE for minutes in (1, 2, 4, 8, 16, 32, 60, 60)], abs=31)
    assert {outcome.write_requests for _, outcome in ended} == {0, 1}
    seen = [outcome.snapshot.scores for at, outcome in ended if outcome.snapshot and at > 3 * HOUR + 31]
    assert {str(score[found].value) for score in seen for found in score} >= {"0.9"}


def test_who_lets_us_write_again_waits_for_the_next_try_or_makes_one(sales: Installation) -> None:
    sales.configure(every("30s"))
    forbid_writing(sales)
    with night(30 * MINUTE) as clock:
        clock.at(20 * MINUTE, sales.server.clear_faults)
        clock.at(20 * MINUTE + 1, lambda: run_pass(sales.config.spreadsheet[0], sales.client, sales.records, clock))
        ended = ticks(sales, clock)
    assert [outcome.result for at, outcome in ended if at > 20 * MINUTE + 2][:2] == [PassResult.UNCHANGED] * 2


def test_a_restart_tries_refused_writes_at_once(sales: Installation) -> None:
    sales.configure(every("30s"))
    forbid_writing(sales)
    with night(10 * MINUTE) as clock:
        ticks(sales, clock)
    sales.server.clear_faults()
    with night(MINUTE, "2026-11-21T08:10:01+00:00") as clock:
        ended = ticks(sales, clock)
    assert ended[0][1].result is PassResult.OK


def test_after_a_success_it_is_tried_at_its_interval_again(sales: Installation) -> None:
    sales.configure(every("30s", "people"))
    with night(20 * MINUTE) as clock:
        clock.at(10 * MINUTE, lambda: sales.spreadsheet("people", {"OKR": [HEADER, *key_results(2)]}))
        ended = ticks(sales, clock)
    assert gaps(ended)[:5] == about([MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 30])
    assert [outcome.result for _, outcome in ended][4:6] == [PassResult.OK, PassResult.UNCHANGED]


def test_trouble_that_passes_by_itself_keeps_the_interval(sales: Installation) -> None:
    sales.server.fault(Fault(kind="error", method="spreadsheets.get", status=503))
    with night(HOUR) as clock:
        ended = ticks(sales, clock)
    assert {outcome.error.trouble for _, outcome in ended if outcome.error} == {Trouble.NETWORK}
    retries = 2 * MINUTE
    assert max(gaps(ended)) <= 5 * MINUTE + retries


def test_a_restart_tries_at_once_and_a_failure_goes_on_from_where_it_was(sales: Installation) -> None:
    sales.configure(every("30s", "nowhere"))
    with night(4 * MINUTE) as clock:
        first = ticks(sales, clock)
    with night(20 * MINUTE, "2026-11-21T09:00:00+00:00") as clock:
        again = ticks(sales, clock)
    assert len(first) == 3
    assert again[0][0] == 0
    assert gaps(again) == about([next_try(4, 30)])


def test_a_success_of_another_process_ends_the_pause_within_an_interval(sales: Installation) -> None:
    sales.configure(every("30s", "people"))

    def share_and_sync() -> None:
        sales.spreadsheet("people", {"OKR": [HEADER, *key_results(2)]})
        run_pass(sales.config.spreadsheet[0], sales.client, sales.records, clock)

    with night(25 * MINUTE) as clock:
        clock.at(20 * MINUTE + 10, share_and_sync)
        ended = ticks(sales, clock)
    assert [at for at, _ in ended][5] <= 20 * MINUTE + 10 + 30 + 2 * LONGEST_NAP


# Keys


def write_key(path: Path, mode: int = 0o600) -> None:
    """A service account's key file, such as the local server accepts."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    account = {
        "type": "service_account",
        "private_key": pem,
        "client_email": "okr@example.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    new = path.with_suffix(".new")
    new.write_text(json.dumps(account), encoding="utf-8")
    new.chmod(mode)
    new.replace(path)


@pytest.fixture
def key(sales: Installation) -> Path:
    """The configured key file, which is not there yet."""
    path = sales.folder / "key.json"
    sales.configure('credentials = "key.json"\n' + every("30s"))
    return path


def test_a_missing_key_is_told_as_a_failed_pass(sales: Installation, key: Path) -> None:
    with night(10) as clock:
        ticks(sales, clock)
    told = sales.records.last_passes()["sales"]
    assert (told.result, told.message) == (PassResult.FAILED, Trouble.CREDENTIALS)


@pytest.mark.parametrize("text", ["[]", "5", "null"])
def test_a_key_that_is_none_is_told_as_a_failed_pass(sales: Installation, key: Path, text: str) -> None:
    key.write_text(text, encoding="utf-8")
    key.chmod(0o600)
    with night(10) as clock:
        ticks(sales, clock)
    told = sales.records.last_passes()["sales"]
    assert (told.result, told.message) == (PassResult.FAILED, Trouble.CREDENTIALS)


def test_a_key_that_is_put_in_place_is_tried_at_once_however_long_the_pause(sales: Installation, key: Path) -> None:
    with night(HOUR) as clock:
        clock.at(20 * MINUTE, lambda: write_key(key))
        ended = ticks(sales, clock)
    assert [at for at, outcome in ended if outcome.error] == about([0, MINUTE, 3 * MINUTE, 7 * MINUTE, 15 * MINUTE])
    assert ended[5][0] == pytest.approx(20 * MINUTE, abs=LONGEST_NAP)
    assert ended[5][1].result is PassResult.OK


def test_a_key_that_others_could_read_is_tried_again_when_its_mode_is_mended(sales: Installation, key: Path) -> None:
    write_key(key, mode=0o644)
    with night(6 * MINUTE) as clock:
        clock.at(5 * MINUTE, lambda: key.chmod(0o600))
        ended = ticks(sales, clock)
    assert ended[-1][1].result in (PassResult.OK, PassResult.UNCHANGED)


def test_a_new_key_that_google_does_not_know_yet_begins_with_a_short_pause(sales: Installation, key: Path) -> None:
    """Google may need a minute until it knows a new key; an hour's pause would be wrong."""
    write_key(key)
    sales.server.fault(Fault(kind="error", method="token", status=400))
    with night(2 * HOUR) as clock:
        clock.at(80 * MINUTE, lambda: write_key(key))
        ended = ticks(sales, clock)
    after = [at for at, _ in ended if at > 79 * MINUTE]
    assert after[:3] == about([80 * MINUTE, 81 * MINUTE, 83 * MINUTE])


# What breaks


def test_whatever_a_pass_raises_the_next_one_comes(sales: Installation) -> None:
    ended: list[PassResult] = []

    def watch(outcome: PassOutcome) -> None:
        ended.append(outcome.result)
        if len(ended) < 4:
            raise RuntimeError("the watcher broke")

    with night(25 * MINUTE) as clock:
        worker = Worker(sales.config, sales.records, watch, clock)
        worker.start()
        assert clock.over.wait(DEADLINE)
        worker.stop()
    assert len(ended) >= 5


class Tripping(Records):
    """Records with a fault that nobody foresaw."""

    trips = True

    def memory(self, spreadsheet_id: str) -> Memory:
        if self.trips:
            raise ZeroDivisionError
        return super().memory(spreadsheet_id)


def test_a_pass_that_broke_in_a_way_that_nobody_foresaw_is_told_as_a_failed_one_until_the_next_good_one(
    sales: Installation,
) -> None:
    sales.records.close()
    sales.records = records = Tripping.open(f"sqlite:///{sales.folder / 'state' / 'okr-sheets.db'}")
    told: list[tuple[PassResult, str]] = []

    def look() -> None:
        last = sales.records.last_passes()["sales"]
        told.append((last.result, last.message))

    with night(12 * MINUTE) as clock:
        clock.at(4 * MINUTE, look)
        clock.at(4 * MINUTE, lambda: setattr(records, "trips", False))
        clock.at(9 * MINUTE, look)
        ticks(sales, clock)
    assert told == [(PassResult.FAILED, Trouble.INTERNAL), (PassResult.OK, "")]


def test_passes_go_on_when_the_database_is_well_again(sales: Installation) -> None:
    database = sales.folder / "state" / "okr-sheets.db"
    aside = database.with_suffix(".aside")

    def break_it() -> None:
        sales.records.close()
        database.rename(aside)
        database.write_bytes(b"this is not a database" * 1000)

    def mend_it() -> None:
        sales.records.close()
        aside.replace(database)

    with night(58 * MINUTE) as clock:
        clock.at(17 * MINUTE, break_it)
        clock.at(37 * MINUTE, mend_it)
        ended = ticks(sales, clock)
    made = [(at, outcome) for at, outcome in ended if not outcome.error]
    assert gaps(made) == about([5 * MINUTE] * 3 + [25 * MINUTE] + [5 * MINUTE] * 3)
    assert [outcome.error.trouble for _, outcome in ended if outcome.error] == [Trouble.RECORDS] * 4


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_ends_all_the_same_says_so_in_the_log(
    sales: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    def leave(_: PassOutcome) -> None:
        raise SystemExit

    with night(MINUTE) as clock:
        worker = Worker(sales.config, sales.records, leave, clock)
        worker.start()
        until(lambda: [record for record in caplog.records if record.levelno == logging.CRITICAL])
        worker.stop()
    assert "a thread that makes passes ended by itself; start okr-sheets again" in caplog.text


# Many spreadsheets


def teams(installation: Installation, count: int, google: str, passers: int) -> list[str]:
    """So many spreadsheets, each hourly."""
    names = [f"team-{number}" for number in range(count)]
    for name in names:
        installation.spreadsheet(name, {"OKR": [HEADER, *key_results(2)]})
    head = f"{google}\n[worker]\npassers = {passers}\n"
    installation.configure(head + "".join(every("1h", name) for name in names))
    return names


def test_passes_begin_evenly_over_the_minute_and_keep_to_the_quota(installation: Installation) -> None:
    names = teams(installation, 60, "requests_per_minute = 60", passers=1)
    with night(5 * MINUTE) as clock:
        ended = ticks(installation, clock)
    assert [outcome.spreadsheet for _, outcome in ended] == names
    assert {outcome.result for _, outcome in ended} == {PassResult.OK}
    assert gaps(ended) == pytest.approx([60 / 48] * 59, abs=LONGEST_NAP)


def test_more_spreadsheets_than_passers_are_made_by_the_passers_alone_and_signed_in_once(
    installation: Installation,
) -> None:
    names = teams(installation, 60, "requests_per_minute = 60000", passers=3)
    told: list[PassOutcome] = []
    threads: set[str] = set()

    def watch(outcome: PassOutcome) -> None:
        told.append(outcome)
        threads.update(thread.name for thread in threading.enumerate() if thread.name.startswith("pass"))

    worker = Worker(installation.config, installation.records, watch)
    worker.start()
    until(lambda: len(told) == len(names))
    worker.stop()
    assert threads == {"passer-1", "passer-2", "passer-3"}
    assert {outcome.spreadsheet for outcome in told} == set(names)
    assert {outcome.result for outcome in told} == {PassResult.OK}
    assert [request.method for request in installation.server.requests].count("token") == 1


def test_one_spreadsheet_that_hangs_holds_up_no_other(installation: Installation) -> None:
    names = teams(installation, 6, "requests_per_minute = 60000", passers=2)
    released, told = threading.Event(), list[str]()
    installation.server.before("spreadsheets.get", lambda _: released.wait(DEADLINE))
    worker = Worker(installation.config, installation.records, lambda outcome: told.append(outcome.spreadsheet))
    worker.start()
    until(lambda: len(told) == len(names) - 1)
    released.set()
    until(lambda: len(told) == len(names))
    worker.stop()
    assert sorted(told) == names


# Passes that leave no record


def test_a_pass_that_another_process_makes_is_told_too(sales: Installation) -> None:
    with night(MINUTE) as clock, pass_lock(sales.folder / "state", "sales", sales.records, clock):
        ended = ticks(sales, clock)
    assert [(end.result, end.error and end.error.trouble, end.reads) for _, end in ended] == [
        (PassResult.FAILED, Trouble.BUSY, 0)
    ]


def test_a_pass_that_lost_its_lease_is_told_with_its_requests(sales: Installation) -> None:
    with night(MINUTE) as clock:
        sales.server.after("spreadsheets.get", lambda _: clock.set_wall_clock(HOUR))
        ended = ticks(sales, clock)
    _, first = ended[0]
    assert (first.result, first.error and first.error.trouble) == (PassResult.FAILED, Trouble.LEASE_LOST)
    assert (first.reads, first.write_requests) == (1, 0)


def test_a_pass_that_could_not_be_recorded_is_told_with_its_requests(sales: Installation) -> None:
    database = sales.folder / "state" / "okr-sheets.db"

    def break_it(_: object) -> None:
        sales.records.close()
        database.write_bytes(b"this is not a database" * 1000)

    with night(MINUTE) as clock:
        sales.server.after("spreadsheets.get", break_it)
        ended = ticks(sales, clock)
    _, first = ended[0]
    assert (first.result, first.error and first.error.trouble) == (PassResult.FAILED, Trouble.RECORDS)
    assert (first.reads, first.write_requests) == (1, 0)


class Slow(Records):
    """Records on a machine that had other things to do for two minutes."""

    clock: Night

    def intend(self, *args: Any, **kwargs: Any) -> None:
        self.clock.advance(119)
        super().intend(*args, **kwargs)


def test_a_pass_whose_time_was_used_up_on_this_machine_is_told_as_that_and_not_as_the_networks_fault(
    sales: Installation,
) -> None:
    sales.records.close()
    sales.records = records = Slow.open(sales.config.database_url)
    assert isinstance(records, Slow)
    with night(MINUTE) as clock:
        records.clock = clock
        _, outcome = ticks(sales, clock)[0]
    assert outcome.error is not None
    assert outcome.error.trouble is Trouble.BUSY
    assert "This machine was too busy" in remedy(outcome.error, "sales", "", "en")
    assert sales.records.last_passes()["sales"].message == Trouble.BUSY
    assert sales.server.requests[-1].method == "spreadsheets.get", "nothing was written"


# Spreadsheets that leave the configuration


def known(installation: Installation) -> list[str]:
    return [snapshot.spreadsheet for snapshot in installation.records.snapshots()]


def start_and_stop(installation: Installation, state: Path) -> None:
    """A worker of its own place, over the same database."""
    config = installation.config.model_copy(update={"state": state})
    worker = Worker(config, installation.records, lambda _: None)
    worker.start()
    worker.stop()


def test_what_leaves_the_configuration_is_forgotten_by_the_next_worker(sales: Installation) -> None:
    sales.sync()
    start_and_stop(sales, sales.folder / "state")
    assert known(sales) == ["sales"]
    sales.spreadsheet("people", {"OKR": [HEADER, *key_results(2)]})
    sales.configure(every("5m", "people"))
    start_and_stop(sales, sales.folder / "state")
    assert "sales" not in known(sales)


def test_a_note_of_what_it_had_that_nobody_can_read_does_not_keep_a_worker_from_starting(sales: Installation) -> None:
    sales.sync()
    (sales.folder / "state" / "spreadsheets").write_bytes(b"\x00\xff\xc3\xa1 people")
    start_and_stop(sales, sales.folder / "state")
    assert known(sales) == ["sales"]


def test_what_another_installation_keeps_in_the_same_database_stays(sales: Installation) -> None:
    sales.sync()
    sales.spreadsheet("people", {"OKR": [HEADER, *key_results(2)]})
    sales.configure(every("5m", "people"))
    for _ in range(2):
        start_and_stop(sales, sales.folder / "elsewhere")
    assert "sales" in known(sales)
