// The tabs at the bottom: choosing, adding, renaming. `on` says what to do: choose(id), rename(tab, title).

import { css } from "../grid/looks.js";
import { say } from "./words.js";

export class TabBar {
  #shown = "";

  constructor(list, panel, on) {
    Object.assign(this, { list, panel, on });
    list.addEventListener("keydown", (event) => this.#key(event));
  }

  show(tabs, current) {
    const listed = tabs.filter((tab) => !tab.hidden || tab.sheetId === current);
    const shown = JSON.stringify([listed, current]);
    if (shown === this.#shown || this.list.querySelector("input")) return;
    this.#shown = shown;
    const focused = this.list.contains(document.activeElement);
    this.list.replaceChildren(...listed.map((tab) => this.#button(tab, tab.sheetId === current)));
    const selected = this.list.querySelector("[aria-selected=true]");
    selected?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) selected?.focus();
  }

  #button(tab, selected) {
    const button = document.createElement("button");
    button.type = "button";
    button.id = `tab-${tab.sheetId}`;
    button.textContent = tab.title;
    button.setAttribute("role", "tab");
    button.style.boxShadow = css(tab, "tabColor") ? `inset 0 -3px ${css(tab, "tabColor")}` : "";
    button.ariaSelected = String(selected);
    button.setAttribute("aria-controls", this.panel.id);
    button.tabIndex = selected ? 0 : -1;
    if (selected) this.panel.setAttribute("aria-labelledby", button.id);
    button.addEventListener("click", () => this.on.choose(tab.sheetId));
    button.addEventListener("dblclick", () => this.#rename(button, tab));
    button.addEventListener("keydown", (event) => {
      if (event.key === "F2") this.#rename(button, tab);
    });
    return button;
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target.getAttribute("role") !== "tab") return;
    const buttons = [...this.list.children];
    const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
    next.focus();
    next.click();
  }

  #rename(button, tab) {
    const field = document.createElement("input");
    field.value = tab.title;
    field.maxLength = 100;
    field.ariaLabel = say("tabName");
    let ended = false;
    const end = (title) => {
      if (ended) return;
      ended = true;
      field.replaceWith(button);
      button.focus();
      if (title && title !== tab.title) this.on.rename(tab, title);
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) end(field.value.trim());
      else if (event.key === "Escape") end(null);
    });
    field.addEventListener("blur", () => end(field.value.trim()));
    button.replaceWith(field);
    field.select();
  }
}
