"""What records name, seen from the whole company: goals that are gone, people whom nobody knows."""

from datetime import UTC, date, datetime

import pytest

from sync.domain.cycle_records import Person, Recognition, Visible
from sync.domain.cycle_rules import MOST_UNKNOWN_PEOPLE, check_records, thanks_ahead
from sync.domain.naming import Names, bearers_of
from sync.domain.snapshot import Snapshot
from tests.support.grids import at, grid, read_all

OKR = 'title = "OKR"\nobjective = { text = "O", owner = "Ai" }\nkey_result.text = "KR"'
PEOPLE = 'title = "Nhân sự"\nperson = { name = "Tên", email = "Email", unit = "Phòng" }'
LOG = 'title = "Log"\ncheck_in = { key_result = "KR", author = "Ai" }'
THANKS = 'title = "Ghi nhận"\nrecognition = { text = "Vì", receiver = "Cho", giver = "Từ", about = "OKR" }'
COACHING = 'title = "Huấn luyện"\ncoaching = { topic = "Về", person = "Ai", coach = "Với" }'
FEEDBACK = 'title = "Phản hồi"\nfeedback = { text = "Vì", receiver = "Cho", about = "OKR" }'
ONE_OKR = "O | Ai | KR\no | Chi | a"
TWO_PEOPLE = "Tên | Email | Phòng\nNguyễn An | an@example.com | Bán hàng\nLê Huỷ | huy@example.com |"


def told(*tabs: tuple[str, str], configured: tuple[Person, ...] = ()) -> list[tuple[str, str, dict[str, str]]]:
    """The problems of a company of these tabs, each a mapping and a table: code, cell and facts."""
    titles = [by.splitlines()[0].split('"')[1] for by, _ in tabs]
    drawn = [grid(table, title, number) for number, (title, (_, table)) in enumerate(zip(titles, tabs, strict=True), 1)]
    reading = read_all(drawn, *(by for by, _ in tabs))
    snapshot = Snapshot(
        spreadsheet="book",
        title="",
        url="",
        taken_at=datetime(2026, 11, 21, tzinfo=UTC),
        objectives=reading.objectives,
        key_results=reading.key_results,
        check_ins=reading.check_ins,
        initiatives=reading.initiatives,
        cycle=reading.cycle,
    )
    found = check_records(Names(bearers_of([*reading.objectives, *reading.key_results])), [snapshot], configured)
    return [(each.code, str(each.cell), dict(each.facts)) for each in found]


def test_a_name_in_the_log_that_nobody_has_is_told_once_with_the_nearest_one() -> None:
    log = "KR | Ai\na | Nguyễn Am\na | Lê Hủy\na | nguyễn am\na | chi\na | an@example.com\na | Bán hàng\na |"
    assert told((OKR, ONE_OKR), (PEOPLE, TWO_PEOPLE), (LOG, log)) == [
        ("unknown-person", "Log!A2", {"text": "Nguyễn Am", "nearest": "“Nguyễn An”"})
    ]


def test_people_of_the_configuration_are_known_too() -> None:
    log = (LOG, "KR | Ai\na | An\na | Bình")
    assert [code for code, _, _ in told((OKR, ONE_OKR), log, configured=(Person(name="An"),))] == ["unknown-person"]


def test_without_a_list_of_people_nobody_can_tell_who_is_not_there() -> None:
    assert told((OKR, ONE_OKR), (LOG, "KR | Ai\na | Ai đó")) == []


def test_where_most_names_are_unknown_it_is_the_list_that_is_not_whole() -> None:
    rows = "\n".join(f"a | Người {number}" for number in range(MOST_UNKNOWN_PEOPLE + 3))
    found = told((OKR, ONE_OKR), (PEOPLE, TWO_PEOPLE), (LOG, f"KR | Ai\n{rows}"))
    assert [code for code, _, _ in found] == ["unknown-person"] * MOST_UNKNOWN_PEOPLE + ["more-unknown-people"]
    assert found[-1][2] == {"count": "3"}


def test_who_is_thanked_is_looked_at_as_well() -> None:
    thanks = (THANKS, "Vì | Cho | Từ | OKR\nx | Nguyễn An, Ai đó | Chi |")
    assert told((OKR, ONE_OKR), (PEOPLE, TWO_PEOPLE), thanks) == [
        ("unknown-person", "Ghi nhận!A2", {"text": "Ai đó", "nearest": "none"})
    ]


def test_of_a_private_row_neither_the_name_nor_the_nearest_one_is_told() -> None:
    coaching = (COACHING, "Về | Ai | Với\nBí mật | Nguyễn Am | Chi")
    assert told((OKR, ONE_OKR), (PEOPLE, TWO_PEOPLE), coaching) == [("unknown-involved", "Huấn luyện!A2", {})]


def test_what_is_about_a_goal_that_is_gone_or_about_two_is_told() -> None:
    thanks = (THANKS, "Vì | Cho | Từ | OKR\nx | Chi | | K9\ny | Chi | | a\nz | Chi | | o\nw | Chi | |")
    found = told((OKR, "O | Ai | KR\no | Chi | a\np | Chi | a"), thanks)
    assert [(code, cell, facts["text"]) for code, cell, facts in found] == [
        ("unknown-about", "Ghi nhận!A2", "K9"),
        ("ambiguous-about", "Ghi nhận!A3", "a"),
    ]


def test_of_a_private_row_what_it_is_about_is_not_quoted() -> None:
    assert told((OKR, ONE_OKR), (FEEDBACK, "Vì | Cho | OKR\nx | Chi | Chuyện riêng")) == [
        ("unknown-about-unquoted", "Phản hồi!A2", {})
    ]


def test_two_addresses_for_one_person_are_told() -> None:
    again = (PEOPLE, f"{TWO_PEOPLE}\nLê Hủy | khac@example.com |")
    assert [(code, cell) for code, cell, _ in told(again)] == [("two-addresses", "Nhân sự!A4")]


@pytest.mark.parametrize(
    ("day", "visible", "codes"),
    [
        ("2026-11-21", Visible.EVERYONE, ["thanks-ahead"]),
        ("2026-11-20", Visible.EVERYONE, []),
        ("tuần sau", Visible.EVERYONE, []),
        ("2026-11-21", Visible.INVOLVED, []),
    ],
)
def test_thanks_of_a_day_to_come_are_told_where_they_are_for_everyone(
    day: str, visible: Visible, codes: list[str]
) -> None:
    given = Recognition(text="Cảm ơn", cell=at("B2"), receivers=("An",), date=day, visible=visible)
    found = list(thanks_ahead([given], date(2026, 11, 20)))
    assert [(each.code, each.cell, dict(each.facts)) for each in found] == [
        (code, at("B2"), {"day": day}) for code in codes
    ]
