"""What the doctor finds on this machine: state folder, disk, database, worker, intervals. Talks to nobody."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sync.config.settings import Config
from sync.doctor.finding import Finding
from sync.doctor.pace import shortage
from sync.doctor.remedies import records_remedy, shortage_told
from sync.doctor.texts import say
from sync.domain.languages import Language
from sync.passes.locks import WorkerRunningError, worker_lock
from sync.records import Records, RecordsError

LEAST_FREE = 100_000_000
_MEGABYTE = 1_000_000
# No space, or a limit on what this account or process may fill.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def machine_findings(config: Config, language: Language, now: datetime, least_free: int) -> Iterator[Finding]:
    """The state folder and what lives in it; what needs a folder is left out where there is none."""
    state = _state(config.state, language)
    yield state
    # Unlike Path.is_dir, raises nothing where a folder above must not be entered.
    is_there = os.path.isdir(config.state)
    if is_there:
        yield _disk(config.state, language, least_free)
    if state.well:
        yield _worker(config.state, language)
    if is_there or config.database:
        yield _records(config, language, now)
    yield _intervals(config, language)


def _state(state: Path, language: Language) -> Finding:
    what = say(language, "state")
    try:
        state.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=state) as file:
            file.write(b"okr-sheets")
    except OSError as error:
        seen = say(language, "state_bad", path=state, why=error.strerror)
        mend = "state_full_mend" if error.errno in _NO_ROOM else "state_mend"
        return Finding(what, False, seen, say(language, mend))
    return Finding(what, True, say(language, "state_good", path=state))


def _disk(state: Path, language: Language, least: int) -> Finding:
    free = shutil.disk_usage(state).free
    seen = say(language, "disk_seen", free=free // _MEGABYTE, path=state)
    mend = "" if free >= least else say(language, "disk_mend", least=least // _MEGABYTE)
    return Finding(say(language, "disk"), free >= least, seen, mend)


def _worker(state: Path, language: Language) -> Finding:
    """Whether one is running is no fault; that two cannot is held by the lock that is tried here."""
    what = say(language, "worker")
    try:
        with worker_lock(state):
            return Finding(what, True, say(language, "worker_none"))
    except WorkerRunningError as error:
        return Finding(what, True, say(language, "worker_pid", pid=error.pid or "?"))


def _intervals(config: Config, language: Language) -> Finding:
    """Passes that come later than configured are no fault that keeps anything from working."""
    what, found = say(language, "intervals"), shortage(config)
    if found is None:
        return Finding(what, True, say(language, "intervals_good"))
    return Finding(what, True, *shortage_told(found, language))


def _records(config: Config, language: Language, now: datetime) -> Finding:
    what = say(language, "records")
    try:
        with Records.open(config.database_url, config.database_schema) as records:
            records.examine(now)
    except RecordsError as error:
        return Finding(what, False, str(error), records_remedy(error, language))
    return Finding(what, True, say(language, "records_good"))
