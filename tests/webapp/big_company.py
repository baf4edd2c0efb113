"""A company of any size: five objectives of its own, then departments, then people. The same for the same size."""

from decimal import Decimal
from functools import cache

from sync.domain.okr import Amount, KeyResult, Kind, Level, Objective
from sync.domain.problems import problem
from sync.domain.snapshot import Snapshot
from tests.webapp.companies import amount, key_result, objective, snapshot

AIMS = ("Nâng cao chất lượng dịch vụ", "Mở rộng thị trường", "Giảm chi phí vận hành", "Phát triển con người")
MEASURES = ("Doanh thu đạt chỉ tiêu", "Thời gian phản hồi", "Số khách hàng mới", "Tỷ lệ hài lòng")
FAMILY, GIVEN = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ"), ("An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khoa")
TOP = 5


@cache
def big_company(size: int, shift: int = 0) -> Snapshot:
    """So many objectives with four key results each, a twentieth of them departments'; `shift` moves some numbers."""
    departments = max(1, size // 20)
    objectives = [_objective(number, departments) for number in range(size)]
    parts = [_key_result(found, number, nth, shift) for number, found in enumerate(objectives) for nth in range(4)]
    wrong = [part for part in parts[::97] if part.current.number is not None]
    problems = tuple(
        problem("wrong-way", part.cell, text=part.text, start="0", current="1", target="2") for part in wrong
    )
    return snapshot(objectives, parts, problems=problems)


def _objective(number: int, departments: int) -> Objective:
    level = Level.COMPANY if number < TOP else Level.DEPARTMENT if number < TOP + departments else Level.INDIVIDUAL
    above = {Level.COMPANY: "", Level.DEPARTMENT: f"O{number % TOP}"}
    return objective(
        f"o{number}",
        number * 4 + 1,
        id=f"O{number}",
        text=f"{AIMS[number % 4]} {number}",
        level=level,
        parent=above.get(level, f"O{TOP + number % departments}"),
        unit="Ban giám đốc" if level is Level.COMPANY else f"Phòng {number % departments % 40 + 1}",
        owner=f"{FAMILY[number % 5]} {GIVEN[number % 7]} {number // 35}",
        period="Q4/2026",
        kind=Kind.COMMITTED if number % 3 else Kind.ASPIRATIONAL,
    )


def _key_result(of: Objective, number: int, nth: int, shift: int) -> KeyResult:
    measured = (number * 7 + nth * 13) % 101
    moved = measured + shift if number % 9 == nth else measured
    return key_result(
        f"{of.key}k{nth}",
        of.key,
        number * 4 + 1 + nth,
        id=f"KR{number}.{nth}",
        text=f"{MEASURES[nth]} của nhóm {number}",
        start=amount(0),
        current=Amount() if measured == 50 else amount(moved),
        target=amount(100),
        measure="%",
        weight=Decimal(nth + 1),
        confidence="Ổn",
    )
