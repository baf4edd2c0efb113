"""The arithmetic of the quota: intervals that cannot be kept, how long a round takes, and what would do."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from sync.config.settings import Config, load_config
from sync.doctor.pace import MINUTE, Shortage, shortage
from sync.doctor.remedies import shortage_told
from sync.domain.languages import Language
from tests.support.commands import okr_sheets
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation


def config(folder: Path, *groups: tuple[int, str], per_minute: int = 60) -> Config:
    """So many spreadsheets at each interval."""
    spreadsheets = [
        f'[[spreadsheet]]\nid = "team-{group}-{number}"\nevery = "{every}"\n'
        '[[spreadsheet.tab]]\ntitle = "T"\nkey_result.text = "KR"\n'
        for group, (count, every) in enumerate(groups)
        for number in range(count)
    ]
    path = folder / "config.toml"
    path.write_text(f"[google]\nrequests_per_minute = {per_minute}\n" + "".join(spreadsheets), encoding="utf-8")
    return load_config(path, {})


def found(folder: Path, *groups: tuple[int, str], per_minute: int = 60) -> Shortage:
    seen = shortage(config(folder, *groups, per_minute=per_minute))
    assert seen is not None
    return seen


def test_three_hundred_spreadsheets_every_five_minutes(tmp_path: Path) -> None:
    assert found(tmp_path, (300, "5m")) == Shortage(
        needed=Fraction(60), allowed=48, round_minutes=Fraction(25, 4), every=7 * MINUTE, requests_per_minute=75
    )


@pytest.mark.parametrize("groups", [[(240, "5m")], [(1, "2s")], [(48, "1m")], [(300, "7m")], [(24, "1m"), (120, "5m")]])
def test_intervals_that_can_be_kept(tmp_path: Path, groups: Sequence[tuple[int, str]]) -> None:
    assert shortage(config(tmp_path, *groups)) is None


@pytest.mark.parametrize(
    "groups",
    [[(300, "5m")], [(10, "5s"), (290, "1h")], [(60, "30s"), (60, "10m"), (60, "1h")], [(3, "1s")], [(2000, "1m")]],
)
@pytest.mark.parametrize("per_minute", [30, 60, 61])
def test_what_is_proposed_would_do(tmp_path: Path, groups: Sequence[tuple[int, str]], per_minute: int) -> None:
    made = config(tmp_path, *groups, per_minute=per_minute)
    short = shortage(made)
    assert short is not None
    longer = [each.model_copy(update={"every": max(each.every, short.every)}) for each in made.spreadsheet]
    assert shortage(made.model_copy(update={"spreadsheet": tuple(longer)})) is None
    more = made.google.model_copy(update={"requests_per_minute": short.requests_per_minute})
    assert shortage(made.model_copy(update={"google": more})) is None


def test_only_the_short_intervals_need_be_longer(tmp_path: Path) -> None:
    short = found(tmp_path, (10, "5s"), (290, "1h"))
    assert short.every == 14


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "these intervals need 60 reads a minute, 48 are allowed: a round takes at least 6¼ minutes",
                'Set every = "7m" wherever it is shorter; or ask Google',
                "requests_per_minute = 75",
            ],
        ),
        ("vi", ["cần 60 lần đọc mỗi phút, chỉ được phép 48: một vòng mất ít nhất 6¼ phút", 'every = "7m"']),
    ],
)
def test_it_is_said_with_what_to_write(tmp_path: Path, language: Language, sentences: Sequence[str]) -> None:
    said = "\n".join(shortage_told(found(tmp_path, (300, "5m")), language))
    assert [sentence for sentence in sentences if sentence not in said] == []


@pytest.mark.parametrize(
    ("count", "per_minute", "said"),
    [
        (60, 60, "1¼ minutes"),
        (2, 1, "2 minutes"),
        (48, 60, "1 minute"),
        (11, 60, "13 seconds"),
        (130, 60, "2½ minutes"),
    ],
)
def test_how_long_a_round_takes_is_told_roughly_and_never_too_long(
    tmp_path: Path, count: int, per_minute: int, said: str
) -> None:
    seen, _ = shortage_told(found(tmp_path, (count, "1s"), per_minute=per_minute), "en")
    assert seen.endswith(f"at least {said}")


@pytest.mark.parametrize("command", ["check", "doctor"])
def test_check_and_doctor_say_it_and_their_exit_code_is_that_of_the_rest(
    installation: Installation, command: str
) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(FLAT.replace('id = "sales"', 'id = "sales"\nevery = "1s"'))
    run = okr_sheets(installation, command)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "need 60 reads a minute, 48 are allowed" in run.stdout + run.stderr
    assert 'every = "2s"' in run.stdout + run.stderr
