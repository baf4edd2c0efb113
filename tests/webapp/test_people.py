"""A person's page: what they must do now, what their goals support, thanks; and the wall of recognition."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from sync.domain.company import CompanySettings
from sync.domain.cycle_records import (
    Coaching,
    CoachingState,
    CycleRecords,
    Feedback,
    Person,
    Recognition,
    Review,
    Visible,
)
from sync.domain.keys import person_key
from sync.domain.okr import CheckIn, Decision, Initiative, InitiativeState, Level, Objective, Status
from sync.records import Records
from tests.webapp.companies import (
    ENGLISH,
    NOW,
    amount,
    cell,
    company,
    keep,
    key_result,
    objective,
    snapshot,
)
from webapp.company.company import Company
from webapp.company.faces import own_names
from webapp.company.holders import unit_key
from webapp.company.scope import in_periods
from webapp.pages.objective import objective_page
from webapp.pages.person import PersonPage, person_page
from webapp.pages.recognition import RecognitionFilters, recognition_page
from webapp.pages.to_do import MOST

# A Friday.
TODAY = date(2026, 11, 20)
AN, BINH = person_key("An"), person_key("Bình")
THIS = "Q4/2026"


def mine(key: str, row: int, **facts: object) -> Objective:
    return objective(key, row, **({"owner": "An", "level": Level.DEPARTMENT, "period": THIS, "parent": "C"} | facts))


def checked(row: int, what: str, day: str) -> CheckIn:
    return CheckIn(key_result=what, cell=cell(row, 9), date=day, value=amount(36))


def thanks(row: int, day: str, **facts: object) -> Recognition:
    return Recognition(text=f"Thanks {row}", cell=cell(row, 12), date=day, **facts)  # type: ignore[arg-type]


def person(found: Company, key: str = AN, **facts: object) -> PersonPage:
    page = person_page(key, 1, found, found, ENGLISH, **facts)  # type: ignore[arg-type]
    assert page is not None
    return page


def shown(found: Company, key: str = AN, **facts: object) -> list[tuple[str, str, str, bool]]:
    return [(one.kind, one.text, one.when, one.is_late) for one in person(found, key, **facts).to_do]


def test_late_things_come_first_then_by_day_and_only_what_is_due_until_sunday() -> None:
    def plan(text: str, row: int, due: str, **facts: object) -> Initiative:
        return Initiative(text=text, cell=cell(row, 5), due=due, objective="A", owner="An", **facts)  # type: ignore[arg-type]

    found = company(
        snapshot(
            [mine("a", 1, id="A"), objective("c", 9, id="C", period=THIS)],
            [
                key_result("silent", "a", 1, id="S"),
                key_result("soon", "a", 2, id="N", due="2026-11-22"),
                key_result("fresh", "a", 3, id="F", due="2026-11-23"),
            ],
            check_ins=(checked(20, "S", "2026-11-03"), checked(21, "N", "2026-11-14"), checked(22, "F", "2026-11-19")),
            initiatives=(
                plan("Late", 11, "2026-11-10"),
                plan("On Sunday", 12, "2026-11-22"),
                plan("On Monday", 13, "2026-11-23"),
                plan("Over", 14, "2026-11-10", state=InitiativeState.DONE),
            ),
        ),
        today=TODAY,
    )
    assert shown(found)[:5] == [
        ("Check-in", "Key result silent", "no check-in since 3 Nov 2026", True),
        ("Initiative", "Late", "due 10 Nov 2026", True),
        ("Check-in", "Key result soon", "due 21 Nov 2026", False),
        ("Key result", "Key result soon", "due 22 Nov 2026", False),
        ("Initiative", "On Sunday", "due 22 Nov 2026", False),
    ]
    assert [(one.objective, one.key_result) for one in person(found).to_do[:2]] == [("a", "silent"), ("a", "")]


def test_each_key_result_is_for_its_own_owner_to_check_in_wherever_it_stands() -> None:
    found = company(
        snapshot([mine("a", 1)], [key_result("mine", "a", 1), key_result("his", "a", 2, owner="Bình")]), today=TODAY
    )
    wanted = {AN: ["Key result mine"], BINH: ["Key result his"]}
    assert {key: [text for kind, text, *_ in shown(found, key) if kind == "Check-in"] for key in wanted} == wanted


def test_what_to_mend_and_drafts_stand_last() -> None:
    found = company(snapshot([mine("a", 1, parent="zzz"), mine("d", 2, status=Status.DRAFT)]), today=TODAY)
    assert [(kind, text) for kind, text, *_ in shown(found)] == [
        ("Mend in the sheet", "Objective a"),
        ("Draft", "Objective d"),
    ]


def test_what_was_learned_in_a_period_that_is_being_closed_is_to_be_written_until_its_results_are_final() -> None:
    """Whatever period is looked at; of drafts, and where somebody wrote something, nothing is asked for."""
    over = {"period": "Q3/2026"}
    found = company(
        snapshot(
            [
                mine("now", 1),
                mine("open", 2, **over),
                mine("told", 3, lesson="Hỏi khách sớm hơn", **over),
                mine("part", 4, **over),
                mine("row", 5, id="R", **over),
                mine("draft", 6, status=Status.DRAFT, **over),
                mine("his", 7, owner="Bình", **over),
                mine("old", 8, period="Q2/2026"),
            ],
            [key_result("k", "part", 4, decision=Decision.DROP)],
            cycle=CycleRecords(reviews=(Review(about="R", cell=cell(20), lesson="Ít hơn"),)),
        ),
        today=date(2026, 10, 9),
    )
    here = in_periods(found, {"2026-Q4"})
    page = person_page(AN, 1, here, found, ENGLISH, closing={"2026-Q3"})
    assert page is not None
    lessons = [(one.objective, one.when, one.is_late) for one in page.to_do if one.kind == "Lesson"]
    assert lessons == [("open", "due 14 Oct 2026", False)]
    assert not any(kind == "Lesson" for kind, *_ in shown(found))


def test_key_results_of_a_draft_of_somebody_else_are_nobodys_work_and_nowhere_shown_as_live() -> None:
    found = company(
        snapshot(
            [
                mine("d", 1, owner="Bình", status=Status.DRAFT),
                mine("child", 2, owner="Chi", parent="K", level=Level.INDIVIDUAL),
                mine("live", 3, owner="Bình"),
            ],
            [
                key_result("k", "d", 1, id="K", owner="An", due="2026-11-19"),
                key_result("l", "live", 3, owner="An"),
            ],
        ),
        today=TODAY,
    )
    page = person(found)
    assert page.held is not None
    assert [one.key_result.key for one in page.held.elsewhere] == ["l"]
    assert {one.key_result for one in page.to_do} == {"l"}
    assert page.supported == ()


def test_who_has_nothing_but_a_part_of_a_draft_is_found_all_the_same() -> None:
    only = snapshot([mine("d", 1, owner="Bình", status=Status.DRAFT)], [key_result("k", "d", 1, owner="An")])
    page = person(company(only, today=TODAY))
    assert page.held is not None
    assert (page.name, page.held.elsewhere, page.to_do) == ("An", (), ())


def test_nothing_is_to_be_done_of_another_period() -> None:
    old = mine("a", 1, period="Q3/2026")
    found = company(snapshot([old, mine("b", 2, owner="Bình")], [key_result("k", "a")]), today=TODAY)
    here = in_periods(found, {"2026-Q4"})
    page = person_page(AN, 1, here, found, ENGLISH)
    assert page is not None
    assert (page.to_do, page.held, page.name) == ((), None, "An")


def test_the_page_tells_what_the_goals_support_and_who_supports_them() -> None:
    found = company(
        snapshot(
            [
                objective("c", 1, id="C", owner="Chi"),
                mine("a", 2, id="A"),
                mine("b", 3, id="B", owner="Bình"),
                objective("x", 4, owner="Dung", parent="A", level=Level.INDIVIDUAL),
                objective("y", 5, owner="Em", parent="K", level=Level.INDIVIDUAL),
            ],
            [key_result("k", "b", 1, id="K", owner="An")],
        )
    )
    page = person(found)
    assert [(one.objective.key, one.owner.name) for one in page.supports] == [("c", "Chi")]
    assert [(one.objective.key, one.owner.name) for one in page.supported] == [("x", "Dung"), ("y", "Em")]


@pytest.fixture
def thanked() -> Company:
    rows = (
        thanks(1, "2026-11-01", receivers=("An", "Bình"), giver="Chi", about="K"),
        thanks(2, "2026-11-10", receivers=("An",), about="A"),
        thanks(3, "", receivers=("Bình",)),
        thanks(4, "2026-11-10", receivers=("Bình",), about="nowhere"),
        thanks(5, "2026-11-15", receivers=("An",), visible=Visible.INVOLVED),
        thanks(6, "2026-11-15", receivers=("An",), visible=Visible.NOBODY),
    )
    return company(
        snapshot(
            [mine("a", 1, id="A", unit="Kho")],
            [key_result("k", "a", 1, id="K")],
            cycle=CycleRecords.of((*rows, Person(name="Bình", unit="Kinh doanh"))),
        )
    )


def test_the_wall_shows_what_is_for_everyone_the_newest_first_with_what_it_is_about(thanked: Company) -> None:
    page = recognition_page(RecognitionFilters(), 1, thanked, ENGLISH)
    assert [row.text for row in page.rows] == ["Thanks 4", "Thanks 2", "Thanks 1", "Thanks 3"]
    assert page.found == "4 recognitions"
    about = [(row.about.key, row.about.key_result) if row.about else None for row in page.rows]
    assert about == [None, ("a", ""), ("a", "Key result k"), None]
    assert [(one.key, one.name) for one in page.rows[2].receivers] == [(AN, "An"), (BINH, "Bình")]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({"person": "bình"}, [4, 1, 3]),
        ({"person": "binh"}, [4, 1, 3]),
        ({"unit": "KHO"}, [2, 1]),
        ({"unit": "kh"}, [2, 1]),
        ({"unit": "Kinh doanh"}, [4, 1, 3]),
        ({"q": "thanks 4"}, [4]),
        ({"person": "Chi"}, []),
    ],
)
def test_each_filter_of_the_wall_leaves_what_it_says(thanked: Company, asked: dict[str, str], rows: list[int]) -> None:
    page = recognition_page(RecognitionFilters.of(asked), 1, thanked, ENGLISH)
    assert [row.text for row in page.rows] == [f"Thanks {row}" for row in rows]


def test_thanks_stand_beside_what_they_are_about_and_on_the_page_of_who_is_thanked(thanked: Company) -> None:
    page = objective_page("a", thanked, lambda keys: {}, NOW, ENGLISH)
    assert page is not None
    assert [one.text for one in page.recognitions] == ["Thanks 2"]
    assert [one.text for detail in page.details for one in detail.recognitions] == ["Thanks 1"]
    assert [one.text for one in person(thanked).thanks] == ["Thanks 2", "Thanks 1"]
    assert [one.text for one in person(thanked, BINH).thanks] == ["Thanks 4", "Thanks 1", "Thanks 3"]


PEOPLE = CompanySettings(people=(Person(name="An", email="an@cty.vn"), Person(name="Bình", email="binh@cty.vn")))


@pytest.fixture
def told() -> Company:
    notes = (
        Feedback(text="To An", cell=cell(1, 12), giver="Bình", receivers=("An",), date="2026-11-01"),
        Feedback(text="To An's address", cell=cell(2, 12), giver="Chi", receivers=("AN@cty.vn",), date="2026-11-03"),
        Feedback(text="Open", cell=cell(3, 12), receivers=("An",), visible=Visible.EVERYONE, date="2026-10-01"),
        Feedback(text="Hidden", cell=cell(4, 12), receivers=("An",), visible=Visible.NOBODY),
        Feedback(text="To no one named", cell=cell(5, 12), giver="An"),
        Coaching(cell=cell(6, 12), coach="Bình", person="An", topic="Talk", next_step="Read", date="2026-11-02"),
    )
    return company(snapshot([mine("a", 1)], cycle=CycleRecords.of(notes)), settings=PEOPLE)


@pytest.mark.parametrize(
    ("key", "address", "texts"),
    [
        (AN, "an@cty.vn", ["To An's address", "Talk", "To An", "Open"]),
        (AN, "", ["Open"]),
        (AN, "binh@cty.vn", ["Open"]),
        (AN, "chi@cty.vn", ["Open"]),
        (BINH, "binh@cty.vn", ["Talk", "To An"]),
    ],
)
def test_what_is_for_the_involved_is_on_the_own_page_of_each_of_them_alone(
    told: Company, key: str, address: str, texts: list[str]
) -> None:
    assert [note.text for note in person(told, key, address=address).notes] == texts


def test_what_was_agreed_on_is_for_the_one_who_was_coached_to_do(told: Company) -> None:
    assert ("Coaching", "Read", "", False) in shown(told, address="an@cty.vn")
    assert all(kind != "Coaching" for kind, *_ in shown(told))
    assert all(kind != "Coaching" for kind, *_ in shown(told, BINH, address="binh@cty.vn"))


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [
        (None, "2026-11-20", True),
        (CoachingState.OPEN, "2026-11-22", False),
        (CoachingState.OPEN, "2026-11-30", None),
        (CoachingState.DONE, "2026-11-20", None),
    ],
)
def test_what_was_agreed_on_is_to_be_done_until_it_is_done(
    state: CoachingState | None, due: str, late: bool | None
) -> None:
    talk = Coaching(cell=cell(6, 12), coach="Bình", person="An", next_step="Read", due=due, state=state)
    found = company(snapshot([mine("a", 1)], cycle=CycleRecords.of((talk,))), settings=PEOPLE)
    steps = [is_late for kind, _, _, is_late in shown(found, address="an@cty.vn") if kind == "Coaching"]
    assert steps == ([] if late is None else [late])


def test_a_name_that_only_a_private_row_or_the_list_of_people_holds_has_no_page_for_others(told: Company) -> None:
    assert person_page(BINH, 1, told, told, ENGLISH) is None
    assert person_page(person_key("Chi"), 1, told, told, ENGLISH) is None
    assert person(told, BINH, address="binh@cty.vn").name == "Bình"


def test_an_address_leads_to_every_name_that_it_belongs_to(told: Company) -> None:
    assert own_names("an@cty.vn", told) == {AN: "An"}
    assert own_names("BINH@cty.vn", told) == {BINH: "Bình"}
    assert own_names("chi@cty.vn", told) == {}
    assert own_names("", told) == {}


def test_the_old_address_of_a_person_leads_to_their_page_and_that_of_a_unit_stays(
    client: FlaskClient, records: Records
) -> None:
    keep(records, snapshot([mine("a", 1, unit="Kho")]))
    led = client.get(f"/unit/{AN}?lang=en&period=2026-Q4&page=2&_scheme=javascript&key=x")
    assert led.status_code == 303
    address, _, query = led.headers["Location"].partition("?")
    assert address == f"/person/{AN}"
    assert set(query.split("&")) == {"lang=en", "period=2026-Q4", "page=2"}
    assert client.get(f"/unit/{unit_key('Kho')}").status_code == 200
    assert client.get(f"/person/{unit_key('Kho')}").status_code == 404


def test_without_sign_in_the_way_to_the_own_page_says_so(client: FlaskClient, records: Records) -> None:
    keep(records, snapshot([mine("a", 1)]))
    assert "Nobody is signed in" in client.get("/me?lang=en").text
    assert 'href="/me"' not in client.get("/").text


def test_a_persons_page_says_that_nobody_is_rated(client: FlaskClient, records: Records) -> None:
    keep(records, snapshot([mine("a", 1)]))
    text = client.get(f"/person/{AN}?lang=en").text
    assert text.index("not used to rate") < text.index("To do now")


def test_hostile_texts_are_texts(client: FlaskClient, records: Records) -> None:
    hostile = "<script>1</script>"
    row = Recognition(text=hostile, cell=cell(1, 12), giver=hostile, receivers=(hostile,), date=hostile, about="A")
    open_note = Feedback(text=hostile, cell=cell(2, 12), receivers=(hostile,), kind=hostile, visible=Visible.EVERYONE)
    found = [mine("a", 1, id="A", owner=hostile, text=hostile)]
    keep(records, snapshot(found, [key_result("k", "a", text=hostile)], cycle=CycleRecords.of((row, open_note))))
    paths = (f"/person/{person_key(hostile)}", "/recognition", "/objective/a", f"/recognition?q={hostile}&person=x")
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        assert hostile not in answer.text


def test_an_address_is_a_name_only_where_nobody_bears_another() -> None:
    note = Feedback(text="Hello", cell=cell(1, 12), receivers=("an@cty.vn",))
    found = company(snapshot([mine("a", 1)], cycle=CycleRecords.of((note,))))
    key = person_key("an@cty.vn")
    assert own_names("An@cty.vn", found) == {key: "An@cty.vn"}
    assert [one.text for one in person(found, key, address="An@cty.vn").notes] == ["Hello"]


def test_of_a_very_long_list_the_rest_is_counted() -> None:
    found = company(snapshot([mine(f"o{number}", number, parent="zzz") for number in range(MOST + 3)]), today=TODAY)
    page = person(found)
    assert (len(page.to_do), page.more_to_do) == (MOST, 3)


def test_thanks_may_be_for_a_whole_unit() -> None:
    row = thanks(1, "2026-11-10", receivers=("kho", "An"))
    found = company(snapshot([mine("a", 1, unit="Kho")], cycle=CycleRecords.of((row,))))
    (told,) = recognition_page(RecognitionFilters(unit="Kho"), 1, found, ENGLISH).rows
    assert [(one.key, one.is_unit) for one in told.receivers] == [(unit_key("Kho"), True), (AN, False)]
