"""The pages that are written in Vietnamese quote what the program shows as it shows it."""

import io
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.support.documents import ROOT

PAGES = [ROOT / "README.vi.md", *sorted((ROOT / "docs/vi").glob("*.md"))]
CATALOGS = [ROOT / "sync/translations/vi/messages.po", *sorted(ROOT.glob("webapp/**/vi/**/*.po"))]
DESK = ROOT / "webapp/desk/page/words.js"

# What stands in people's sheets, in the configuration, or in programs of others.
OF_OTHERS = {
    "cột Loại ghi KR",
    "Có",
    "≤ 20 phút",
    "khoảng 30",
    "Zalo Bot Manager",
    "Post to a channel when a webhook request is received",
    "Hiện tại",
    "không có",
    "0,75 từ 2 trên 3",
    "Nháp",
    "chỉ ghi nếu chưa đổi",
}


@cache
def shown() -> str:
    """Everything that commands and pages say in Vietnamese, and what the mapping desk says."""
    texts = [
        str(message.string) for path in CATALOGS for message in read_po(io.BytesIO(path.read_bytes()), locale="vi")
    ]
    return "\n".join([*texts, DESK.read_text(encoding="utf-8")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_quoted_word_is_the_programs(page: Path) -> None:
    quoted = re.findall(r"“([^”]*)”", " ".join(page.read_text(encoding="utf-8").split()))
    unknown = [words for words in quoted if words not in OF_OTHERS and words.rstrip("… ") not in shown()]
    assert unknown == []
