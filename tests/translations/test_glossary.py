"""One Vietnamese word for one thing, over commands, problems and the page: the words of teams that run OKR."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = ("sync/translations/vi/messages.po", "webapp/translations/vi/messages.po")

# An English term, and the Vietnamese words of which one stands wherever the term does.
GLOSSARY = {
    r"objectives?": ("mục tiêu", "okr"),
    r"key results?": ("kết quả then chốt", "kr", "kết quả"),
    r"targets?": ("chỉ tiêu",),
    r"scores?": ("điểm",),
    r"weights?": ("trọng số",),
    r"owners?": ("phụ trách",),
    r"departments?": ("phòng ban", "phòng"),
    r"parents?": ("cấp trên",),
    r"related objectives": ("okr chéo",),
    r"periods?": ("kỳ",),
    r"confidence": ("tự tin",),
    r"initiatives?": ("sáng kiến",),
    r"committed": ("cam kết",),
    r"aspirational": ("tham vọng",),
    r"drafts?": ("dự thảo",),
    r"reviews?": ("tổng kết",),
    r"recognition": ("ghi nhận",),
    r"feedback": ("phản hồi",),
    r"coaching": ("huấn luyện",),
    r"problems?": ("vấn đề",),
    r"spreadsheets?": ("bảng tính", "bảng"),
    r"tabs?": ("trang",),
    r"key file": ("tệp khóa",),
}
# What is no prose: facts, keys of the configuration, options, names of its sections.
NO_PROSE = re.compile(r"%?[({][^)}]*[)}]s?|\[\[?[\w.]+\]\]?|--[\w-]+|\b\w+_\w+\b|`[^`]*`")


def sentences() -> Iterator[tuple[str, str]]:
    for path in CATALOGUES:
        catalogue = read_po(io.BytesIO((ROOT / path).read_bytes()), locale="vi")
        for message in catalogue:
            english, vietnamese = (
                " ".join([text] if isinstance(text, str) else text or []) for text in (message.id, message.string)
            )
            if english:
                yield NO_PROSE.sub(" ", english), vietnamese.casefold()


SENTENCES = [*sentences()]


@pytest.mark.parametrize("term", GLOSSARY)
def test_a_term_is_the_same_word_wherever_it_is_said(term: str) -> None:
    said = [pair for pair in SENTENCES if re.search(rf"\b{term}\b", pair[0], re.IGNORECASE)]
    assert said
    assert [pair for pair in said if not any(word in pair[1] for word in GLOSSARY[term])] == []
