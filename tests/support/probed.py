"""Trying facts about Google's behaviour on the spreadsheet "scratch"."""

from collections.abc import Sequence

from sync.clock import Clock, SystemClock
from sync.doctor.probe import SAFE_FACTS, Fact, Result, probe
from sync.doctor.probe.fact import Observation
from sync.google import Quota, SheetsClient
from sync.local_sheets import LocalSheets

BATCH = "spreadsheets.batchUpdate"


def client_of(server: LocalSheets, clock: Clock) -> SheetsClient:
    return SheetsClient(None, server.url, clock=clock, quota=Quota(clock, reads=10_000, writes=10_000))


def tried(
    server: LocalSheets, facts: Sequence[Fact] = SAFE_FACTS, clock: Clock | None = None
) -> dict[str, Observation]:
    clock = clock or SystemClock()
    client = client_of(server, clock)
    results: list[Result] = []
    try:
        probe(client, "scratch", clock, facts, results.append)
    finally:
        client.close()
    return {result.fact.name: result.seen for result in results}


def fact(name: str) -> list[Fact]:
    return [found for found in SAFE_FACTS if found.name == name]


def titles(server: LocalSheets) -> list[str]:
    return list(server.cells("scratch"))
