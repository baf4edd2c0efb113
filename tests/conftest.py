"""What the tests of several rooms share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.installation import Installation

# These machines are slow and noisy: no test may fail because it took long.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation with an empty Vietnamese Sheets server."""
    with Installation(tmp_path) as running:
        yield running
