"""What the other tests ask of Axe is still asked of every kind of text."""

import pytest
from playwright.sync_api import Page

from tests.support.axe import faults, violations
from tests.support.tabs import Tabs

ROWS = "".join(f'<li class="row"><span>Row {number}</span> <b>done</b></li>' for number in range(50))
PAGE = f"""<!doctype html><html lang="en"><title>Rows</title><style>body {{ color: #111; background: #fff }}</style>
<main><h1>Rows</h1><ul>{ROWS}</ul><p>Text</p><label>Name <input value="x"></label></main>"""


@pytest.fixture
def page(tabs: Tabs) -> Page:
    return tabs.lend({})


def found(page: Page) -> dict[str, int]:
    """How many elements break each rule that is broken."""
    return {each["id"]: len(each["nodes"]) for each in violations(page)}


@pytest.mark.browser
def test_bad_contrast_is_found_on_one_of_each_kind_and_wherever_one_differs(page: Page) -> None:
    page.set_content(PAGE)
    assert found(page) == {}
    for rule, broken in (
        ("li:nth-child(40) b { color: #ddd }", 1),
        ("li:nth-child(30) { background: #222 }", 3),
        ("input { color: #ddd; background: #fff }", 4),
        ("h1 { color: #ccc }", 5),
    ):
        page.add_style_tag(content=rule)
        assert found(page) == {"color-contrast": broken}, rule


@pytest.mark.browser
def test_all_other_rules_look_at_everything(page: Page) -> None:
    page.set_content(PAGE.replace("<b>done</b>", "<img src='data:,'>"))
    assert found(page) == {"image-alt": 50}


@pytest.mark.browser
def test_of_another_colour_scheme_the_colours_are_looked_at(page: Page) -> None:
    page.set_content(PAGE)
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { h1 { color: #ccc } }")
    assert faults(page, "light") == ""
    assert "color-contrast" in faults(page, "light", "dark")
