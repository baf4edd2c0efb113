// The buttons above the grid, the list of keys, and F6, which goes from one part of the page to the next.

import { ACTIONS } from "./rows.js";
import { say } from "./words.js";

export function makeTools(page, act) {
  for (const action of ACTIONS) {
    page.getElementById("tools").append(toolButton(page, action, act));
    explainKeys(page, action.keys, say(action.name));
  }
  for (const words of ["keyMove", "keyEdit", "keyLeave"]) explainKeys(page, ...say(words).split(/: (.*)/s));
  page.addEventListener("keydown", (event) => {
    if (event.key === "F6") nextPart(page, event);
  });
}

function toolButton(page, action, act) {
  const button = page.createElement("button");
  button.type = "button";
  button.textContent = say(action.name);
  button.title = action.keys;
  const keys = action.keys.replace("Ctrl", "Control").replace("↑", "ArrowUp").replace("↓", "ArrowDown");
  button.setAttribute("aria-keyshortcuts", keys);
  button.addEventListener("click", () => act(action));
  return button;
}

function explainKeys(page, name, meaning) {
  const term = page.createElement("dt");
  const description = page.createElement("dd");
  term.textContent = name;
  description.textContent = meaning;
  page.getElementById("key-list").append(term, description);
}

function nextPart(page, event) {
  event.preventDefault();
  const parts = ["stage", "tools", "formula-bar", "tabs"].map((id) => page.getElementById(id));
  const here = Math.max(0, parts.findIndex((part) => part.contains(page.activeElement)));
  const next = parts[(here + (event.shiftKey ? parts.length - 1 : 1)) % parts.length];
  next.querySelector("[tabindex='0'], button, textarea").focus();
}
