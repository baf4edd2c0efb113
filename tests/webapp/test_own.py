"""A company is renewed for what changed: equal to one from scratch, and with the work of one spreadsheet."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.domain.company import ALONE
from sync.domain.okr import KeyResult, Objective
from sync.domain.snapshot import Snapshot
from tests.support.steps import steps
from tests.webapp.companies import TODAY, cell, key_result, objective, snapshot
from webapp.company.company import Company, company_of
from webapp.company.own import OwnParts

TEXTS = st.sampled_from(["Tăng doanh thu 20%", "Triển khai CRM", "Khách hàng yêu quý", "Viết báo cáo trước 30/6"])
OKRS = st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=3), st.sampled_from(["", "Lan"])), max_size=3)


def sheet(name: str, okrs: list[tuple[str, list[str], str]]) -> Snapshot:
    objectives: list[Objective] = []
    parts: list[KeyResult] = []
    for number, (text, below, owner) in enumerate(okrs):
        key, at = f"{name}-{number}", cell(number * 4 + 1, spreadsheet=name)
        objectives.append(objective(key, text=text, owner=owner, cell=at, parent=f"O{number}", id=f"O{number}"))
        parts += [
            key_result(f"{key}-{nth}", key, text=each, cell=cell(number * 4 + 1 + nth, 1, spreadsheet=name))
            for nth, each in enumerate(below)
        ]
    return snapshot(objectives, parts, spreadsheet=name)


def renewed(snapshots: list[Snapshot], own: OwnParts | None) -> Company:
    return company_of(snapshots, {}, ALONE, TODAY, whole=True, own=own)


@settings(max_examples=40, deadline=None)
@given(edits=st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.none() | OKRS), max_size=6))
def test_a_company_renewed_after_any_edits_is_the_one_from_scratch(
    edits: list[tuple[str, list[tuple[str, list[str], str]] | None]],
) -> None:
    own = OwnParts()
    sheets: dict[str, Snapshot] = {}
    for name, okrs in edits:
        if okrs is None:
            sheets.pop(name, None)
        else:
            sheets[name] = sheet(name, okrs)
        assert renewed(list(sheets.values()), own) == renewed(list(sheets.values()), None)


def test_the_rules_and_texts_of_what_did_not_change_are_not_gone_through_again() -> None:
    sheets = [
        sheet(f"s{number}", [(f"Tăng doanh thu {number}", ["Triển khai CRM"], "Lan")] * 3) for number in range(20)
    ]
    own = OwnParts()
    first = steps("sync.domain.rules.wording", lambda: own.of(sheets))
    sheets[7] = sheet("s7", [("Khách hàng yêu quý", ["Viết báo cáo"], "Lan")] * 3)
    sheets[8] = replace(sheets[8], title="Renamed")
    assert 0 < steps("sync.domain.rules.wording", lambda: own.of(sheets)) * 10 < first
