"""The page as somebody sees it who reads no English: every page that a link leads to, in Vietnamese."""

import re
from html.parser import HTMLParser

from sync.config.standing import IN_FORCE
from tests.demo.conftest import Sample
from webapp.web.app import page_of

# Each stands in nearly every English sentence and in no Vietnamese one. Terms such as “key result” have none of them.
ENGLISH = {"the", "of", "and", "is", "are", "was", "with", "for", "this", "that", "has", "not", "what", "where", "by"}
# What is folded away on the map alone makes thousands, which are not looked at.
MOST_PAGES = 300


class _Text(HTMLParser):
    """What is read of a page, also by a screen reader, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._silent += tag in ("script", "style")
        self.texts += [text for name in ("title", "aria-label", "placeholder", "alt") if (text := said.get(name))]
        if tag == "a" and said.get("href"):
            self.links.append(str(said["href"]))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))


def is_english(text: str) -> bool:
    return bool(ENGLISH & {*re.findall(r"[a-z]+", text.lower())})


def english_in_sheets(sample: Sample) -> list[str]:
    """What people wrote in English; one of the sample's departments does."""
    cells = (cells for book in sample.workbooks for cells in sample.sheets.cells(book.path.stem).values())
    texts = {" ".join(str(value).split()) for tab in cells for value in tab.values() if isinstance(value, str)}
    return sorted(filter(is_english, texts), key=len, reverse=True)


def without(theirs: list[str], text: str) -> str:
    """What a page says besides; a line may hold a part of a text of a sheet alone."""
    if any(text.rstrip("…") in written for written in theirs):
        return ""
    for written in theirs:
        text = text.replace(written, "")
    return text


def test_no_page_of_the_sample_says_an_english_sentence_to_who_reads_vietnamese(sample: Sample) -> None:
    client = page_of(sample.config, sample.records, lambda: IN_FORCE).test_client()
    theirs = english_in_sheets(sample)
    waiting, seen = ["/"], {"/"}
    english: dict[str, str] = {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        answer = client.get(path, headers={"Accept-Language": "vi"}, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        page = _Text()
        page.feed(answer.text)
        for text in page.texts:
            if is_english(without(theirs, text)):
                english[text] = path
        for link in page.links:
            target = link.partition("#")[0]
            if target.startswith("/") and target not in seen and not re.search("lang=en|fold=", target):
                seen.add(target)
                waiting.append(target)
    assert len(seen) > 20
    assert english == {}


def test_what_it_looks_for_is_found_where_the_page_is_english(sample: Sample) -> None:
    client = page_of(sample.config, sample.records, lambda: IN_FORCE).test_client()
    page, theirs = _Text(), english_in_sheets(sample)
    page.feed(client.get("/problems", headers={"Accept-Language": "en"}).text)
    assert sum(is_english(without(theirs, text)) for text in page.texts) > 10
