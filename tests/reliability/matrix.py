"""What comes of every case: what the pass ends as, what it costs, when all is right.

`python -m tests.reliability.matrix` writes the tables of docs/reliability.md.
"""

import logging
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sync.domain.memory import PassResult
from sync.google import SheetsClient
from sync.local_sheets.faults.faults import FaultRule
from sync.passes.outcome import PassOutcome
from sync.passes.run import DEADLINE, run_pass
from tests.reliability.cases import CASES, SITES, WITHDRAWN, Case, Kind, Site, cases
from tests.reliability.okrs import WRITE, configuration, insert_row, spreadsheet, type_current, watched, wrong_scores
from tests.support.clocks import ManualClock
from tests.support.installation import Installation

DOCUMENT = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- matrix: begin -->", "<!-- matrix: end -->"

GOOD = (PassResult.OK, PassResult.UNCHANGED)
# How long a client waits for an answer that never comes, in seconds of this machine.
_LITTLE = 2.5
_TICK = 300.0


@dataclass(frozen=True)
class Outcome:
    """What came of a case. `first` is the pass that met the fault; `good_but_wrong` are passes marked good over a sheet
    that was not; `passes_until_right` counts those after the fault was gone; `put_back` are foreign cells that a write
    hit beside a moved row. What must be empty at the end: `wrong`, `differences`, `pending_write`.
    """

    first: PassOutcome
    sent_to_site: int
    good_but_wrong: list[str]
    passes_until_right: int
    put_back: int
    wrong: dict[str, object]
    differences: list[object]
    pending_write: bytes | None
    last: PassResult

    def __str__(self) -> str:
        trouble = f" ({self.first.error.trouble})" if self.first.error else ""
        later = f"; right after {self.passes_until_right}" if self.passes_until_right else ""
        return f"{self.first.result}{trouble}: {self.first.reads}+{self.first.write_requests}{later}"


class RunningOut(ManualClock):
    """A clock that jumps on as soon as a request met its fault: whoever waited for the answer is late then."""

    def __init__(self) -> None:
        super().__init__()
        self._jumps: list[tuple[FaultRule, float]] = []

    def jump_after(self, rule: FaultRule, seconds: float) -> None:
        self._jumps.append((rule, seconds))

    def monotonic(self) -> float:
        for jump in [jump for jump in self._jumps if jump[0].fired]:
            self._jumps.remove(jump)
            self.advance(jump[1])
        return super().monotonic()


class Ground:
    """An installation on which cases are run one after another, each on a spreadsheet of its own."""

    def __init__(self, folder: Path) -> None:
        self._installation = Installation(folder)
        self._server = self._installation.server
        self._watch = watched(self._server)
        self._count = 0
        self.clock = RunningOut()
        self._earlier = SheetsClient(None, self._server.url, clock=self.clock)

    def close(self) -> None:
        self._earlier.close()
        self._installation.__exit__(None, None, None)

    def run(self, case: Case) -> Outcome:
        """A good pass, people at work, passes that meet the fault, and passes after it."""
        self._count += 1
        name = f"case-{self._count}"
        spreadsheet(self._installation, name)
        # Tabs that fit a pattern are looked for in full from time to time, and the lean read is among what is tried.
        self._installation.configure(configuration(name).replace("OKR*", "OKR"))
        assert self._pass(self._earlier).result is PassResult.OK
        for row, value in ((1, 9), (3, 1)):
            type_current(self._server, name, row, value)
        client = SheetsClient(None, self._server.url, clock=self.clock)
        try:
            return self._run(case, name, client)
        finally:
            client.close()
            self._server.clear_faults()

    def _run(self, case: Case, name: str, client: SheetsClient) -> Outcome:
        trespasses, requests = len(self._watch.trespasses), len(self._server.requests)
        self._set_up(case, name)
        no_time = case.kind.takes_all_time and not case.site.previous
        good_but_wrong: list[str] = []
        first = self._judged(client, name, good_but_wrong, _LITTLE if no_time else DEADLINE)
        sent = [request for request in self._server.requests[requests:] if request.method == case.site.method]
        if case.extent == "lasting" and not case.kind.takes_all_time:
            self._judged(client, name, good_but_wrong)
        # On a slow machine a client may give up before the server has come to what befalls its request.
        assert self._server.wait_for_requests(lambda records: any(map(case.met_by, records[requests:])))
        self._server.clear_faults()
        count = 0
        while self._is_wrong(name) and count < 5:
            count += 1
            self._judged(client, name, good_but_wrong)
        last = self._judged(client, name, good_but_wrong)
        return Outcome(
            first=first,
            sent_to_site=len(sent),
            good_but_wrong=good_but_wrong,
            passes_until_right=count,
            put_back=len(self._watch.trespasses) - trespasses,
            wrong=dict(wrong_scores(self._server, name)),
            differences=list(self._watch.differences()),
            pending_write=self._installation.records.memory(name).pending_write,
            last=last.result,
        )

    def _set_up(self, case: Case, name: str) -> None:
        site, server = case.site, self._server
        times = 1 if case.extent == "once" else None
        if site.moved:
            server.before(WRITE, lambda server: insert_row(server, name))
        if site.previous:
            told = {
                "method": site.previous,
                "skip": site.previous_skip,
                "times": times if site.spoilt is WITHDRAWN else 1,
            }
            previous = server.fault(site.spoilt.model_copy(update=told))
            if case.kind.takes_all_time:
                self.clock.jump_after(previous, DEADLINE - _LITTLE)
        rule = server.fault(
            case.kind.fault.model_copy(update={"method": site.method, "skip": site.skip, "times": times})
        )
        if case.kind.takes_all_time:
            self.clock.jump_after(rule, DEADLINE)

    def _judged(
        self, client: SheetsClient, name: str, good_but_wrong: list[str], seconds: float = DEADLINE
    ) -> PassOutcome:
        outcome = self._pass(client, seconds)
        if outcome.result in GOOD and self._is_wrong(name):
            good_but_wrong.append(f"{outcome.result}: {wrong_scores(self._server, name)} {self._watch.differences()}")
        return outcome

    def _pass(self, client: SheetsClient, seconds: float = DEADLINE) -> PassOutcome:
        self.clock.advance(_TICK)
        # Who must wait for Google's next minute waits equally long at every run.
        self.clock.set(self.clock.now().replace(second=0, microsecond=0))
        installation = self._installation
        with client.within(seconds):
            return run_pass(installation.config.spreadsheet[0], client, installation.records, self.clock)

    def _is_wrong(self, name: str) -> bool:
        return bool(wrong_scores(self._server, name) or self._watch.differences())


def tables(outcomes: dict[str, Outcome]) -> str:
    """The tables of the document, out of the outcome of every case."""
    return "\n".join(_table(site, outcomes) for site in SITES)


def _table(site: Site, outcomes: dict[str, Outcome]) -> str:
    lines = [
        f"### {site.name[0].upper()}{site.name[1:]}",
        "",
        "| what befalls it | when | once | lasting |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {kind.name} | {_WHEN[kind.moment]} | {' | '.join(str(outcomes[str(case)]) for case in both)} |"
        for kind, both in _by_kind(site)
    ]
    return "\n".join([*lines, ""])


_WHEN = {"before": "before it is carried out", "after": "when it was carried out", "half": "half an answer"}


def _by_kind(site: Site) -> Iterator[tuple[Kind, list[Case]]]:
    for kind, both in groupby(cases(site), key=lambda case: case.kind):
        yield kind, list(both)


def committed() -> str:
    """The tables as the document has them."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip("\n")


def main() -> None:
    """Run every case and write the tables."""
    # Answers that break off are meant here.
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        outcomes = {str(case): ground.run(case) for case in CASES}
        ground.close()
    text = DOCUMENT.read_text(encoding="utf-8")
    head, tail = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
    DOCUMENT.write_text(f"{head}\n{tables(outcomes).rstrip()}\n{tail}", encoding="utf-8")
    print(f"{len(outcomes)} cases written to {DOCUMENT.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
