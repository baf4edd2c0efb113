"""The real layouts: inspect's proposal, run unedited, against what is expected cell by cell. Skipped without them."""

from pathlib import Path

import pytest

from tests.layouts_table import layouts, try_layout

SOURCES = layouts()


@pytest.mark.skipif(not SOURCES, reason="the layouts are not there")
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.name))
def test_the_proposal_alone_is_fully_right(source: Path, tmp_path: Path) -> None:
    result = try_layout(source, tmp_path)
    assert result.right, result
