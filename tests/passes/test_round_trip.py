"""Any OKRs, laid out in any combination of the ways that people have, read back as the same OKRs.

A model of OKRs is drawn, then a layout: how objectives and key results share rows, where the header is, in which order
the columns stand, how numbers are written. The sheet is built by one piece of code here, the mapping beside it says
what was built, and the reading engine must give the model back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.config.mapping import TabMapping
from sync.domain.cells import Area
from sync.domain.grid import Book, Scalar, Tab
from sync.reading import read_book
from sync.reading.numbers import number_language
from tests.support.examples import examples

Row = list[Scalar]

NUMBERS = ("Ban đầu", "Chỉ tiêu", "Hiện tại")
# Where the three numbers stand under a group of their own, these follow behind it.
AFTER = ("Phụ trách", "Trọng số", "Tình trạng", "Điểm")
TOLD = {"owner": "Phụ trách", "weight": "Trọng số"}

SHAPES = ("repeated", "blank below", "merged", "type column", "numbered", "two tabs", "side by side", "lines")


@dataclass(frozen=True)
class Measured:
    """A key result of the model."""

    text: str
    start: Decimal
    target: Decimal
    current: Decimal
    owner: str
    weight: Decimal


@dataclass(frozen=True)
class Goal:
    """An objective of the model."""

    text: str
    key_results: tuple[Measured, ...]


@dataclass(frozen=True)
class Layout:
    """How the model is laid out."""

    shape: str
    locale: str
    as_text: bool
    group_header: bool
    titles: int
    spacers: bool
    totals: bool
    cancelled: bool
    order: tuple[int, ...]


words = st.sampled_from(["Tăng doanh thu", "Giữ khách hàng", "Grow", "Học hỏi", "Giảm chi phí", "Đội ngũ vững mạnh"])
numbers = st.decimals(min_value=-9999, max_value=9_999_999, places=1, allow_nan=False, allow_infinity=False)
owners = st.sampled_from(["An", "Bình", "Chi"])


@st.composite
def models(draw: st.DrawFn) -> tuple[Goal, ...]:
    counts = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    return tuple(
        Goal(
            f"{draw(words)} {number}",
            tuple(
                Measured(
                    f"{draw(words)} {number}-{place}",
                    draw(numbers),
                    draw(numbers),
                    draw(numbers),
                    draw(owners),
                    Decimal(draw(st.integers(1, 5))),
                )
                for place in range(count)
            ),
        )
        for number, count in enumerate(counts)
    )


layouts = st.builds(
    Layout,
    shape=st.sampled_from(SHAPES),
    locale=st.sampled_from(["vi_VN", "en_US", "de_DE", "pt_BR", "ja_JP"]),
    as_text=st.booleans(),
    group_header=st.booleans(),
    titles=st.integers(0, 4),
    spacers=st.booleans(),
    totals=st.booleans(),
    cancelled=st.booleans(),
    order=st.permutations(range(10)).map(tuple),
)


@settings(max_examples=examples(100))
@given(model=models(), layout=layouts)
def test_what_people_lay_out_reads_back_as_they_meant_it(model: tuple[Goal, ...], layout: Layout) -> None:
    tabs, mappings = Sheet(layout).build(model)
    book = Book("id", "OKR", "http://127.0.0.1/", layout.locale, "Asia/Ho_Chi_Minh", tuple(tabs))
    reading = read_book(book, [TabMapping.model_validate(mapping) for mapping in mappings])
    assert [problem.code for problem in reading.problems] == []
    texts = {objective.key: objective.text for objective in reading.objectives}
    understood = {
        (texts[found.objective], found.text.partition(" | ")[0]): (
            found.start.number,
            found.target.number,
            found.current.number,
        )
        for found in reading.key_results
    }
    meant = {
        (goal.text, found.text): (found.start, found.target, found.current)
        for goal in model
        for found in goal.key_results
    }
    assert understood == meant
    if layout.shape != "lines":
        told: dict[str, tuple[str, Decimal | None]] = {
            found.text: (found.owner, found.weight) for found in reading.key_results
        }
        assert told == {found.text: (found.owner, found.weight) for goal in model for found in goal.key_results}


class Sheet:
    """Builds tabs and their mapping for one layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.language = number_language(layout.locale)

    def build(self, model: Sequence[Goal]) -> tuple[list[Tab], list[dict[str, Any]]]:
        shape = self.layout.shape
        if shape == "two tabs":
            return self._two_tabs(model)
        if shape == "side by side":
            return self._side_by_side(model)
        if shape == "lines":
            return self._lines(model)
        return self._rows(model)

    # Numbers

    def number(self, value: Decimal) -> Scalar:
        return self.language.unmistakable(value) if self.layout.as_text else float(value)

    # Shapes

    def _rows(self, model: Sequence[Goal]) -> tuple[list[Tab], list[dict[str, Any]]]:
        """One row for each key result, or rows of objectives and of key results."""
        mixed = self.layout.shape in ("type column", "numbered")
        columns = ["Loại", "Mục tiêu", "Kết quả", *NUMBERS, "Phụ trách", "Trọng số", "Tình trạng", "Điểm"]
        rows: list[dict[str, Scalar]] = []
        merges: list[tuple[int, int]] = []
        for number, goal in enumerate(model, 1):
            first = len(rows)
            if mixed:
                mark = "O" if self.layout.shape == "type column" else number
                rows.append({"Loại": mark, "Mục tiêu": goal.text})
            for place, found in enumerate(goal.key_results, 1):
                row = self._measured(found)
                if mixed:
                    row["Loại"] = "KR" if self.layout.shape == "type column" else f"{number}.{place}"
                    row["Mục tiêu"] = found.text
                elif self.layout.shape == "repeated" or place == 1:
                    row["Mục tiêu"] = goal.text
                rows.append(row)
            if self.layout.shape == "merged" and len(goal.key_results) > 1:
                merges.append((first, len(rows)))
            if self.layout.shape != "merged":
                rows += [{}] * self.layout.spacers
                rows += [{**self._measured(goal.key_results[0]), "Tình trạng": "Huỷ"}] * self.layout.cancelled
        if self.layout.totals:
            rows.append({"Loại": "Tổng", "Điểm": 0.5, "Chỉ tiêu": 100})
        objective: dict[str, Any] = {"text": "Mục tiêu"}
        key_result = {"text": "Mục tiêu" if mixed else "Kết quả", **self._fields(), **TOLD}
        if mixed:
            marks = ("O", "KR") if self.layout.shape == "type column" else (r"\d+$", r"\d+\.\d+$")
            test = "is" if self.layout.shape == "type column" else "matches"
            objective["when"] = {"header": "Loại", test: marks[0]}
            key_result["when"] = {"header": "Loại", test: marks[1]}
        skip = {"header": "Tình trạng", "is": "Huỷ"}
        mapping = {"title": "OKR", "skip": skip, "objective": objective, "key_result": key_result}
        if self.layout.totals:
            mapping["until"] = {"header": "Loại", "is": "Tổng"}
        return [self._tab("OKR", 0, columns, rows, merges)], [mapping]

    def _two_tabs(self, model: Sequence[Goal]) -> tuple[list[Tab], list[dict[str, Any]]]:
        objectives: list[dict[str, Scalar]] = []
        key_results: list[dict[str, Scalar]] = []
        for number, goal in enumerate(model, 1):
            objectives.append({"Mã": f"O{number}", "Mục tiêu": goal.text})
            key_results += [
                {"Mã": f"O{number}", "Kết quả": each.text, **self._measured(each)} for each in goal.key_results
            ]
        columns = ["Mã", "Kết quả", *NUMBERS, "Phụ trách", "Trọng số", "Điểm"]
        tabs = [self._tab("O", 1, ["Mã", "Mục tiêu"], objectives), self._tab("KR", 2, columns, key_results)]
        fields = {"text": "Kết quả", "objective": "Mã", **self._fields(), **TOLD}
        return tabs, [
            {"title": "O", "objective": {"text": "Mục tiêu", "id": "Mã"}},
            {"title": "KR", "key_result": fields},
        ]

    def _side_by_side(self, model: Sequence[Goal]) -> tuple[list[Tab], list[dict[str, Any]]]:
        most = max(len(goal.key_results) for goal in model)
        names = ("Kết quả", *NUMBERS, "Phụ trách", "Trọng số")
        columns = ["Mục tiêu", *(f"{name} {place}" for place in range(1, most + 1) for name in names)]
        rows: list[dict[str, Scalar]] = [
            {
                "Mục tiêu": goal.text,
                **{
                    f"{name} {place}": value
                    for place, found in enumerate(goal.key_results, 1)
                    for name, value in self._measured(found).items()
                },
            }
            for goal in model
        ]
        fields: dict[str, Any] = {
            "repeat": [str(place) for place in range(1, most + 1)],
            "text": "Kết quả {}",
            "start": "Ban đầu {}",
            "target": "Chỉ tiêu {}",
            "current": "Hiện tại {}",
            "owner": "Phụ trách {}",
            "weight": "Trọng số {}",
        }
        mapping = {"title": "OKR", "objective": {"text": "Mục tiêu"}, "key_result": fields}
        return [self._tab("OKR", 0, columns, rows)], [mapping]

    def _lines(self, model: Sequence[Goal]) -> tuple[list[Tab], list[dict[str, Any]]]:
        def line(found: Measured) -> str:
            start, target, current = (
                self.language.unmistakable(each) for each in (found.start, found.target, found.current)
            )
            return f"- {found.text} | {start} | {target} | {current}"

        rows: list[dict[str, Scalar]] = [
            {"Mục tiêu": goal.text, "Kết quả": "\n".join(line(found) for found in goal.key_results)} for goal in model
        ]
        bar = r"\| ([^|]+)"
        fields = {
            "text": "Kết quả",
            "each": r"^- (.+)$",
            "start": {"field": "text", "pattern": rf"^[^|]+{bar}"},
            "target": {"field": "text", "pattern": rf"^[^|]+\| [^|]+{bar}"},
            "current": {"field": "text", "pattern": r"\| ([^|]+)$"},
        }
        mapping = {"title": "OKR", "objective": {"text": "Mục tiêu"}, "key_result": fields}
        tab = self._tab("OKR", 0, ["Mục tiêu", "Kết quả"], rows)
        return [tab], [mapping]

    # Tables

    def _measured(self, found: Measured) -> dict[str, Scalar]:
        return {
            "Kết quả": found.text,
            "Ban đầu": self.number(found.start),
            "Chỉ tiêu": self.number(found.target),
            "Hiện tại": self.number(found.current),
            "Phụ trách": found.owner,
            "Trọng số": int(found.weight),
        }

    def _fields(self) -> dict[str, Any]:
        """The sources of the numbers; below a group where the header has two rows."""
        group = {"under": "Quý 4"} if self.layout.group_header else {}
        named = {"start": "Ban đầu", "target": "Chỉ tiêu", "current": "Hiện tại"}
        return {field: {"header": header, **group} for field, header in named.items()}

    def _tab(
        self,
        title: str,
        sheet_id: int,
        columns: list[str],
        rows: list[dict[str, Scalar]],
        merges: Sequence[tuple[int, int]] = (),
    ) -> Tab:
        """A table below some title lines; a second header row above names the group of the three numbers."""
        grouped = self.layout.group_header and "Ban đầu" in columns
        ordered = self._ordered(columns, grouped)
        values: list[Row] = [[f"Công ty Sao Mai – trang {line}"] for line in range(self.layout.titles)]
        if grouped:
            values.append(["Quý 4" if name == "Ban đầu" else "Khác" if name in AFTER else None for name in ordered])
        values.append([*ordered])
        first = len(values)
        values += [[row.get(name) for name in ordered] for row in rows]
        column = ordered.index("Mục tiêu") if "Mục tiêu" in ordered else 0
        areas = tuple(Area(first + top, column, first + bottom, column + 1) for top, bottom in merges)
        return Tab(sheet_id, title, values, merges=areas)

    def _ordered(self, columns: list[str], grouped: bool) -> list[str]:
        """The columns in the drawn order; a group stays together, before all others of its kind."""
        drawn = [columns[place] for place in self.layout.order if place < len(columns)]
        drawn += [name for name in columns if name not in drawn]
        if not grouped:
            return drawn
        after = [name for name in AFTER if name in columns]
        return [name for name in drawn if name not in (*NUMBERS, *after)] + [*NUMBERS] + after
