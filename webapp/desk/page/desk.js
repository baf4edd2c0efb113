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

// What a cell above a table most often says.
const FACTS = [["objective", "period"], ["objective", "unit"], ["objective", "owner"]];

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
    byId("state").textContent = say(stateOf(state), { path: state.path });
    byId("failure").replaceChildren();
    this.adornments.wear(state.tab);
    if (this.view.tab?.sheetId === state.tab.sheetId) this.view.refresh(false);
    this.showTabs();
    this.showPanels();
    this.legend();
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

  /** Only what the tab has: a legend of all would not fit into a line. */
  legend() {
    const { rows, scores, cells } = this.state.tab;
    const item = (className, mark, word) => element("li", { className, children: [element("b", { text: mark }), ` ${say(word)}`] });
    const kinds = Object.entries(KINDS).filter(([letter]) => rows.includes(letter)).map(([, { name, mark }]) => item(`row-${name}`, mark, name));
    byId("legend").replaceChildren(
      ...kinds,
      ...(Object.keys(scores).length ? [item("of-score", "→", "score")] : []),
      ...(Object.keys(cells).length ? [item("said-chip", "", "forAll")] : []),
    );
  }

  describe() {
    const { row, column } = this.view.place;
    const speaking = this.view.tab ? this.speaking({ row, column }) : { row, column };
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

  async columnMenu(column, at) {
    this.select({ row: this.view.place.row, column });
    const { header, likely: found } = await this.desk.likely(this.state.tab.sheetId, column).catch((failure) => {
      this.tell(failure);
      return { header: "", likely: [] };
    });
    const own = this.state.tab.columns[column] ?? [];
    const groups = this.groups().map(({ record, kind, name, fields, placed }) => {
      const has = (field) => own.some((role) => role.record === record && role.kind === kind && role.field === field);
      const edit = (field, more) => () => this.edit({ do: "role", column, record, kind, field, ...more });
      const items = fields.map(({ field, name: text }) => ({ name: text, checked: has(field), on: edit(field, { on: !has(field) }) }));
      const more = fields.filter(({ field }) => SEVERAL_COLUMNS.includes(field) && placed.includes(field) && !has(field));
      return { name, items, more: more.map(({ field, name: text }) => ({ name: say("also", { text }), on: edit(field, { also: true }) })) };
    });
    const likely = { name: say("likely"), items: found.map(({ record, field, name }) => ({ name, on: () => this.edit({ do: "role", column, record, field }) })) };
    const nothing = { name: "", items: [{ name: say("nothing"), checked: own.length === 0, on: () => this.edit({ do: "unused", column }) }] };
    // Of a column that is something, what comes first by Enter takes that away and nothing else.
    const first = own.length || !found.length ? [nothing, likely] : [likely, nothing];
    const title = header ? say("whatIsHeaded", { name: letters(column), header }) : say("whatIs", { name: letters(column) });
    this.menu.open(at.isConnected ? at : byId("column-menu"), title, [...first.filter(({ items }) => items.length), ...groups]);
  }

  /** The records of the tab, several kinds of key results apart, each with the fields that it may have. */
  groups() {
    const { groups } = this.state.tab;
    const own = groups.length ? groups : this.choices.map((choice) => ({ ...choice, kind: 0, placed: [] }));
    return own.map((group) => ({ ...group, fields: this.choices.find(({ record }) => record === group.record).fields }));
  }

  async rowMenu(at) {
    const { top: row } = this.view.area;
    const { alike, leaves, ends } = await this.desk.like(this.state.tab.sheetId, row).catch((failure) => {
      this.tell(failure);
      return { alike: [], leaves: [], ends: [] };
    });
    const item = (edit, tellsCounted) => ({ condition, said, count, counted, rows, examples }) => ({
      name: say(tellsCounted && counted ? "rowsCounted" : "rows", { said, count, counted, examples: examples.map((text) => `“${text}”`).join(", ") }),
      on: () => this.edit({ ...edit, condition }),
      seen: (looked) => this.look(looked ? rows : []),
    });
    const group = (name, found, edit, takesAway = false) => {
      const [shown, folded] = parted(found, takesAway);
      return { name, items: shown.map(item(edit, takesAway)), more: folded.map(item(edit, takesAway)) };
    };
    const kinds = this.state.tab.groups.filter(({ record }) => record === "key_result");
    const path = (kind) => (kinds.length > 1 ? ["key_result", kind, "when"] : ["key_result", "when"]);
    const groups = [
      group(say("leaveOut"), leaves, { do: "condition", path: ["skip"] }, true),
      group(say("endsHere"), ends, { do: "condition", path: ["until"] }, true),
      group(say("isObjective"), alike, { do: "condition", path: ["objective", "when"] }),
      ...kinds.map(({ kind, name }) => group(say("isKind", { name }), alike, { do: "condition", path: path(kind) })),
      group(say("isAnother"), alike, { do: "another" }),
    ].filter(({ items, more }) => items.length + more.length);
    const header = { name: alike.length ? "" : say("noAlike"), items: [{ name: say("isHeader"), on: () => this.edit({ do: "header", row }) }] };
    this.menu.open(at.isConnected ? at : byId("row-menu"), say("whatRow", { name: this.rowsNamed() }), [...groups, header], false);
  }

  cellMenu(at) {
    this.select(this.speaking(this.view.place));
    const { row, column } = this.view.place;
    const all = this.groups().filter(({ record }) => RECORDS_OF_A_CELL.includes(record));
    const item = (record, kind, field, name) => ({ name, on: () => this.edit({ do: "place", row, column, record, kind, field }) });
    const groups = all.map(({ record, kind, name, fields }) => ({
      name, items: fields.filter(({ field }) => field !== "score").map(({ field, name: text }) => item(record, kind, field, text)),
    }));
    const likely = FACTS.map(([record, field]) => {
      const { name, fields } = all.find((group) => group.record === record);
      return item(record, 0, field, `${name}: ${fields.find((each) => each.field === field).name}`);
    });
    const held = this.book.tab?.shown(row, column) ?? "";
    const title = held ? say("whatCell", { name: cellName(row, column), text: held }) : say("emptyCell", { name: cellName(row, column) });
    this.menu.open(at, title, [{ name: say("likely"), items: likely }, ...groups]);
  }

  /** The cell whose text is seen in an empty one, over which it goes on; else the cell itself. */
  speaking({ row, column }) {
    const { left } = this.view.box({ row, column });
    for (let at = column; at >= 0; at -= 1) {
      if (this.view.tab.shown(row, at) !== "") {
        const text = byId(`cell-${row}-${at}`)?.querySelector(".text");
        const reaches = text && text.getBoundingClientRect().right - this.grid.getBoundingClientRect().left > left;
        return { row, column: reaches ? at : column };
      }
    }
    return { row, column };
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

/**
 * Offers to show at once, and those behind the fold: of each way to tell rows apart the first, but none by which
 * something is missing in the row while there are others, and none that takes away rows that count.
 */
function parted(found, takesAway) {
  const safe = found.filter(({ counted }) => !takesAway || counted === 0);
  const first = safe.filter((each) => safe.find(({ kind }) => kind === each.kind) === each);
  const telling = first.filter(({ kind }) => kind !== "blank");
  const shown = telling.length ? telling : first;
  return [shown, found.filter((each) => !shown.includes(each))];
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
