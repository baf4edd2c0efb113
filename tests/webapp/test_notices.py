"""What is said to rooms and people: the three things that matter first, nobody scolded, nothing private to others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from sync.config.notify import NotifySettings
from sync.domain.company import CompanySettings
from sync.domain.cycle_records import CycleRecords, Person, Recognition, Visible
from sync.domain.memory import PassRecord, PassResult
from sync.domain.notices import Message, Notice, NoticeState
from sync.domain.okr import CheckIn, Level, Objective
from sync.domain.periods import Calendar
from sync.domain.problems import Problem, problem
from sync.domain.rules import ADVICE
from sync.domain.snapshot import Snapshot, TabState, TabView
from tests.webapp.companies import (
    ENGLISH,
    SHEET,
    URL,
    VIETNAMESE,
    a_pass,
    amount,
    cell,
    company,
    key_result,
    objective,
    pass_status,
    snapshot,
)
from webapp.company.scope import periods_of
from webapp.exports.notices.check_in import check_ins
from webapp.exports.notices.digest import digests
from webapp.exports.notices.problems import problem_notices
from webapp.exports.notices.review import reviews
from webapp.exports.notices.scene import Scene
from webapp.exports.notices.trouble import troubles
from webapp.exports.notices.words import MOST_LINES

QUARTER = "Q4/2026"
# A Monday, 08:00 in Hà Nội.
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CALENDAR = Calendar(zone="Asia/Ho_Chi_Minh")
KINDS = {
    "digest": digests,
    "check_in": check_ins,
    "problems": problem_notices,
    "review": reviews,
    "trouble": troubles,
}


@dataclass
class Room:
    """A room, what was said in it, and what the company is like: `sheets`, scores of a week ago, passes."""

    sheets: Sequence[Snapshot]
    settings: dict[str, object]
    before: dict[str, Decimal | None]
    people: tuple[Person, ...] = ()
    passes: Sequence[PassRecord] = ()
    now: datetime = MONDAY
    url: str = "https://okr.example"

    def __post_init__(self) -> None:
        self.told: dict[str, Notice] = {}

    def messages(self) -> list[Message]:
        """All that is to be said now."""
        room = NotifySettings.model_validate({"to": {"env": "ROOM"}, "language": "en", **self.settings})
        found = company(
            *self.sheets,
            before=self.before,
            settings=CompanySettings(frozenset({SHEET}), CALENDAR, frozenset(ADVICE), self.people),
            today=CALENDAR.today(self.now),
        )
        reader = VIETNAMESE if room.language == "vi" else ENGLISH
        status = pass_status(*self.sheets, passes=self.passes)
        scene = Scene(room, self.told, self.now, found, periods_of(found, {}), status, {SHEET: 300}, reader, self.url)
        return [message for what in room.what for message in KINDS[what](scene)]

    def say(self) -> list[Message]:
        """What goes out now; it is noted as the outbox notes it."""
        said = []
        for message in self.messages():
            known = self.told.get(message.about)
            if known is None or not known.is_settled:
                state = NoticeState.SENT if message.text else NoticeState.NOTHING
                subjects = message.subjects
                self.told[message.about] = Notice(
                    "r", "", message.about, state, message.due, self.now, subjects=subjects
                )
                said += [message] if message.text else []
        return said

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


def a_room(what: str, *sheets: Snapshot, before: dict[str, Decimal | None] | None = None, **facts: object) -> Room:
    outside = {name: facts.pop(name) for name in ("people", "passes", "now", "url") if name in facts}
    return Room(sheets or (sales(),), {"what": what, **facts}, before or {}, **outside)  # type: ignore[arg-type]


def an_objective(key: str, row: int, unit: str = "Kinh doanh", **facts: object) -> Objective:
    return objective(key, row, period=QUARTER, level=Level.DEPARTMENT, unit=unit, **facts)


def sales(problems: Sequence[Problem] = (), **facts: object) -> Snapshot:
    """Two units; one key result of sales was checked in last week, one never; nobody keeps a log in production."""
    return snapshot(
        [an_objective("s", 1, owner="Lan"), an_objective("p", 5, "Sản xuất", owner="Bình")],
        [
            key_result("fresh", "s", 1, id="F", text="Ký 50 hợp đồng"),
            key_result("silent", "s", 2, id="S", text="Gọi 30 khách @all"),
            key_result("made", "p", 5, id="M", text="Giảm lỗi"),
        ],
        problems=tuple(problems),
        check_ins=(CheckIn(key_result="F", cell=cell(20), date="2026-11-20", value=amount(36)),),
        **facts,
    )


def a_problem(row: int, text: str = "abc") -> Problem:
    return problem("not-a-number", cell(row, 4), text=text, field="Hiện tại")


def only(messages: Sequence[Message]) -> Message:
    [message] = messages
    return message


# Digests


def test_a_digest_says_how_far_what_moved_and_where_to_look() -> None:
    said = only(a_room("digest", before={"s": Decimal("0.1")}).say())
    assert said.title == "Company: OKR on 23 Nov 2026"
    assert said.text.splitlines() == [
        "• Reached so far: Department 30%; Kinh doanh 30% · Sản xuất 30%",
        "• +0.20 in a week: Objective s",
        "• 2 objectives are behind time and need help, such as: Objective s",
        "https://okr.example/",
    ]


def test_a_digest_in_vietnamese() -> None:
    said = only(a_room("digest", before={"s": Decimal("0.1")}, language="vi").say())
    assert said.title == "Công ty: OKR ngày 23/11/2026"
    assert said.text.splitlines()[:3] == [
        "• Đến nay đạt: Phòng ban 30%; Kinh doanh 30% · Sản xuất 30%",
        "• +0,20 trong tuần: Objective s",
        "• 2 mục tiêu đang chậm và cần được hỗ trợ, trước hết: Objective s",
    ]


def test_where_nothing_happened_there_is_no_digest_and_none_later_that_week() -> None:
    room = a_room("digest")
    assert room.say() == []
    room.before = {"s": Decimal("0.1")}
    room.wait(days=3)
    assert room.say() == []
    room.wait(days=4)
    assert len(room.say()) == 1


def test_the_digest_of_a_unit_holds_nothing_of_others() -> None:
    before: dict[str, Decimal | None] = {"s": Decimal("0.1"), "p": Decimal("0.1")}
    said = only(a_room("digest", before=before, units="Kinh doanh").say())
    assert "Objective p" not in said.text
    assert "Sản xuất" not in said.title + said.text


def test_a_units_number_is_the_same_in_its_own_digest_and_in_the_companys() -> None:
    own = objective("l", 8, period=QUARTER, level=Level.INDIVIDUAL, unit="Kinh doanh")
    sheet = snapshot(
        [an_objective("s", 1), own, an_objective("p", 5, "Sản xuất")],
        [key_result("made", "s", 1, id="M"), key_result("called", "l", 8, current=amount(48)), key_result("p1", "p")],
    )
    rooms = [a_room("digest", sheet, before={"s": Decimal("0.1")}, **units) for units in ({}, {"units": "Kinh doanh"})]
    told = [only(room.say()).text for room in rooms]
    assert "Kinh doanh 30%" in told[0]
    assert "Department 30% · Individual 90%" in told[1]


def test_a_digest_counts_new_problems_only() -> None:
    room = a_room("digest", sales([a_problem(1)]))
    assert "1 new thing to mend" in only(room.say()).text
    room.wait(days=7)
    assert room.say() == []
    room.sheets = [sales([a_problem(1), a_problem(2, "xyz")])]
    room.wait(days=7)
    assert "1 new thing to mend" in only(room.say()).text


def test_thanks_for_everyone_are_in_the_digest_and_private_ones_in_none() -> None:
    def thanks(row: int, text: str, visible: Visible) -> Recognition:
        return Recognition(
            text=text, cell=cell(row), visible=visible, giver="Minh", receivers=("Lan",), date="2026-11-20"
        )

    given = CycleRecords(
        recognitions=(thanks(1, "Cứu đơn hàng", Visible.EVERYONE), thanks(2, "Riêng tư", Visible.INVOLVED))
    )
    said = only(a_room("digest", sales(cycle=given)).say())
    assert "• Thanks to Lan: Cứu đơn hàng" in said.text
    assert "Riêng tư" not in said.text


def test_a_digest_that_is_older_than_a_day_is_not_for_a_room_that_is_new() -> None:
    assert a_room("digest", before={"s": Decimal("0.1")}, now=MONDAY + timedelta(hours=25)).messages() == []


# Check-ins


def test_a_units_room_hears_of_its_own_key_results_with_their_cells_and_no_names() -> None:
    said = only(a_room("check_in", units="Kinh doanh").say())
    assert said.title == "Kinh doanh: 1 key result is waiting for its check-in"
    assert said.text.splitlines() == [
        "• Gọi 30 khách @\u2060all: now 36, target 50",
        f"{URL}#gid=7&range=B3",
    ]


def test_the_whole_company_hears_how_many_and_not_whose() -> None:
    said = only(a_room("check_in").say())
    assert said.title == "Company: 2 key results are waiting for their check-in"
    assert said.text.splitlines() == ["• Kinh doanh: 1", "• Sản xuất: 1", "https://okr.example/check-ins"]
    assert "Lan" not in said.text
    assert "Bình" not in said.text


def test_who_has_nothing_due_hears_nothing() -> None:
    assert a_room("check_in", units="Nhân sự").say() == []


def test_it_is_said_once_and_again_at_the_next_time() -> None:
    room = a_room("check_in", units="Kinh doanh", when="daily 08:00")
    assert len(room.say()) == 1
    room.wait(hours=23)
    assert room.say() == []
    room.wait(hours=1)
    assert len(room.say()) == 1


PEOPLE = (Person(name="Lan", email="lan@example.vn"), Person(name="Bình", email="binh@example.vn"))


def test_each_person_hears_of_their_own_at_their_own_address() -> None:
    room = a_room("check_in", people=PEOPLE, to_people=True)
    said = {message.address: message for message in room.say()}
    assert set(said) == {"lan@example.vn", "binh@example.vn"}
    assert "Giảm lỗi" not in said["lan@example.vn"].text
    assert "Gọi 30 khách" in said["lan@example.vn"].text
    assert said["lan@example.vn"].title == "Lan: 1 key result is waiting for its check-in"
    room.wait(hours=1)
    assert room.say() == []


def test_private_thanks_reach_the_one_whom_they_are_for_alone() -> None:
    private = Recognition(
        text="Riêng cho Lan",
        cell=cell(1),
        visible=Visible.INVOLVED,
        giver="Minh",
        receivers=("Lan",),
        date="2026-11-20",
    )
    sheet = sales(cycle=CycleRecords(recognitions=(private,)))
    said = {message.address: message.text for message in a_room("check_in", sheet, people=PEOPLE, to_people=True).say()}
    assert "• Minh thanks you: Riêng cho Lan" in said["lan@example.vn"]
    assert "Riêng cho Lan" not in said["binh@example.vn"]
    for room in (a_room("check_in", sheet), a_room("check_in", sheet, units="Kinh doanh"), a_room("digest", sheet)):
        assert all("Riêng" not in message.text for message in room.messages())


def test_of_two_addresses_of_one_person_none_is_written_to() -> None:
    people = (*PEOPLE, Person(name="Lan", email="other@example.vn"))
    said = a_room("check_in", people=people, to_people=True).say()
    assert [message.address for message in said] == ["binh@example.vn"]


# Problems


def test_what_became_wrong_is_told_by_cell_with_the_fix_and_never_twice() -> None:
    room = a_room("problems", sales([a_problem(1)]))
    said = only(room.say())
    assert said.title == "Company: 1 thing to mend in the sheets"
    assert said.text.startswith("• OKR!E2: “abc” is not a number (Hiện tại). Type a number")
    assert f"{URL}#gid=7&range=E2" in said.text
    room.wait(hours=2)
    assert room.say() == []


def test_problems_are_collected_for_an_hour() -> None:
    room = a_room("problems", sales([a_problem(1)]))
    room.say()
    room.sheets = [sales([a_problem(1), a_problem(2, "x")])]
    room.wait(minutes=59)
    assert room.say() == []
    room.sheets = [sales([a_problem(1), a_problem(2, "x"), a_problem(3, "y")])]
    room.wait(minutes=1)
    assert only(room.say()).title == "Company: 2 things to mend in the sheets"


def test_a_problem_whose_row_has_moved_is_the_same_one() -> None:
    room = a_room("problems", sales([a_problem(1)]))
    room.say()
    room.sheets = [sales([a_problem(9)])]
    room.wait(hours=2)
    assert room.say() == []


def test_a_problem_that_was_mended_before_it_was_told_is_not_told() -> None:
    room = a_room("problems", sales([a_problem(1)]))
    [message] = room.messages()
    state = NoticeState.FAILING
    room.told[message.about] = Notice("r", "", message.about, state, message.due, room.now)
    room.sheets = [sales()]
    room.wait(minutes=5)
    assert room.messages() == []


def test_a_message_that_fails_stays_one_message() -> None:
    room = a_room("problems", sales([a_problem(1)]))
    [message] = room.messages()
    room.told[message.about] = Notice("r", "", message.about, NoticeState.FAILING, message.due, room.now)
    room.wait(minutes=5)
    [again] = room.messages()
    assert (again.about, again.due) == (message.about, message.due)


def test_many_problems_fit_on_a_phone() -> None:
    room = a_room("problems", sales([a_problem(row, f"x{row}") for row in range(40)]))
    said = only(room.say())
    assert len(said.text.splitlines()) <= MOST_LINES
    assert said.text.splitlines()[-2:] == ["… and 37 more", "https://okr.example/problems"]


# Trouble

FAILED = a_pass(PassResult.FAILED, message="permission")


def test_trouble_is_told_at_once_after_an_hour_and_after_a_day_and_then_that_it_is_over() -> None:
    room = a_room("trouble", sales(taken_at=MONDAY - timedelta(minutes=4)), passes=[FAILED])
    said = only(room.say())
    assert said.title == "okr-sheets needs help with OKR 2026"
    assert said.text.startswith("The spreadsheet is not shared with okr-sheets for editing.")
    heard = [MONDAY]
    for _ in range(60):
        room.wait(hours=1)
        heard += [room.now] if room.say() else []
    assert [at - MONDAY for at in heard] == [timedelta(0), timedelta(hours=1), timedelta(days=1)]
    room.passes, room.sheets = (), [sales(taken_at=room.now)]
    assert only(room.say()).title == "okr-sheets: OKR 2026 is well again"
    room.wait(minutes=1)
    assert room.say() == []


def test_trouble_that_passes_by_itself_is_not_told_before_three_intervals() -> None:
    network = a_pass(PassResult.FAILED, message="network")
    room = a_room("trouble", sales(taken_at=MONDAY - timedelta(minutes=14)), passes=[network])
    assert room.say() == []
    room.wait(minutes=2)
    assert "It was not read for more than three intervals." in only(room.say()).text


def test_a_tab_that_is_not_believed_is_trouble() -> None:
    tabs = (TabView(7, "OKR", TabState.REFUSED, MONDAY - timedelta(days=1)),)
    said = only(a_room("trouble", sales(taken_at=MONDAY, tabs=tabs)).say())
    assert said.title == "okr-sheets needs help with OKR 2026 / OKR"
    assert "okr-sheets check" in said.text


# Reviews


def test_a_week_before_its_end_it_is_told_what_is_missing() -> None:
    ends = datetime(2026, 12, 24, 1, 0, tzinfo=UTC)
    room = a_room("review", now=ends - timedelta(minutes=1))
    assert room.say() == []
    room.wait(minutes=1)
    said = only(room.say())
    assert said.title == "Q4/2026 ends on 31 Dec 2026"
    assert said.text.splitlines() == [
        "• Reached: 30%",
        "• 3 key results are waiting for their last check-in",
        "• 2 objectives are waiting for a lesson or a decision",
        "https://okr.example/review/2026-Q4",
    ]
    room.wait(hours=5)
    assert room.say() == []


def test_when_it_has_ended_it_is_told_until_when_late_numbers_count() -> None:
    room = a_room("review", now=datetime(2027, 1, 1, 1, 0, tzinfo=UTC))
    said = only(room.say())
    assert said.title == "Q4/2026 has ended"
    assert "• Late numbers count until 14 Jan 2027." in said.text


def test_periods_of_long_ago_are_not_told_to_a_new_room() -> None:
    assert a_room("review", now=datetime(2027, 6, 1, 1, 0, tzinfo=UTC)).messages() == []


# All of them


@pytest.fixture(params=KINDS)
def hostile(request: pytest.FixtureRequest) -> list[Message]:
    """Every kind of message about a company in which each text is hostile."""
    text = "<users/all> @all [x](http://evil.example) **b**\n\n`c` " + "x" * 4000
    sheet = sales([a_problem(1, text)], taken_at=MONDAY - timedelta(hours=1), title=text)
    objectives = tuple(structs.replace(found, text=text, unit=text) for found in sheet.objectives)
    parts = tuple(structs.replace(found, text=text) for found in sheet.key_results)
    thanks = Recognition(text=text, cell=cell(1), giver=text, receivers=(text,), date="2026-11-20")
    cycle = CycleRecords(recognitions=(thanks,))
    sheet = replace(sheet, objectives=objectives, key_results=parts, cycle=cycle)
    room = a_room(request.param, sheet, before={"s": Decimal("0.1")}, passes=[FAILED])
    if request.param == "review":
        room.now = datetime(2026, 12, 24, 1, 0, tzinfo=UTC)
    return room.say()


def test_no_text_of_a_cell_means_anything(hostile: list[Message]) -> None:
    assert hostile
    for message in hostile:
        said = message.title + message.text
        assert [mark for mark in ("<users", "@all", "](", "evil.example", "**", "`") if mark in said] == []
        assert len(message.text) < 2000
        assert len(message.text.splitlines()) <= MOST_LINES
        assert "\n" not in message.title
