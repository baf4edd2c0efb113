// The page itself: keys, pointers and the address bar on one side, the spreadsheet on the other.

import { cellName, readHash, writeHash } from "./a1.js";
import { Api, ApiFailure } from "./api.js";
import { Book } from "./book.js";
import { remarks } from "./cells.js";
import { copyCell, pasted } from "./clipboard.js";
import { Editor } from "./editor.js";
import { enteredText } from "./entered.js";
import { Messages } from "./messages.js";
import { below, moved } from "./moves.js";
import { ACTIONS } from "./rows.js";
import { TabBar } from "./tabs.js";
import { makeTools } from "./tools.js";
import { GridView } from "./view.js";
import { labelPage, say } from "./words.js";

const POLL_EVERY = 1_000;
// Browsers refuse an address that changes as fast as a held key repeats.
const ADDRESS_AFTER = 150;

const byId = (id) => document.getElementById(id);

class Page {
  #addressing = 0;

  constructor() {
    const spreadsheetId = location.pathname.split("/")[3];
    this.grid = byId("grid");
    this.messages = new Messages(document);
    this.book = new Book(new Api(spreadsheetId));
    this.view = new GridView(this.grid, byId("head"), byId("body"));
    this.editor = new Editor(byId("editor"), byId("formula"), this.view);
    this.tabs = new TabBar(byId("tabs"), byId("stage"), {
      choose: (sheetId) => this.openTab(sheetId),
      rename: (tab, title) => this.renameTab(tab, title),
    });
    this.view.onScroll = () => this.editor.follow();
    this.book.onSeen = (differences, anew) => this.seen(differences, anew);
    this.book.onReach = (failure) => this.reached(failure);
    this.editor.onBar = () => this.edit({ bar: true });
    this.editor.onCommit = (place, text, event) => this.committed(place, text, event);
    this.editor.onCancel = () => this.focusGrid();
  }

  async start() {
    labelPage(document);
    makeTools(document, (action) => this.act(action));
    this.listen();
    const { gid, place } = readHash(location.hash);
    this.wanted = place ?? { row: 0, column: 0 };
    await this.book.open(gid);
    if (gid !== null && this.book.tab && this.book.tab.sheetId !== gid) this.messages.fail(say("noTab"));
    if (document.activeElement === document.body) this.focusGrid();
    this.watch();
  }

  get tab() {
    return this.book.tab;
  }

  get place() {
    return this.view.place;
  }

  listen() {
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.grid.addEventListener("pointerdown", (event) => this.point(event));
    this.grid.addEventListener("dblclick", (event) => {
      if (event.target.closest(".cell")) this.edit();
    });
    this.grid.addEventListener("copy", (event) => this.copy(event));
    this.grid.addEventListener("cut", (event) => {
      this.copy(event);
      this.write(this.place, [[""]]);
    });
    this.grid.addEventListener("paste", (event) => {
      event.preventDefault();
      this.write(this.place, pasted(event.clipboardData, this.place));
    });
    byId("add-tab").addEventListener("click", () => this.addTab());
    window.addEventListener("hashchange", () => this.followHash());
  }

  async watch() {
    if (document.visibilityState === "visible") await this.book.poll();
    const wake = new AbortController();
    const again = () => {
      wake.abort();
      this.watch();
    };
    const timer = setTimeout(again, POLL_EVERY);
    document.addEventListener("visibilitychange", () => {
      clearTimeout(timer);
      again();
    }, { signal: wake.signal });
  }

  seen({ cells, moved: movedTo }, anew) {
    const { tab } = this;
    const others = cells.filter((place) => !this.view.expects(place));
    document.title = this.book.title;
    byId("title").textContent = this.book.title;
    this.tabs.show(this.book.tabs, tab.sheetId);
    this.view.settle();
    const selected = this.wanted ?? (anew ? this.place : { ...this.place, row: movedTo(this.place.row) ?? this.place.row });
    const reveal = this.wanted !== null;
    this.wanted = null;
    if (this.editor.place) this.followEdited(movedTo);
    this.view.show(tab, selected);
    if (reveal) this.view.select(selected);
    if (others.length) this.view.flash(others);
    if (anew) this.messages.forget();
    this.messages.changed(others, tab);
    this.describe();
  }

  followEdited(movedTo) {
    const row = movedTo(this.editor.place.row);
    if (row !== null) this.editor.place = { ...this.editor.place, row };
  }

  reached(failure) {
    if (failure === null) this.messages.stand();
    else if (failure instanceof ApiFailure) {
      const words = failure.reached ? say("notLoaded", { reason: failure.message }) : say("unreachable");
      this.messages.stand(words);
    } else reportError(failure);
  }

  /** Address, formula bar, remarks and the address bar follow the selected cell. */
  describe() {
    const { row, column } = this.place;
    byId("address").textContent = cellName(row, column);
    this.editor.follow();
    this.editor.rest(enteredText(this.tab.cell(row, column), this.book.locale));
    this.messages.remark(remarks(this.tab, row, column));
    clearTimeout(this.#addressing);
    this.#addressing = setTimeout(() => history.replaceState(null, "", writeHash(this.tab.sheetId, this.place)), ADDRESS_AFTER);
  }

  select(place) {
    this.view.select(place);
    this.describe();
  }

  focusGrid() {
    this.grid.focus({ preventScroll: true });
    if (this.tab) this.describe();
  }

  point(event) {
    const place = this.tab && event.button === 0 && this.view.placeOf(event.target);
    if (place) this.select(place);
  }

  async followHash() {
    const { gid, place } = readHash(location.hash);
    if (gid !== null && gid !== this.tab.sheetId) {
      this.wanted = place ?? { row: 0, column: 0 };
      await this.book.open(gid);
    } else if (place) this.select(place);
  }

  async openTab(sheetId) {
    this.editor.commit();
    if (sheetId === this.tab.sheetId) return;
    this.wanted = { row: 0, column: 0 };
    await this.book.open(sheetId);
  }

  key(event) {
    if (!this.tab || event.isComposing) return;
    const action = ACTIONS.find(({ match }) => match(event));
    if (action) this.act(action);
    else if (event.key === "F2" || event.key === "Enter") this.edit();
    else if (event.key === "Delete" || event.key === "Backspace") this.write(this.place, [[""]]);
    else if (this.moves(event)) return;
    else {
      // The key itself goes to the field that has the focus now, so that input methods work too.
      if (types(event)) this.edit({ typed: true });
      return;
    }
    event.preventDefault();
  }

  moves(event) {
    const place = event.altKey ? null : moved(event, this.tab, this.place, this.view.pageRows);
    if (place) {
      event.preventDefault();
      this.select(place);
    }
    return place !== null;
  }

  edit(how = {}) {
    if (!this.tab || this.editor.place) return;
    if (!how.bar) this.view.select(this.place);
    const { row, column } = this.place;
    this.editor.begin(this.place, enteredText(this.tab.cell(row, column), this.book.locale), how);
  }

  committed(place, text, event) {
    if (text !== null) this.write(place, [[text]]);
    if (!event) return this.describe();
    const next = event.key === "Enter" ? below(this.tab, place, event.shiftKey) : moved(event, this.tab, place, 1);
    this.view.select(next);
    return this.focusGrid();
  }

  write({ row, column }, values) {
    const { tab } = this;
    const place = cellName(row, column);
    const rows = row + values.length - tab.rows.count;
    const written = values.flatMap((line, down) => line.map((value, right) => (
      { row: row + down, column: column + right, text: String(value), sent: false }
    )));
    this.view.expect(written);
    return this.book.change(async () => {
      // Refused or not, from here on the spreadsheet says what stands in these cells.
      for (const each of written) each.sent = true;
      if (rows > 0) await this.book.api.batch({ appendDimension: { sheetId: tab.sheetId, dimension: "ROWS", length: rows } });
      await this.book.api.write(tab.title, place, values);
    }, (failure) => this.messages.fail(say("notSaved", { cell: place, text: values[0].join(" "), reason: failure.message })));
  }

  async act({ name, plan }) {
    if (!this.tab) return;
    const { tab, place: { row, column } } = this;
    const { requests, row: then, reason } = plan(tab, { row, column, bottom: tab.area(row, column).bottom });
    if (reason) this.messages.fail(say("notDone", { action: say(name), reason }));
    else if (await this.batch(say(name), requests)) this.select({ row: then, column });
  }

  /** The replies, or null when it was refused. */
  async batch(action, requests) {
    let replies = null;
    await this.book.change(
      async () => { ({ replies } = await this.book.api.batch(...requests)); },
      (failure) => this.messages.fail(say("notDone", { action, reason: failure.message })),
    );
    return replies;
  }

  async addTab() {
    const replies = await this.batch(say("addTab"), [{ addSheet: {} }]);
    if (replies) await this.openTab(replies[0].addSheet.properties.sheetId);
  }

  renameTab({ sheetId }, title) {
    return this.batch(say("tabName"), [{ updateSheetProperties: { properties: { sheetId, title }, fields: "title" } }]);
  }

  copy(event) {
    event.preventDefault();
    copyCell(event.clipboardData, this.tab, this.place, this.book.locale);
  }
}

function types(event) {
  const command = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
  return !command && (event.key.length === 1 || event.key === "Process" || event.key === "Unidentified");
}

new Page().start();
