"""SIGKILL at every step of a pass and at random moments: the next passes put all right, and nobody has to help."""

import random
from collections.abc import Iterator

import pytest

from tests.reliability.kills import STEPS, Aftermath, Scene

# `make kills` makes 200 of them.
RANDOM_KILLS = 5


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    found = Scene(tmp_path_factory.mktemp("kills"))
    yield found
    found.close()


def all_is_well(aftermath: Aftermath) -> bool:
    assert (aftermath.wrong, aftermath.differences, aftermath.pending_write) == ({}, [], None), aftermath.output
    assert aftermath.passes <= 2
    assert aftermath.database == "ok"
    assert "Traceback" not in aftermath.output
    return True


@pytest.mark.parametrize("step", STEPS)
def test_after_a_kill_at_any_step_two_passes_put_all_right(scene: Scene, step: str) -> None:
    aftermath = scene.kill_at(STEPS[step])
    assert aftermath.killed
    assert all_is_well(aftermath)


def test_after_kills_at_random_moments_two_passes_put_all_right(scene: Scene) -> None:
    chance = random.Random(4)
    usual = scene.duration()
    found = [scene.kill_after(chance.uniform(0, usual), chance) for _ in range(RANDOM_KILLS)]
    assert all(all_is_well(aftermath) for aftermath in found)
