"""How each thing is known again: by its ID or its words, wherever it stands."""

from sync.reading import BookReading
from tests.support.grids import at, codes, grid, read_all


def keys(reading: BookReading) -> list[str]:
    return [*(found.key for found in reading.objectives), *(found.key for found in reading.key_results)]


def test_keys_survive_moved_rows_and_columns_and_a_renamed_tab() -> None:
    by = 'title = "*"\nobjective.text = "O"\nkey_result.text = "KR"'
    one = read_all([grid("O | KR\no | a\np | b")], by)
    other = read_all([grid("|\nKR | x | O\nb | | P\na | | O", "OKR mới")], by)
    assert sorted(keys(one)) == sorted(keys(other))


def test_an_id_keeps_a_reworded_key_result_the_same() -> None:
    by = 'key_result = { id = "Mã", text = "KR" }'
    one, other = read_all([grid("Mã | KR\nK1 | a")], by), read_all([grid("Mã | KR\nk1 | hoàn toàn khác")], by)
    assert keys(one) == keys(other)


def test_one_key_result_text_under_two_objectives_is_two_key_results() -> None:
    reading = read_all([grid("O | KR\no | a\np | a")], 'objective.text = "O"\nkey_result.text = "KR"')
    assert len(set(keys(reading))) == 4
    assert codes(reading) == []


def test_a_key_result_that_stands_twice_is_told_and_kept_apart() -> None:
    reading = read_all([grid("O | KR\no | a\n | a")], 'objective.text = "O"\nkey_result.text = "KR"')
    assert len(set(keys(reading))) == 3
    assert [(found.code, found.cell, dict(found.facts)["other"]) for found in reading.problems] == [
        ("duplicate", at("B3"), "B2")
    ]


def test_one_key_result_of_two_people_is_no_duplicate() -> None:
    by = 'objective.text = "O"\nkey_result = { text = "KR", owner = "Ai" }'
    reading = read_all([grid("O | KR | Ai\no | a | An\n | a | Bình")], by)
    assert len(set(keys(reading))) == 3
    assert codes(reading) == []


def test_quarters_side_by_side_have_keys_of_their_own() -> None:
    table = "   |    | Q1 | Q2\nO | KR | Nay | Nay\no | a | 1 | 2"
    by = 'objective.text = "O"\nkey_result = {{ text = "KR", current = {{ header = "Nay", under = "{}" }} }}'
    reading = read_all([grid(table)], by.format("Q1"), by.format("Q2"))
    assert len(set(keys(reading))) == 4
    assert [found.current.number for found in reading.key_results] == [1, 2]
    assert keys(read_all([grid(table)], by.format("Q1")))[0] in keys(reading)
