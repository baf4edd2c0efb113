// The page itself: the sheet on one side, what it means on the other. Every click is sent to the desk, whose answer is
// all that is shown.

import { cellName, letters } from "../grid/a1.js";
import { Book } from "../grid/book.js";
import { moved } from "../grid/moves.js";
import { GridView } from "../grid/view.js";
import { Adornments, KINDS } from "./adornments.js";
import { Desk, Picture } from "./api.js";
import { Ending } from "./ending.js";
import { element } from "./elements.js";
import { Menu } from "./menu.js";
import { Menus } from "./menus.js";
import { PANELS, content, nameOf } from "./panels.js";
import { ScoresInSight } from "./scores.js";
import { say } from "./words.js";

const FIRST_ROWS = 300;

const byId = (id) => document.getElementById(id);

class Page {
  #typed = null;
  #dragging = false;

  constructor() {
    this.desk = new Desk();
    this.picture = new Picture();
    this.menus = new Menus(this, new Menu(byId("menu")));
    this.grid = byId("grid");
    this.adornments = new Adornments((column, chip) => this.menus.column(column, chip));
    this.view = new GridView(this.grid, byId("head"), byId("body"), this.adornments);
    this.book = new Book(this.picture, (tab) => this.sight(tab));
    this.ending = new Ending(byId("dialog"), this.desk, (state) => this.show(state));
    this.panel = PANELS[0];
    this.scores = new ScoresInSight(this.desk, (more) => this.moreScores(more), (failure) => this.tell(failure));
    this.view.onSight = () => this.need();
    this.book.onSeen = () => this.seen();
    this.book.onMore = (moved_) => this.view.refresh(moved_);
    this.book.onReach = (failure) => { if (failure) this.tell(failure); };
  }

  async start() {
    try {
      this.choices = await this.desk.choices();
      this.state = await this.desk.state(null);
    } catch (failure) {
      this.tell(failure);
      return;
    }
    this.listen();
    this.show(this.state);
    await this.book.open(this.state.tab.sheetId);
  }

  sight(tab) {
    const { from, to, rest } = tab === this.view.tab ? this.view.sight(tab) : this.view.sight(tab, 0);
    return { from, to: Math.max(to, tab === this.view.tab ? to : FIRST_ROWS), rest };
  }

  listen() {
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.grid.addEventListener("pointerdown", (event) => this.point(event));
    this.grid.addEventListener("pointermove", (event) => this.drag(event));
    byId("column-menu").addEventListener("click", (event) => this.menus.column(this.view.place.column, event.currentTarget));
    byId("row-menu").addEventListener("click", (event) => this.menus.row(event.currentTarget));
    byId("cell-menu").addEventListener("click", (event) => this.menus.cell(event.currentTarget));
    byId("tab-menu").addEventListener("click", (event) => this.menus.tab(event.currentTarget));
    byId("undo").addEventListener("click", () => this.change("undo"));
    byId("redo").addEventListener("click", () => this.change("redo"));
    byId("read").addEventListener("click", () => this.readAgain());
    byId("save").addEventListener("click", () => this.ending.save(this.state).catch((failure) => this.tell(failure)));
    byId("try").addEventListener("click", () => this.ending.tryOut(this.state));
    for (const list of [byId("panels"), byId("tabs")]) list.addEventListener("keydown", stepThroughTabs);
    window.addEventListener("keydown", (event) => this.shortcut(event));
  }

  /** All that is shown comes from here. */
  show(state) {
    this.state = state;
    document.title = `${state.title} · okr-sheets`;
    byId("title").textContent = state.title;
    byId("undo").disabled = !state.canUndo;
    byId("redo").disabled = !state.canRedo;
    const soFar = state.rowsRead === null ? "" : ` · ${say("rowsSoFar", { count: state.rowsRead })}`;
    byId("state").textContent = say(stateOf(state), { path: state.path }) + soFar;
    byId("failure").replaceChildren();
    this.adornments.wear(state.tab);
    this.scores.told(state.tab);
    if (this.view.tab?.sheetId === state.tab.sheetId) {
      this.view.refresh(false);
      this.need();
    }
    this.showTabs();
    this.showPanels();
    this.legend();
    this.describe();
    if (state.rowsRead !== null) this.rest(state);
  }

  /** What all rows of a long workbook give, once they are read; of no more use where somebody clicked meanwhile. */
  async rest(shown) {
    try {
      const state = await this.desk.whole(shown.tab.sheetId, this.scores.span);
      if (this.state === shown) this.show(state);
    } catch (failure) {
      if (this.state === shown) this.tell(failure);
    }
  }

  seen() {
    const { tab } = this.book;
    const again = this.view.tab?.sheetId === tab.sheetId;
    this.view.show(tab, again ? this.view.place : { row: 0, column: 0 });
    if (!again && tab.sheetId === this.state.tab.sheetId) this.seeQuestion();
    this.describe();
    this.need();
  }

  /** The rows in sight, as they look and with what their score cells take. */
  need() {
    this.book.need();
    if (this.view.tab?.sheetId === this.state.tab.sheetId) this.scores.need(this.view.sight(this.view.tab));
  }

  moreScores(more) {
    this.adornments.takeScores(more);
    this.view.refresh(false);
  }

  showTabs() {
    const { tabs, tab } = this.state;
    byId("tabs").replaceChildren(...tabs.map((each) => element("button", {
      className: each.refused ? "faulty" : "", role: "tab", id: `tab-${each.sheetId}`, "aria-selected": String(each.sheetId === tab.sheetId),
      "aria-controls": "stage", tabIndex: each.sheetId === tab.sheetId ? 0 : -1, title: each.why || (each.reads && say("readsAs", { reads: each.reads })),
      children: [element("span", { text: each.title }), element("span", { className: `part part-${each.part}`, text: say(`part_${each.part}`) })],
      onClick: () => this.openTab(each.sheetId),
    })));
    byId("stage").setAttribute("aria-labelledby", `tab-${tab.sheetId}`);
  }

  showPanels() {
    byId("panels").replaceChildren(...PANELS.map((panel) => element("button", {
      text: nameOf(panel, this.state), role: "tab", id: `view-${panel}`, "aria-selected": String(panel === this.panel), "aria-controls": "panel",
      tabIndex: panel === this.panel ? 0 : -1,
      onClick: () => {
        this.panel = panel;
        this.showPanels();
        byId(`view-${panel}`).focus();
      },
    })));
    byId("panel").setAttribute("aria-labelledby", `view-${this.panel}`);
    byId("panel").replaceChildren(...content(this.panel, this.state, {
      edit: (edit) => this.edit(edit),
      go: (sheetId, place) => this.go(sheetId, place),
      see: (place) => this.see(place),
      text: (text) => this.takeText(text),
      typed: () => this.#typed,
      typing: (text) => { this.#typed = text; },
      discard: () => {
        this.#typed = null;
        this.showPanels();
      },
    }));
  }

  /** Only what the tab has: a legend of all would not fit into a line. */
  legend() {
    const { rows, takesScores, cells } = this.state.tab;
    const item = (className, mark, word) => element("li", { className, children: [element("b", { text: mark }), ` ${say(word)}`] });
    const kinds = Object.entries(KINDS).filter(([letter]) => rows.includes(letter)).map(([, { name, mark }]) => item(`row-${name}`, mark, name));
    byId("legend").replaceChildren(
      ...kinds,
      ...(takesScores ? [item("of-score", "→", "score")] : []),
      ...(Object.keys(cells).length ? [item("said-chip", "", "forAll")] : []),
    );
  }

  describe() {
    const { row, column } = this.view.place;
    const speaking = this.view.tab ? this.menus.speaking({ row, column }) : { row, column };
    byId("column-menu").textContent = say("column", { name: letters(column) });
    byId("row-menu").textContent = say("row", { name: this.rowsNamed() });
    byId("cell-menu").textContent = say("cell", { name: cellName(speaking.row, speaking.column) });
    byId("tab-menu").textContent = say("tab");
    byId("held").textContent = this.book.tab?.shown(speaking.row, speaking.column) ?? "";
  }

  rowsNamed() {
    if (!this.view.tab) return "1";
    const { top, bottom } = this.view.area;
    return bottom - top > 1 ? `${top + 1}–${bottom}` : String(top + 1);
  }

  async change(what, body = {}) {
    document.body.ariaBusy = "true";
    try {
      this.show(await this.desk.change(what, { sheetId: this.state.tab.sheetId, ...this.scores.span, ...body }));
      return true;
    } catch (failure) {
      this.tell(failure);
      return false;
    } finally {
      document.body.ariaBusy = "false";
    }
  }

  async edit(edit) {
    if (await this.change("edit", edit) && edit.do === "answer") this.seeQuestion();
  }

  async takeText(text) {
    if (await this.change("text", { text })) {
      this.#typed = null;
      this.showPanels();
    }
  }

  async readAgain() {
    if (!await this.change("read")) return;
    this.picture.again();
    await this.book.poll();
  }

  tell(failure) {
    byId("failure").replaceChildren(element("p", { text: failure.message || say("unreachable") }));
  }

  async openTab(sheetId) {
    try {
      this.show(await this.desk.state(sheetId));
    } catch (failure) {
      this.tell(failure);
      return;
    }
    byId(`tab-${sheetId}`).focus();
    await this.book.open(sheetId);
  }

  /** Shows the place that the first question is about, without taking the focus. */
  seeQuestion() {
    const [first] = this.state.questions;
    if (first && this.panel === PANELS[0]) this.see(first.where);
  }

  see({ sheetId, row, column }) {
    if (row !== null && sheetId === this.view.tab?.sheetId) this.select({ row, column });
  }

  async go(sheetId, place) {
    if (sheetId !== this.state.tab.sheetId) await this.openTab(sheetId);
    this.view.select(place);
    this.describe();
    this.need();
    this.grid.focus({ preventScroll: true });
  }

  // Where it is looked

  look(rows) {
    this.adornments.look(rows);
    this.view.refresh(false);
  }

  // Pointer and keys

  select(place, reach = place) {
    this.view.select(place, reach);
    this.describe();
    this.need();
  }

  point(event) {
    const places = this.view.tab && event.button === 0 && this.view.placesOf(event.target);
    if (!places) return;
    const isHeader = event.target.closest(".header") !== null;
    this.#dragging = true;
    window.addEventListener("pointerup", () => {
      this.#dragging = false;
      const { row } = event.target.closest(".header")?.dataset ?? {};
      if (isHeader && row !== undefined) this.menus.row(event.target.closest(".header"));
    }, { once: true });
    this.view.select(event.shiftKey ? this.view.place : places[0], isHeader ? { ...places[1], column: places[0].column } : places[1], null);
    this.describe();
  }

  drag(event) {
    if (!this.#dragging || event.pointerType === "touch") return;
    const places = this.view.placesOf(document.elementFromPoint(event.clientX, event.clientY));
    if (places && places[1].row !== this.view.reach.row) {
      this.view.select(this.view.place, { row: places[1].row, column: this.view.place.column }, null);
      this.describe();
    }
  }

  key(event) {
    if (!this.view.tab) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const menus = { c: "column-menu", r: "row-menu", e: "cell-menu" };
    const menu = plain && menus[event.key.toLowerCase()];
    if (menu || event.key === "Enter") byId(menu || "column-menu").click();
    else if (event.key === "F6") byId("column-menu").focus();
    else if (event.altKey || event.key === "Tab") return;
    else {
      const from = event.shiftKey ? this.view.reach : this.view.place;
      const place = moved(event, this.view.tab, from, this.view.pageRows);
      if (!place) return;
      this.select(event.shiftKey ? this.view.place : place, place);
    }
    event.preventDefault();
  }

  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.target.matches("textarea, input") || byId("dialog").open) return;
    const key = event.key.toLowerCase();
    if (key === "z") this.change(event.shiftKey ? "redo" : "undo");
    else if (key === "y") this.change("redo");
    else if (key === "s") byId("save").click();
    else return;
    event.preventDefault();
  }
}

function stateOf({ isSaved, isPractice }) {
  if (!isSaved) return "unsaved";
  return isPractice ? "savedForPractice" : "saved";
}

function stepThroughTabs(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.children];
  buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).click();
}

new Page().start();
