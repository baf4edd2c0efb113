"""The accounts that we are to Google, each with its own quota, queue and change feed; and which spreadsheet is whose.

A spreadsheet that names no account is given the least used one. Where that may not read it, the next one tries; which
one could is kept in the records.
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sync.clock import Clock
from sync.config.google import GoogleSettings
from sync.config.settings import Config, SpreadsheetSettings
from sync.domain.memory import PassResult
from sync.engine.feed import Feed
from sync.engine.identity import Identities
from sync.engine.requests import Requests
from sync.engine.turns import LONGEST_NAP, Turn, Turns
from sync.records import Records, RecordsError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Account:
    """One of those whom we sign in as. Its turns are those of the spreadsheets that it reads."""

    name: str
    feed: Feed
    turns: Turns


class Accounts:
    """All turns, by account. Safe between threads."""

    def __init__(
        self,
        config: Config,
        records: Records,
        identities: Identities,
        passers: int,
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        self._records, self._clock = records, clock
        self.turns = [Turn(settings) for settings in config.spreadsheet]
        requests = Requests(records.looks, clock)

        def account(name: str, google: GoogleSettings, turns: Sequence[Turn]) -> Account:
            identity = identities.identity(name)
            # Whatever an account may come to read.
            spreadsheets = [settings.id for settings in config.spreadsheet]
            feed = Feed(google, spreadsheets, identity, records.looks, clock, stopping)
            return Account(name, feed, Turns(turns, passers, identity, requests, feed, clock))

        accounts = config.google.accounts
        shares = shared_out(config.spreadsheet, list(accounts), _remembered(records) if len(accounts) > 1 else {})
        for turn in self.turns:
            turn.account = shares[turn.settings.id]
            # A key that was replaced before has been tried by then.
            identity = identities.identity(turn.account)
            turn.key_number, turn.key_since = identity.number, identity.since
        self._accounts = {
            name: account(name, google, [turn for turn in self.turns if turn.account == name])
            for name, google in accounts.items()
        }
        self._next, self._lock = 0, threading.Lock()

    def recall(self) -> None:
        """Where people were at it before we began. Raises RecordsError."""
        changes, now, monotonic = self._records.looks.changes(), self._clock.now(), self._clock.monotonic()
        for turn in self.turns:
            if (at := changes.get(turn.settings.id)) is not None:
                turn.changed_at = turn.stirred_at = monotonic - max((now - at).total_seconds(), 0.0)

    def resume(self) -> None:
        """Go on where another process left it, which looked at each spreadsheet at its time. What failed or was cut off
        is tried at once: who starts us may have put it right. Raises RecordsError.
        """
        self.recall()
        records = self._records
        passes, asked, cut_off = records.last_passes(), records.looks.begun(), records.pending_writes()
        now, monotonic = self._clock.now(), self._clock.monotonic()
        for turn in self.turns:
            last, asked_at = passes.get(turn.settings.id), asked.get(turn.settings.id)
            if last is None or last.result is PassResult.FAILED:
                continue
            turn.helped = False
            if asked_at is not None and asked_at > last.started_at:
                turn.asked_since = asked_at
            elif turn.settings.id not in cut_off:
                ended = monotonic - max((now - last.finished_at).total_seconds(), 0.0)
                self._accounts[turn.account].turns.resume(turn, ended)

    def take(self) -> Turn | None:
        """The turn that comes next, to be given back; the accounts one after the other. Raises SheetsError."""
        for account in self._in_rotation():
            if (turn := account.turns.take()) is not None:
                return turn
        return None

    def give_back(self, turn: Turn, seconds: float, spare: float | None = None) -> None:
        """As to `Turns`."""
        self._accounts[turn.account].turns.give_back(turn, seconds, spare)

    def move_on(self, turn: Turn) -> bool:
        """The turn's account may not read its spreadsheet: another one tries at once. False where each has, or the
        configuration says which it is; then it is to be given back as any other."""
        if turn.settings.identity is not None:
            return False
        turn.refused_by |= {turn.account}
        untried = [name for name in self._accounts if name not in turn.refused_by]
        if not untried:
            turn.refused_by = frozenset()
            return False
        used = [each.account for each in self.turns]
        following = min(untried, key=used.count)
        self._accounts[turn.account].turns.release(turn)
        turn.account = following
        self._accounts[following].turns.adopt(turn)
        return True

    def could_read(self, turn: Turn) -> None:
        """Its account may read it, which is kept where there are several."""
        if len(self._accounts) == 1 or turn.account == turn.read_as:
            return
        turn.refused_by, turn.read_as = frozenset(), turn.account
        try:
            self._records.looks.read_as(turn.settings.id, turn.account)
        except RecordsError:
            log.warning("%s: who reads it could not be kept", turn.settings.id)

    def nap(self) -> float:
        """Seconds after which to ask again, where none may begin now. Raises SheetsError."""
        return min((account.turns.nap() for account in self._accounts.values()), default=LONGEST_NAP)

    def look_at_feeds(self) -> None:
        """Where it is time for that."""
        for account in self._accounts.values():
            account.feed.look()

    def close(self) -> None:
        """Nothing more is taken or given back; the connections of the feeds are closed."""
        for account in self._accounts.values():
            account.turns.close()
            account.feed.close()

    def _in_rotation(self) -> Iterator[Account]:
        with self._lock:
            self._next += 1
            first = self._next
        accounts = list(self._accounts.values())
        for offset in range(len(accounts)):
            yield accounts[(first + offset) % len(accounts)]


def shared_out(
    spreadsheets: Sequence[SpreadsheetSettings], accounts: Sequence[str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """Which account reads each spreadsheet: the one that it names, else the one that could, else the least used."""
    found = {each.id: each.identity or remembered.get(each.id, "") for each in spreadsheets}
    shares = {id_: name for id_, name in found.items() if name in accounts}
    used = {name: list(shares.values()).count(name) for name in accounts}
    for each in spreadsheets:
        if each.id not in shares:
            shares[each.id] = min(accounts, key=lambda name: used[name])
            used[shares[each.id]] += 1
    return shares


def _remembered(records: Records) -> dict[str, str]:
    try:
        return records.looks.readers()
    except RecordsError as error:
        log.warning("who reads which spreadsheet is not known: %s", error)
        return {}
