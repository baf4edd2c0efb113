// The page itself: keys, pointers and the address bar on one side, the spreadsheet on the other.

import { readHash, writeHash } from "../grid/a1.js";
import { Book } from "../grid/book.js";
import { remarks } from "../grid/cells.js";
import { below, goesFar, moved, movedFar } from "../grid/moves.js";
import { GridView } from "../grid/view.js";
import { labelPage } from "../grid/words.js";
import { Api, ApiFailure } from "./api.js";
import { Changes, MOST_COPIED } from "./changes.js";
import { Editor } from "./editor.js";
import { enteredText } from "./entered.js";
import { Messages } from "./messages.js";
import { ACTIONS } from "./rows.js";
import { TabBar } from "./tabs.js";
import { makeTools } from "./tools.js";
import { say } from "./words.js";

const POLL_EVERY = 1_000;
// Browsers refuse an address that changes as fast as a held key repeats.
const ADDRESS_AFTER = 150;

const byId = (id) => document.getElementById(id);

class Page {
  #addressing = 0;
  #going = false;
  #dragging = false;

  constructor() {
    const spreadsheetId = location.pathname.split("/")[3];
    this.grid = byId("grid");
    this.messages = new Messages(document);
    this.book = new Book(new Api(spreadsheetId), (tab, selected) => this.sight(tab, selected));
    this.view = new GridView(this.grid, byId("head"), byId("body"));
    this.changes = new Changes(this.book, this.view, this.messages);
    this.editor = new Editor(byId("editor"), byId("formula"), this.view);
    this.tabs = new TabBar(byId("tabs"), byId("stage"), {
      choose: (sheetId) => this.openTab(sheetId),
      rename: (tab, title) => this.changes.renameTab(tab, title),
    });
    this.changes.onSelect = (place, reach) => this.select(place, reach);
    this.view.onScroll = () => this.editor.follow();
    this.view.onSight = () => this.book.need();
    this.book.onBusy = (busy) => { this.grid.ariaBusy = String(busy); };
    this.book.onMore = (moved_) => this.more(moved_);
    this.book.onSeen = (differences, anew) => this.seen(differences, anew);
    this.book.onReach = (failure) => this.reached(failure);
    this.editor.onBar = () => this.edit({ bar: true });
    this.editor.onCommit = (place, text, event) => this.committed(place, text, event);
    this.editor.onCancel = () => this.focusGrid();
  }

  async start() {
    labelPage(document, say);
    makeTools(document, (action) => this.tab && this.changes.act(action));
    byId("download").href = this.book.api.download;
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

  /** The rows that are wanted of a tab: in sight, or about to be; that of the selected cell, or all selected ones. */
  sight(tab, selected) {
    const shown = tab.sheetId === this.tab?.sheetId && this.wanted === null;
    const { row } = this.wanted ?? this.place;
    const { from, to, rest } = this.view.sight(tab, shown ? undefined : tab.rows.at(Math.min(row, tab.rows.count - 1)));
    const { top, bottom } = shown && selected ? this.view.area : { top: row, bottom: row + 1 };
    return { from, to, rest: [...rest, { from: top, to: Math.min(bottom, top + MOST_COPIED) }] };
  }

  /** More rows of the same state came. */
  more(moved_) {
    this.view.refresh(moved_);
    this.describe();
  }

  listen() {
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.grid.addEventListener("pointerdown", (event) => this.point(event));
    this.grid.addEventListener("pointermove", (event) => this.drag(event));
    this.grid.addEventListener("dblclick", (event) => {
      if (event.target.closest(".cell")) this.edit();
    });
    for (const kind of ["copy", "cut", "paste"]) this.grid.addEventListener(kind, (event) => this.clip(event));
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

  seen({ cells, moved: movedTo, by, elsewhere }, anew) {
    const { tab } = this;
    const who = by ?? say("somebody");
    const others = cells.filter((place) => !this.view.expects(place));
    document.title = this.book.title;
    byId("title").textContent = this.book.title;
    this.tabs.show(this.book.tabs, tab.sheetId);
    this.view.settle();
    const follow = (place) => (anew ? place : { ...place, row: movedTo(place.row) ?? place.row });
    const selected = this.wanted ?? follow(this.place);
    const reveal = this.wanted !== null;
    if (this.editor.place) this.followEdited(movedTo);
    this.view.show(tab, selected, reveal ? selected : follow(this.view.reach));
    if (reveal) this.view.select(selected);
    this.wanted = null;
    if (others.length) this.view.flash(others, who);
    if (anew) this.messages.forget();
    if (elsewhere) this.messages.changedElsewhere(who);
    else this.messages.changed(others, tab, who);
    this.describe();
    this.book.need();
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
    byId("address").textContent = this.tab.nameOf(this.view.area);
    byId("download-tab").href = `${this.book.api.download}?format=csv&gid=${this.tab.sheetId}`;
    this.editor.follow();
    this.editor.rest(enteredText(this.tab.cell(row, column), this.book.locale));
    this.messages.remark(remarks(this.tab, row, column));
    clearTimeout(this.#addressing);
    this.#addressing = setTimeout(() => history.replaceState(null, "", writeHash(this.tab.sheetId, this.place)), ADDRESS_AFTER);
  }

  select(place, reach = place, shown = reach) {
    this.view.select(place, reach, shown);
    this.describe();
    this.book.need(true);
  }

  clip(event) {
    event.preventDefault();
    if (!this.tab) return;
    if (event.type === "paste") this.changes.paste(event.clipboardData);
    else if (this.changes.copy(event.clipboardData) && event.type === "cut") this.changes.clear();
  }

  async addTab() {
    const sheetId = await this.changes.addTab();
    if (sheetId !== undefined) await this.openTab(sheetId);
  }

  focusGrid() {
    this.grid.focus({ preventScroll: true });
    if (this.tab) this.describe();
  }

  point(event) {
    const places = this.tab && event.button === 0 && this.view.placesOf(event.target);
    if (!places) return;
    const whole = event.target.closest(".header") !== null;
    this.#dragging = true;
    window.addEventListener("pointerup", () => { this.#dragging = false; }, { once: true });
    this.select(event.shiftKey ? this.place : places[0], places[1], whole ? null : places[1]);
  }

  /** With the button held, the selection reaches to where the pointer is. */
  drag(event) {
    if (!this.#dragging || event.pointerType === "touch" || this.editor.place) return;
    const places = this.view.placesOf(document.elementFromPoint(event.clientX, event.clientY));
    const { reach } = this.view;
    if (places && (places[1].row !== reach.row || places[1].column !== reach.column)) this.select(this.place, places[1]);
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
    if (this.#going) {
      event.preventDefault();
      return;
    }
    const action = ACTIONS.find(({ match }) => match(event));
    if (action) this.changes.act(action);
    else if (event.key === "F2" || event.key === "Enter") this.edit();
    else if (event.key === "Delete" || event.key === "Backspace") this.changes.clear();
    else if (this.selects(event) || this.moves(event)) return;
    else {
      // The key itself goes to the field that has the focus now, so that input methods work too.
      if (types(event)) this.edit({ typed: true });
      return;
    }
    event.preventDefault();
  }

  /** Ctrl+A selects all, Shift+Space whole rows, Ctrl+Space whole columns. */
  selects(event) {
    const command = event.ctrlKey || event.metaKey;
    const all = command && event.key.toLowerCase() === "a";
    const space = event.key === " " && (command || event.shiftKey);
    if (!all && !space) return false;
    event.preventDefault();
    const { top, left, bottom, right } = this.view.area;
    const { rows, columns } = this.tab;
    const [wholeRows, wholeColumns] = [all || event.shiftKey, all || command];
    this.select(
      { row: wholeColumns ? 0 : top, column: wholeRows ? 0 : left },
      { row: wholeColumns ? rows.count - 1 : bottom - 1, column: wholeRows ? columns.count - 1 : right - 1 },
      null,
    );
    return true;
  }

  /** With Shift the selection grows towards where the key goes; Tab always moves it. */
  moves(event) {
    if (event.altKey) return false;
    const grows = event.shiftKey && event.key !== "Tab";
    const from = grows ? this.view.reach : this.place;
    const go = (place) => this.select(grows ? this.place : place, place);
    if (goesFar(event)) this.goFar(event, from, go);
    else {
      const place = moved(event, this.tab, from, this.view.pageRows);
      if (!place) return false;
      go(place);
    }
    event.preventDefault();
    return true;
  }

  /** Keys that come while the way is looked up are for another cell than they would find, so they do nothing. */
  async goFar(event, from, go) {
    const { sheetId } = this.tab;
    this.#going = true;
    // Where that failed, the book has told it.
    const content = await this.book.content().catch(() => null);
    this.#going = false;
    if (content && sheetId === this.tab.sheetId) go(movedFar(event, this.tab, from, content));
  }

  edit(how = {}) {
    if (!this.tab?.has(this.place.row) || this.editor.place) return;
    if (!how.bar) this.view.select(this.place);
    const { row, column } = this.place;
    this.editor.begin(this.place, enteredText(this.tab.cell(row, column), this.book.locale), how);
  }

  committed(place, text, event) {
    if (text !== null) this.changes.write(place, [[text]]);
    if (!event) return this.describe();
    const next = event.key === "Enter" ? below(this.tab, place, event.shiftKey) : moved(event, this.tab, place, 1);
    this.view.select(next);
    return this.focusGrid();
  }
}

function types(event) {
  const command = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
  return !command && (event.key.length === 1 || event.key === "Process" || event.key === "Unidentified");
}

new Page().start();
