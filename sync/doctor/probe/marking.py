"""Facts about marks (developer metadata on rows): could a write be refused where its rows have moved meanwhile?

Nothing of ours relies on them. They tell whether a guard could take the place of repair (docs/reliability.md, "A guard
that may be possible"), so either answer is as good as the other; only a batch that is carried out by half is not.
"""

from sync.doctor.probe.fact import Fact, Observation, compared
from sync.doctor.probe.scratch import Json, Scratch, rows_of
from sync.google import SheetsError
from sync.google.shapes import update_requests

_KEY = "okr-sheets.guard"


def _guard_that_holds(scratch: Scratch) -> Observation:
    scratch.lay(["before"])
    scratch.change(_deletion(_marked(scratch, 0), 0, scratch), *_write(scratch))
    return compared([rows_of(scratch.tab(), 1, 1)[0][0], _marks(scratch)], ["after", []])


def _guard_that_should_refuse(scratch: Scratch) -> Observation:
    """The write must not be carried out where the mark has moved with its row."""
    scratch.lay(["before"])
    mark = _marked(scratch, 0)
    try:
        scratch.change({"insertDimension": {"range": scratch.strip("ROWS", 0, 1), "inheritFromBefore": False}})
        refusal = _refusal(scratch, _deletion(mark, 0, scratch))
        written = rows_of(scratch.tab(), 1, 1)[0][0] == "after"
        marks = _marks(scratch)
        told = f"refused: {refusal.status} {refusal.detail}" if refusal else "not refused"
        text = f"{told}; {'written' if written else 'not written'}; marks at {marks}"
        return Observation(text, marks == [1] and written is (refusal is None))
    finally:
        scratch.change({"deleteDimension": {"range": scratch.strip("ROWS", 0, 1)}})
        _unmark(scratch)


def _marks_when_sorted(scratch: Scratch) -> Observation:
    scratch.lay(["b"], ["a"])
    _marked(scratch, 0)
    try:
        scratch.sort(2, 1)
        marks = _marks(scratch)
        told = {"[0]": "the mark stays at its place", "[1]": "the mark goes with its row"}.get(str(marks))
        return Observation(told or f"marks at {marks}", told is not None)
    finally:
        _unmark(scratch)


def _left_behind(scratch: Scratch) -> Observation:
    """What a process that was killed between marking and writing leaves, and whether it can be found and taken away."""
    scratch.lay(["a"], ["b"])
    for row in (0, 1):
        _marked(scratch, row)
    before = _marks(scratch)
    _unmark(scratch)
    return compared([before, _marks(scratch)], [[0, 1], []])


def _marked(scratch: Scratch, row: int) -> int:
    """Mark a row; the mark's ID."""
    location = {"dimensionRange": scratch.strip("ROWS", row, row + 1)}
    mark = {"metadataKey": _KEY, "location": location, "visibility": "PROJECT"}
    answer = scratch.change({"createDeveloperMetadata": {"developerMetadata": mark}})
    return int(answer["replies"][0]["createDeveloperMetadata"]["developerMetadata"]["metadataId"])


def _deletion(mark: int, row: int, scratch: Scratch) -> Json:
    """The request that deletes a mark only where it stands at this row."""
    place = {"dimensionRange": scratch.strip("ROWS", row, row + 1)}
    wanted = {"metadataId": mark, "metadataLocation": place, "locationMatchingStrategy": "EXACT_LOCATION"}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": wanted}}}


def _write(scratch: Scratch) -> list[Json]:
    return update_requests([scratch.entry(0, 0, "after")])


def _refusal(scratch: Scratch, guard: Json) -> SheetsError | None:
    try:
        scratch.change(guard, *_write(scratch))
    except SheetsError as error:
        return error
    return None


def _ours(scratch: Scratch) -> Json:
    """All our marks on the tab."""
    place = {"sheetId": scratch.sheet_id}
    wanted = {"metadataKey": _KEY, "metadataLocation": place, "locationMatchingStrategy": "INTERSECTING_LOCATION"}
    return {"developerMetadataLookup": wanted}


def _marks(scratch: Scratch) -> list[int]:
    """The rows that are marked."""
    answer = scratch.ask(
        "developerMetadata:search", "/developerMetadata:search", body={"dataFilters": [_ours(scratch)]}
    )
    found = [each["developerMetadata"]["location"] for each in answer.get("matchedDeveloperMetadata", [])]
    return sorted(int(place["dimensionRange"].get("startIndex", 0)) for place in found)


def _unmark(scratch: Scratch) -> None:
    if _marks(scratch):
        scratch.change({"deleteDeveloperMetadata": {"dataFilter": _ours(scratch)}})


FACTS = (
    Fact("a mark in its place", "deleted and the cell written in one batch", _guard_that_holds),
    Fact(
        "a mark that moved away",
        "either the batch that names its old place is refused whole, or it is carried out and the mark stays",
        _guard_that_should_refuse,
    ),
    Fact(
        "marks when rows are sorted", "either they stay at their place, or they go with their row", _marks_when_sorted
    ),
    Fact("marks left behind", "found by their key, and deleted in one request", _left_behind),
)
