// One menu for columns, rows, cells and tabs: opens at an element, is walked with the arrow keys or by typing what an
// item begins with, closes with Escape.

import { element } from "./elements.js";
import { say } from "./words.js";

const EDGE = 8;
// Letters that follow each other within this time, in milliseconds, are one word.
const ONE_WORD = 800;
// Where there are more groups, they stand side by side as far as there is room.
const FEW_GROUPS = 2;

export class Menu {
  #from = null;
  #word = "";
  #typedAt = 0;

  constructor(box) {
    this.box = box;
    box.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("pointerdown", (event) => {
      if (!box.hidden && !box.contains(event.target)) this.close(false);
    });
  }

  /**
   * `groups` are {name, items: [{name, checked, on, seen}], more}; `seen` is called while an item is looked at, and
   * `more` are items that stand behind a fold. `isWide` groups stand side by side.
   */
  open(at, title, groups, isWide = groups.length > FEW_GROUPS) {
    this.#from = document.activeElement;
    this.box.ariaLabel = title;
    this.box.classList.toggle("wide", isWide);
    this.box.replaceChildren(
      element("p", { className: "menu-title", text: title, role: "presentation" }),
      element("div", { className: "menu-groups", role: "presentation", children: groups.map((group) => this.#group(group)) }),
    );
    this.box.hidden = false;
    this.box.scrollTop = 0;
    const { left, bottom } = at.getBoundingClientRect();
    const { width, height } = this.box.getBoundingClientRect();
    this.box.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
    this.box.style.top = `${Math.max(EDGE, Math.min(bottom + 2, innerHeight - height - EDGE))}px`;
    const first = this.#items()[0];
    if (!first) return;
    // A menu that is longer than the window is reached, and scrolled, by its items.
    first.tabIndex = 0;
    first.focus();
  }

  close(back = true) {
    this.box.hidden = true;
    if (back) this.#from?.focus();
  }

  #group({ name, items, more = [] }) {
    const box = element("div", { className: "menu-group", role: "group", "aria-label": name });
    if (name) box.append(element("p", { className: "menu-name", text: name, role: "presentation" }));
    box.append(...items.map((item) => this.#item(item)), ...(more.length ? [this.#fold(more)] : []));
    return box;
  }

  /** Takes the place of items that are seldom meant, until it is pressed. */
  #fold(more) {
    const fold = element("button", { className: "fold", text: say("moreWays", { count: more.length }), role: "menuitem", tabIndex: -1, onClick: () => {
      const items = more.map((item) => this.#item(item));
      fold.replaceWith(...items);
      items[0].focus();
    } });
    return fold;
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
    else if (event.key === "ArrowRight") this.#groupBeside(1);
    else if (event.key === "ArrowLeft") this.#groupBeside(-1);
    else if (event.key.length === 1) this.#typed(event, items, at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The first item of the next group, or of the one before. */
  #groupBeside(step) {
    const groups = [...this.box.querySelectorAll(".menu-group")];
    const at = groups.indexOf(document.activeElement.closest(".menu-group"));
    groups.at((at + step) % groups.length)?.querySelector("button")?.focus();
  }

  /** Letters go to the next item that begins with them, with or without accents; blank and Enter press as usual. */
  #typed({ key, timeStamp }, items, at) {
    const goesOn = timeStamp - this.#typedAt < ONE_WORD;
    if (key === " " && !(goesOn && this.#word)) {
      document.activeElement.click();
      return;
    }
    this.#word = (goesOn ? this.#word : "") + plain(key);
    this.#typedAt = timeStamp;
    // One letter again and again walks through all that begin with it; a word stays where it fits.
    const first = this.#word.length > 1 ? at : at + 1;
    const fitting = [...items.slice(first), ...items].find((item) => plain(item.textContent).startsWith(this.#word));
    if (fitting) fitting.focus();
  }
}

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").replaceAll("đ", "d");
