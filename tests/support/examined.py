"""What the doctor finds in an installation."""

from datetime import UTC, datetime
from pathlib import Path

from sync.clock import Clock
from sync.doctor import Finding, examine
from sync.domain.languages import Language
from tests.support.clocks import ManualClock
from tests.support.flat_sheet import FLAT
from tests.support.installation import Installation

ACCOUNT = "okr@project.iam.gserviceaccount.com"


def put_key(installation: Installation, text: str, mode: int = 0o600) -> Path:
    path = installation.folder / "key.json"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    installation.configure(f'credentials = "key.json"\n{FLAT}')
    return path


def examined(installation: Installation, language: Language = "en", clock: Clock | None = None) -> list[Finding]:
    """All findings. Waits take no time, and the clock is right."""
    clock = clock or ManualClock(datetime.now(UTC))
    return list(examine(installation.config, language, clock))


def faults(installation: Installation, language: Language = "en", clock: Clock | None = None) -> dict[str, Finding]:
    return {found.what: found for found in examined(installation, language, clock) if found.well is False}
