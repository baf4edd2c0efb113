// One menu for columns, rows, cells and tabs: opens at an element, is walked with the arrow keys, closes with Escape.

import { element } from "./elements.js";

const EDGE = 8;

export class Menu {
  #from = null;

  constructor(box) {
    this.box = box;
    box.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("pointerdown", (event) => {
      if (!box.hidden && !box.contains(event.target)) this.close(false);
    });
  }

  /** `groups` are {name, items: [{name, checked, on, seen}]}; `seen` is called while an item is looked at. */
  open(at, title, groups) {
    this.#from = document.activeElement;
    this.box.ariaLabel = title;
    this.box.replaceChildren(element("p", { className: "menu-title", text: title, role: "presentation" }), ...groups.map((group) => this.#group(group)));
    this.box.hidden = false;
    const { left, bottom } = at.getBoundingClientRect();
    const { width, height } = this.box.getBoundingClientRect();
    this.box.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
    this.box.style.top = `${Math.max(EDGE, Math.min(bottom + 2, innerHeight - height - EDGE))}px`;
    this.#items()[0]?.focus();
  }

  close(back = true) {
    this.box.hidden = true;
    if (back) this.#from?.focus();
  }

  #group({ name, items }) {
    const box = element("div", { className: "menu-group", role: "group", "aria-label": name });
    if (name) box.append(element("p", { className: "menu-name", text: name, role: "presentation" }));
    box.append(...items.map((item) => this.#item(item)));
    return box;
  }

  #item({ name, checked, on, seen }) {
    const role = checked === undefined ? "menuitem" : "menuitemcheckbox";
    const button = element("button", { text: name, role, tabIndex: -1 });
    if (checked !== undefined) button.ariaChecked = String(checked);
    button.addEventListener("click", () => {
      this.close();
      on();
    });
    if (seen) {
      for (const kind of ["focus", "pointerenter"]) button.addEventListener(kind, () => seen(true));
      for (const kind of ["blur", "pointerleave"]) button.addEventListener(kind, () => seen(false));
    }
    return button;
  }

  #items() {
    return [...this.box.querySelectorAll("button")];
  }

  #key(event) {
    const items = this.#items();
    const at = items.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    if (event.key === "Escape" || event.key === "Tab") this.close();
    else if (event.key in steps) items.at(steps[event.key] % items.length)?.focus();
    else if (event.key.length === 1) this.#typed(event.key.toLowerCase(), items, at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** A letter goes to the next item that begins with it; blank and Enter press as usual. */
  #typed(letter, items, at) {
    if (letter === " ") document.activeElement.click();
    else [...items.slice(at + 1), ...items].find((item) => item.textContent.toLowerCase().startsWith(letter))?.focus();
  }
}
