"""Axe, which looks at the contrast of one text of each kind: it takes milliseconds for each text, and where the next
objective or key result is painted like the one before, it tells nothing new. All other rules look at everything.

Of one kind are texts of the same size and ink, in elements of the same names, classes, roles and paint all the way up.
"""

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT, AxeResults  # type: ignore[import-untyped]
from playwright.sync_api import Page

_ONE_OF_A_KIND = """
(() => {
  const kindsOfElements = new Map();
  const kindOf = (element) => {
    if (!element) return "";
    let kind = kindsOfElements.get(element);
    if (kind === undefined) {
      const look = getComputedStyle(element);
      const own = [
        element.tagName, element.getAttribute("class"), element.getAttribute("role"), look.color, look.fill,
        look.backgroundColor, look.backgroundImage, look.opacity, look.fontSize, look.fontWeight, look.position,
        look.visibility, look.display, element.matches(":disabled, [aria-disabled=true], [hidden], [inert]"),
      ].join();
      kind = own + " < " + kindOf(element.parentElement);
      kindsOfElements.set(element, kind);
    }
    return kind;
  };
  const isShown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const seen = new Set();
  for (const element of document.querySelectorAll("*")) {
    element.removeAttribute("data-one-of-a-kind");
    const isText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    const isEntry = element.matches("input, select, textarea");
    if (!(isText || isEntry) || !isShown(element)) continue;
    const kind = kindOf(element);
    if (seen.has(kind)) continue;
    seen.add(kind);
    element.setAttribute("data-one-of-a-kind", "");
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-one-of-a-kind]" }] });
})();
"""

# The rules that look at colours: with the scheme nothing changes but those.
_OF_COLOURS = ("color-contrast", "link-in-text-block")


def violations(page: Page, *rules: str) -> list[dict[str, Any]]:
    """What Axe finds on a page, by all rules or by some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(_ONE_OF_A_KIND)
    options = {"resultTypes": ["violations"]} | ({"runOnly": [*rules]} if rules else {})
    # What is in order is left behind: it is a hundred times as much.
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(options).then(all => all.violations)", options)
    return found


def faults(page: Page, scheme: Literal["light", "dark"], *others: Literal["light", "dark"]) -> str:
    """What is in anybody's way in the first colour scheme or in the colours of others, to be read; "" for nothing."""
    page.emulate_media(color_scheme=scheme)
    found = violations(page)
    for other in others:
        page.emulate_media(color_scheme=other)
        found += violations(page, *_OF_COLOURS)
    return str(AxeResults({"violations": found}).generate_report()) if found else ""
