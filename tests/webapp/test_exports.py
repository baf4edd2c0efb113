"""What machines and spreadsheet programs are given: JSON by its published schema, CSV that computes nothing, gzip."""

import csv
import gzip
import io
import json
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sync.config.settings import PageSettings
from sync.domain.cycle_records import Coaching, CycleRecords, Feedback, Person, Recognition
from sync.domain.memory import PassResult
from sync.domain.okr import Amount, CheckIn, Initiative, InitiativeState, Kind, Level, Status
from sync.domain.problems import problem
from sync.domain.scoring import Bands
from sync.records import Records
from tests.demo.conftest import open_sample
from tests.support.hostile import HOSTILE, hostile_company
from tests.webapp.companies import NOW, SHEET, URL, a_pass, amount, cell, keep, key_result, objective, snapshot
from webapp.exports.csv import harmless
from webapp.web.app import create_app
from webapp.web.encoding import Part, gzipped, joined

ROOT = Path(__file__).parents[2]
SCHEMA: dict[str, Any] = json.loads((ROOT / "webapp/static/alignment.schema.json").read_text(encoding="utf-8"))


def strict(schema: Any) -> Any:
    """The schema without room for fields that it does not name."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if schema.get("type") == "object" else {}
    return {name: strict(value) for name, value in schema.items()} | closed


def faults(content: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(strict(SCHEMA), format_checker=jsonschema.FormatChecker())
    return [error.message for error in validator.iter_errors(content)]


def rows(text: str, delimiter: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


@pytest.fixture
def filled(records: Records) -> Records:
    """Two objectives of which one supports the other, a key result of each kind, a stray one, a draft and a problem."""
    parts = [
        key_result(
            "k", "c", id="KR1", text="Khách mới", owner="Bình", measure="khách", weight=Decimal(2), confidence="Ổn"
        ),
        key_result(
            "share", "c", 2, start=Amount(Decimal("0.1"), "10%", "%"), current=Amount(Decimal("0.455"), "45,5%", "%")
        ),
        key_result("none", "d", 5, current=Amount(), start=amount("-1.5"), target=Amount(Decimal(5), "≤ 5", limit="≤")),
        key_result("stray", "", 12),
        key_result("planned", "draft", 15),
    ]
    company = [
        objective("c", id="O1", text="Dẫn đầu", owner="An", unit="Ban giám đốc", period="Q4/2026", kind=Kind.COMMITTED),
        objective("d", 5, level=Level.DEPARTMENT, parent="O1", weight=Decimal("0.5")),
        objective("bare", 9),
        objective("draft", 15, text="Nháp thử", owner="An", status=Status.DRAFT),
    ]
    said = problem("not-a-number", cell(1, 4), text="mười", field="Hiện tại", example="10")
    keep(records, snapshot(company, parts, problems=(said,)))
    return records


def test_the_schema_is_valid_and_published(client: FlaskClient) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    answer = client.get("/static/alignment.schema.json")
    assert (answer.json, answer.mimetype) == (SCHEMA, "application/json")


def test_the_alignment_keeps_to_its_schema(client: FlaskClient, records: Records) -> None:
    assert faults(client.get("/alignment.json").json) == []
    assert client.get("/alignment.json").status_code == 503


@pytest.mark.usefixtures("filled")
def test_the_alignment_keeps_to_its_schema_with_everything_in_it(client: FlaskClient) -> None:
    found = client.get("/alignment.json").json
    assert found is not None
    assert faults(found) == []
    assert faults(found | {"secret": 1}) != []
    assert found["objectives"][1]["parent"] == {"objective": "c", "key_result": ""}
    assert found["objectives"][0]["key_results"][0]["weight"] == 2
    assert [stray["key"] for stray in found["stray_key_results"]] == ["stray"]
    codes = ["not-a-number", "no-key-result", "no-owner", "too-few-key-results"]
    assert [each["code"] for each in found["problems"]] == codes
    assert [(each["code"], each["cell"]["a1"]) for each in found["before_live"]] == [("too-few-key-results", "A16")]


def test_the_sample_company_keeps_to_the_schema(tmp_path: Path) -> None:
    """As a worker reads it from a Sheets server."""
    with ExitStack() as opened:
        sample = open_sample(tmp_path, opened)
        client = create_app(sample.records, sample.config.page, sample.config.scoring.bands, {}).test_client()
        found = client.get("/alignment.json").json
        tables = [rows(client.get(f"{path}?lang=en").text, ",") for path in ("/alignment.csv", "/problems.csv")]
    assert found is not None
    assert faults(found) == []
    assert len(found["spreadsheets"]) == len(sample.config.spreadsheet)
    key_results = [each for objective in found["objectives"] for each in objective["key_results"]]
    assert {row["Key result"] for row in tables[0]} - {""} == {each["text"] for each in key_results}
    told = [*found["problems"], *found["before_live"]]
    assert [row["Code"] for row in tables[1]] == [each["code"] for each in told]


def test_how_fresh_it_is_does_not_wait_for_a_change(records: Records, filled: Records) -> None:
    client = create_app(records, PageSettings(), Bands(), {SHEET: 300}).test_client()
    with time_machine.travel(NOW + timedelta(seconds=10), tick=False):
        first = client.get("/alignment.json")
        assert (first.json or {})["status"] == "ok"
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        found = client.get("/alignment.json", headers={"If-None-Match": first.headers["ETag"]}).json or {}
    assert (found["status"], found["spreadsheets"][0]["stale"]) == ("degraded", True)
    filled.record(a_pass(PassResult.FAILED, message="network"))
    assert (client.get("/alignment.json").json or {})["status"] == "degraded"


def test_a_number_that_json_cannot_hold_is_left_out(client: FlaskClient, records: Records) -> None:
    keep(records, snapshot([objective("o")], [key_result("k", "o", current=amount("1e400", text="1e400"))]))
    found = client.get("/alignment.json").json or {}
    assert found["objectives"][0]["key_results"][0]["current"] == {"number": None, "text": "1e400", "unit": ""}


@pytest.mark.usefixtures("filled")
def test_the_table_has_a_row_for_each_key_result(client: FlaskClient) -> None:
    answer = client.get("/alignment.csv?lang=en")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=alignment.csv"
    found = rows(answer.text, ",")
    assert [(row["Objective"], row["Key result"]) for row in found] == [
        ("Dẫn đầu", "Khách mới"),
        ("Dẫn đầu", "Key result share"),
        ("Objective d", "Key result none"),
        ("Objective bare", ""),
        ("Nháp thử", "Key result planned"),
        ("", "Key result stray"),
    ]
    first = found[0]
    assert (first["Level"], first["Kind"], first["Status"]) == ("Company", "committed", "active")
    assert (first["Start"], first["Current"], first["Target"], first["Measure"]) == ("30", "36", "50", "khách")
    assert (first["Score of the key result"], first["Band"]) == ("0.3000", "at risk")
    assert (first["Spreadsheet"], first["Cell"], first["Link"]) == ("OKR 2026", "OKR!B2", f"{URL}#gid=7&range=B2")
    assert (found[1]["Start"], found[1]["Current"]) == ("10%", "45.5%")
    assert (found[2]["Supports"], found[2]["Start"], found[2]["Target"]) == ("Dẫn đầu", "-1.5", "≤ 5")
    assert (found[2]["Current"], found[2]["Why no score"]) == ("", "not measured yet")


@pytest.fixture
def at_work(records: Records) -> Records:
    """A key result that is due, with an initiative and a check-in; and records around it, one of them private."""
    part = key_result("k", "c", id="KR1", text="Khách mới", due="2026-12-31", due_cell=cell(1, 6))
    check_in = CheckIn(
        key_result="KR1",
        cell=cell(21),
        date="2026-11-20",
        value=amount("12"),
        before=amount("10"),
        confidence="Ổn",
        confidence_level=Decimal(7),
        obstacle="=Thiếu người",
        next_step="Tuyển",
        author="An",
    )
    served = Initiative(
        text="Gọi",
        cell=cell(20),
        id="S1",
        key_results=("KR1",),
        objective="O1",
        owner="An",
        start="2026-10-01",
        due="2026-11-01",
        status="Đang làm",
        state=InitiativeState.DOING,
        progress=Amount(Decimal("0.4"), "40%", "%"),
    )
    whole = replace(
        snapshot([objective("c", id="O1", text="Dẫn đầu")], [part]),
        check_ins=(check_in,),
        initiatives=(served, Initiative(text="Họp", cell=cell(22), objective="O1")),
        cycle=CycleRecords(
            recognitions=(Recognition(text="Lời cảm ơn", cell=cell(23), receivers=("Bình",)),),
            feedback=(Feedback(text="Lời góp ý", cell=cell(24), receivers=("Bình",)),),
            coachings=(Coaching(cell=cell(25), coach="An", person="Bình", topic="Lời khuyên"),),
            people=(Person(name="Bình", cell=cell(26), email="binh@example.com"),),
        ),
    )
    keep(records, whole)
    return records


@pytest.mark.usefixtures("at_work")
def test_due_dates_initiatives_and_check_ins_are_in_the_json(client: FlaskClient) -> None:
    found = client.get("/alignment.json").json or {}
    assert faults(found) == []
    [company] = found["objectives"]
    [part] = company["key_results"]
    assert part["due"] == "2026-12-31"
    [served], [others] = part["initiatives"], company["initiatives"]
    assert (served["start"], served["due"], served["state"], served["progress"]) == (
        "2026-10-01",
        "2026-11-01",
        "doing",
        0.4,
    )
    assert (others["text"], others["state"], others["progress"]) == ("Họp", None, None)
    [check_in] = part["check_ins"]
    assert (check_in["value"]["number"], check_in["before"]["number"]) == (12, 10)
    assert (check_in["confidence"], check_in["confidence_level"]) == ("Ổn", 7)
    assert (check_in["obstacle"], check_in["next_step"], check_in["author"]) == ("=Thiếu người", "Tuyển", "An")


@pytest.mark.usefixtures("at_work")
def test_due_dates_initiatives_and_check_ins_are_in_the_tables(client: FlaskClient) -> None:
    [part] = rows(client.get("/alignment.csv?lang=en").text, ",")
    assert part["Due"] == "2026-12-31"
    first, _ = rows(client.get("/initiatives.csv?lang=en").text, ",")
    assert (first["Initiative"], first["Key result"], first["Begins"], first["Due"], first["Progress"]) == (
        "Gọi",
        "KR1",
        "2026-10-01",
        "2026-11-01",
        "0.4",
    )
    [check_in] = rows(client.get("/check-ins.csv?lang=vi").text, ";")
    assert (check_in["Ngày"], check_in["Giá trị trước"], check_in["Giá trị"]) == ("2026-11-20", "10", "12")
    assert check_in["Khó khăn"] == "'=Thiếu người"


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize(
    "path", ["/alignment.json", "/alignment.csv", "/initiatives.csv", "/check-ins.csv", "/problems.csv", "/metrics"]
)
def test_what_is_said_about_people_is_in_no_export(client: FlaskClient, path: str) -> None:
    said = client.get(path).text
    assert not [secret for secret in ("Lời", "binh@example.com") if secret in said]


@pytest.mark.usefixtures("filled")
def test_a_vietnamese_reader_gets_what_excel_reads_in_vietnam(client: FlaskClient) -> None:
    found = rows(client.get("/alignment.csv").text, ";")
    assert found[0]["Kết quả then chốt"] == "Khách mới"
    assert (found[0]["Điểm kết quả then chốt"], found[1]["Hiện tại"], found[2]["Ban đầu"]) == (
        "0,3000",
        "45,5%",
        "-1,5",
    )


@pytest.mark.usefixtures("filled")
def test_the_problems_as_a_table(client: FlaskClient) -> None:
    row, *others = rows(client.get("/problems.csv?lang=en").text, ",")
    assert (row["Severity"], row["Code"], row["Cell"]) == ("error", "not-a-number", "OKR!E2")
    assert "mười" in row["Problem"]
    assert row["What to do"]
    assert [(other["Code"], other["Draft"]) for other in others if other["Draft"]] == [
        ("too-few-key-results", "Nháp thử")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(A1)",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\u202e=1",
        "\x00=1",
        "-",
        "=",
    ],
)
def test_what_could_be_computed_is_made_a_text(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["", "Tăng trưởng", "-5", "+3", "-1.234,5", "-45,5%", "a=b", "1+1", "an@cty.vn", "12-2026"]
)
def test_what_computes_nothing_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_hostile_cell_leaves_its_field_or_begins_a_formula_and_the_json_holds_it_as_it_is(
    client: FlaskClient, records: Records, text: str
) -> None:
    keep(records, hostile_company(text))
    for path, (language, delimiter) in product(("/alignment.csv", "/problems.csv"), (("vi", ";"), ("en", ","))):
        table = client.get(f"{path}?lang={language}").text.removeprefix("\ufeff")
        header, *found = csv.reader(io.StringIO(table), delimiter=delimiter, strict=True)
        assert found, path
        assert {len(row) for row in found} == {len(header)}, path
        begins = [field.lstrip(" \u200b")[:1] for row in found for field in row]
        assert [first for first in begins if first in tuple("=+-@\t\r\n＝＋－＠")] == [], path
    content = client.get("/alignment.json").json
    assert content is not None
    assert faults(content) == []
    assert content["objectives"][0]["text"] == text


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("path", ["/alignment.json", "/alignment.csv", "/problems.csv"])
def test_an_unchanged_export_is_not_sent_twice(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "path",
    ["/", "/problems", "/objective/c", "/alignment.json", "/alignment.csv", "/static/style.css", "/static/page.js"],
)
def test_texts_cross_the_wire_compressed_where_the_browser_takes_it(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    refused = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == refused.data
    assert len(packed.data) < len(plain.data)
    assert packed.headers["Content-Length"] == str(len(packed.data))
    for answer in (plain, packed, refused):
        assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers


def test_a_tiny_answer_is_sent_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.usefixtures("filled")
def test_an_error_page_is_compressed_too(app: Flask) -> None:
    answer = app.test_client().get("/nothing", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 404
    assert b"<!doctype html>" in gzip.decompress(answer.data)


def test_parts_that_were_compressed_apart_are_one_file() -> None:
    kept = tuple(Part(text) for text in ("a" * 70_000 + "Ổn", "", "end"))
    for between in ("", "now", "Điểm" * 20_000):
        parts = joined(kept, Part(between))
        whole = b"".join(part.plain for part in parts)
        assert gzip.decompress(gzipped(parts)) == whole
        assert whole.decode() == between.join(("a" * 70_000 + "Ổn", "", "end"))
    assert kept[0].deflated is kept[0].deflated
