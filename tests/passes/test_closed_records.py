"""What was learned stays with the results of a closed period; all else around OKRs goes on as the sheet says."""

from datetime import UTC, datetime

from sync.domain.closing import closed
from sync.domain.periods import CALENDAR_YEARS
from sync.domain.snapshot import Snapshot
from sync.passes.closed import ClosedPeriods, Okrs
from sync.reading import BookReading
from tests.support.grids import grid, read_all

AT = datetime(2027, 1, 20, tzinfo=UTC)
BY = (
    'title = "OKR"\nobjective = { text = "O", period = "Kỳ" }\nkey_result = { text = "KR" }',
    'title = "Bài học"\nreview = { about = "KR", lesson = "Bài học" }',
    'title = "Ghi nhận"\nrecognition = { text = "Vì", receiver = "Cho", about = "KR" }',
)
OKR = grid("O | Kỳ | KR\nCũ | Q4/2026 | a\nMới | Q1/2027 | b", "OKR", 1)
THANKS = grid("Vì | Cho | KR\nGiúp nhau | Bình | a", "Ghi nhận", 3)


def read(lessons: str) -> BookReading:
    return read_all([OKR, grid(f"KR | Bài học\n{lessons}", "Bài học", 2), THANKS], *BY)


def view(reading: BookReading) -> Snapshot:
    return Snapshot(
        spreadsheet="book",
        title="",
        url="",
        taken_at=AT,
        objectives=reading.objectives,
        key_results=reading.key_results,
        cycle=reading.cycle,
    )


def frozen(last: Snapshot) -> ClosedPeriods:
    return ClosedPeriods((closed(last, CALENDAR_YEARS.period("Q4/2026"), CALENDAR_YEARS, AT),))


def test_only_the_reviews_of_the_period_are_kept_with_its_results() -> None:
    [kept] = frozen(view(read("a | Sớm hơn\nb | Ít hơn"))).periods
    assert [found.lesson for found in kept.results.cycle] == ["Sớm hơn"]  # type: ignore[union-attr]


def test_a_lesson_that_is_reworded_later_stays_as_it_was_and_a_lost_one_is_there() -> None:
    closed_periods = frozen(view(read("a | Sớm hơn\nb | Ít hơn")))
    for now in ("a | Khác hẳn\nb | Ít hơn", "b | Ít hơn"):
        reading = read(now)
        okrs = Okrs(reading.objectives, reading.key_results, (), (), reading.cycle)
        shown = closed_periods.instead(okrs).cycle
        assert sorted(found.lesson for found in shown.reviews) == ["Sớm hơn", "Ít hơn"]
        assert shown.recognitions == reading.cycle.recognitions


def test_the_sheet_need_not_go_on_holding_the_reviews_of_what_is_closed() -> None:
    last = view(read("a | Sớm hơn\nb | Ít hơn"))
    left = frozen(last).left_in(last)
    assert left is not None
    assert [found.about for found in left.cycle.reviews] == ["b"]
    assert left.cycle.recognitions == last.cycle.recognitions
