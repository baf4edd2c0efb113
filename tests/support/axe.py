"""Axe, which looks at the contrast of one text of each kind: it takes milliseconds for each text, and where the next
objective or key result is painted like the one before, it tells nothing new. All other rules look at everything.

Of one kind are texts of the same size and ink, in elements of the same names, classes, roles and paint all the way up.
"""

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

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

AXE = Axe(AXE_SCRIPT + _ONE_OF_A_KIND)
