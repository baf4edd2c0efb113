"""No search for garbage while values are made in masses."""

import gc

import pytest

from sync.domain.collecting import without_collecting


def test_the_search_for_garbage_rests_within_and_goes_on_behind() -> None:
    assert gc.isenabled()
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_where_something_breaks() -> None:
    with pytest.raises(ValueError, match="broken"), without_collecting():
        raise ValueError("broken")
    assert gc.isenabled()
