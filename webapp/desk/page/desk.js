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
import { PANELS, content, nameOf } from "./panels.js";
import { say } from "./words.js";

const FIRST_ROWS = 300;
const RECORDS_OF_A_CELL = ["objective", "key_result"];
// Fields of which one column for each period, or for each adjustment, may hold the value.
const SEVERAL_COLUMNS = ["start", "target", "current", "progress"];

const byId = (id) => document.getElementById(id);

class Page {
  #typed = null;
  #dragging = false;

  constructor() {
    this.desk = new Desk();
    this.picture = new Picture();
    this.menu = new Menu(byId("menu"));
    this.grid = byId("grid");
    this.adornments = new Adornments((column, chip) => this.columnMenu(column, chip));
    this.view = new GridView(this.grid, byId("head"), byId("body"), this.adornments);
    this.book = new Book(this.picture, (tab) => this.sight(tab));
    this.ending = new Ending(byId("dialog"), this.desk, (state) => this.show(state));
    this.panel = PANELS[0];
    this.view.onSight = () => this.book.need();
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
    this.legend();
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
    byId("column-menu").addEventListener("click", (event) => this.columnMenu(this.view.place.column, event.currentTarget));
    byId("row-menu").addEventListener("click", (event) => this.rowMenu(event.currentTarget));
    byId("cell-menu").addEventListener("click", (event) => this.cellMenu(event.currentTarget));
    byId("tab-menu").addEventListener("click", (event) => this.tabMenu(event.currentTarget));
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
    byId("state").textContent = state.isSaved ? say("saved", { path: state.path }) : say("unsaved");
    byId("failure").replaceChildren();
    this.adornments.wear(state.tab);
    if (this.view.tab?.sheetId === state.tab.sheetId) this.view.refresh(false);
    this.showTabs();
    this.showPanels();
    this.describe();
  }

  seen() {
    const { tab } = this.book;
    const again = this.view.tab?.sheetId === tab.sheetId;
    this.view.show(tab, again ? this.view.place : { row: 0, column: 0 });
    this.describe();
    this.book.need();
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
      text: (text) => this.takeText(text),
      typed: () => this.#typed,
      typing: (text) => { this.#typed = text; },
      discard: () => {
        this.#typed = null;
        this.showPanels();
      },
    }));
  }

  legend() {
    const kinds = Object.values(KINDS).map(({ name, mark }) => element("li", { className: `row-${name}`, children: [element("b", { text: mark }), ` ${say(name)}`] }));
    byId("legend").replaceChildren(...kinds, element("li", { className: "of-score", children: [element("b", { text: "→" }), ` ${say("score")}`] }));
  }

  describe() {
    const { row, column } = this.view.place;
    byId("column-menu").textContent = say("column", { name: letters(column) });
    byId("row-menu").textContent = say("row", { name: this.rowsNamed() });
    byId("cell-menu").textContent = say("cell", { name: cellName(row, column) });
    byId("tab-menu").textContent = say("tab");
    byId("held").textContent = this.book.tab?.shown(row, column) ?? "";
  }

  rowsNamed() {
    if (!this.view.tab) return "1";
    const { top, bottom } = this.view.area;
    return bottom - top > 1 ? `${top + 1}–${bottom}` : String(top + 1);
  }

  async change(what, body = {}) {
    document.body.ariaBusy = "true";
    try {
      this.show(await this.desk.change(what, { sheetId: this.state.tab.sheetId, ...body }));
      return true;
    } catch (failure) {
      this.tell(failure);
      return false;
    } finally {
      document.body.ariaBusy = "false";
    }
  }

  edit(edit) {
    return this.change("edit", edit);
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

  async go(sheetId, place) {
    if (sheetId !== this.state.tab.sheetId) await this.openTab(sheetId);
    this.view.select(place);
    this.describe();
    this.book.need();
    this.grid.focus({ preventScroll: true });
  }

  // Menus

  columnMenu(column, at) {
    this.select({ row: this.view.place.row, column });
    const own = this.state.tab.columns[column] ?? [];
    const groups = this.groups().map(({ record, kind, name, fields, placed }) => {
      const has = (field) => own.some((role) => role.record === record && role.kind === kind && role.field === field);
      const edit = (field, more) => () => this.edit({ do: "role", column, record, kind, field, ...more });
      const items = fields.map(({ field, name: text }) => ({ name: text, checked: has(field), on: edit(field, { on: !has(field) }) }));
      const more = fields.filter(({ field }) => SEVERAL_COLUMNS.includes(field) && placed.includes(field) && !has(field));
      return { name, items: [...items, ...more.map(({ field, name: text }) => ({ name: say("also", { text }), on: edit(field, { also: true }) }))] };
    });
    const nothing = { name: "", items: [{ name: say("nothing"), checked: own.length === 0, on: () => this.edit({ do: "unused", column }) }] };
    this.menu.open(at, say("whatIs", { name: letters(column) }), [nothing, ...groups]);
  }

  /** The records of the tab, several kinds of key results apart, each with the fields that it may have. */
  groups() {
    const { groups } = this.state.tab;
    const own = groups.length ? groups : this.choices.map((choice) => ({ ...choice, kind: 0, placed: [] }));
    return own.map((group) => ({ ...group, fields: this.choices.find(({ record }) => record === group.record).fields }));
  }

  async rowMenu(at) {
    const { top: row } = this.view.area;
    const { alike, ends } = await this.desk.like(this.state.tab.sheetId, row).catch((failure) => {
      this.tell(failure);
      return { alike: [], ends: [] };
    });
    const items = (found, edit) => found.map(({ condition, said, count, rows, examples }) => ({
      name: say("rows", { said, count, examples: examples.map((text) => `“${text}”`).join(", ") }),
      on: () => this.edit({ ...edit, condition }),
      seen: (looked) => this.look(looked ? rows : []),
    }));
    const when = this.state.tab.groups.filter(({ record }) => record === "key_result").map(({ kind, name }, at_, all) => ({
      name: say("isKind", { name }), items: items(alike, { do: "condition", path: all.length > 1 ? ["key_result", kind, "when"] : ["key_result", "when"] }),
    }));
    const groups = [
      { name: say("leaveOut"), items: items(alike, { do: "condition", path: ["skip"] }) },
      { name: say("endsHere"), items: items(ends, { do: "condition", path: ["until"] }) },
      { name: say("isObjective"), items: items(alike, { do: "condition", path: ["objective", "when"] }) },
      ...when,
      { name: say("isAnother"), items: items(alike, { do: "another" }) },
    ].filter((group) => group.items.length);
    const header = { name: alike.length ? "" : say("noAlike"), items: [{ name: say("isHeader"), on: () => this.edit({ do: "header", row }) }] };
    this.menu.open(at, say("whatRow", { name: this.rowsNamed() }), [...groups, header]);
  }

  cellMenu(at) {
    const { row, column } = this.view.place;
    const groups = this.groups().filter(({ record }) => RECORDS_OF_A_CELL.includes(record)).map(({ record, kind, name, fields }) => ({
      name,
      items: fields.filter(({ field }) => field !== "score").map(({ field, name: text }) => ({
        name: text, on: () => this.edit({ do: "place", row, column, record, kind, field }),
      })),
    }));
    this.menu.open(at, say("whatCell", { name: cellName(row, column) }), groups);
  }

  tabMenu(at) {
    const { title, entries } = this.state.tab;
    const item = (name, what, checked) => ({ name: say(name), checked, on: () => !checked && this.edit({ do: what }) });
    const items = [item("takesPart", "take", entries.length > 0), item("noPart", "leave", entries.length === 0)];
    this.menu.open(at, say("whatTab", { name: title }), [{ name: "", items }]);
  }

  look(rows) {
    this.adornments.look(rows);
    this.view.refresh(false);
  }

  // Pointer and keys

  select(place, reach = place) {
    this.view.select(place, reach);
    this.describe();
    this.book.need();
  }

  point(event) {
    const places = this.view.tab && event.button === 0 && this.view.placesOf(event.target);
    if (!places) return;
    const isHeader = event.target.closest(".header") !== null;
    this.#dragging = true;
    window.addEventListener("pointerup", () => {
      this.#dragging = false;
      const { row } = event.target.closest(".header")?.dataset ?? {};
      if (isHeader && row !== undefined) this.rowMenu(event.target.closest(".header"));
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

function stepThroughTabs(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.children];
  buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).click();
}

new Page().start();
