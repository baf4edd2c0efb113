// What a person does to the spreadsheet: typing, emptying, copying and pasting, rows, tabs. Each is one entry in the
// book's line of requests; a refusal is told with what it was about.

import { cellName } from "../grid/a1.js";
import { copyCells, pasted } from "./clipboard.js";
import { say } from "./words.js";

// So many selected rows are fetched at once, for copying.
export const MOST_COPIED = 5_000;

const COPIED_FIELDS = "userEnteredValue,userEnteredFormat";

export class Changes {
  constructor(book, view, messages) {
    Object.assign(this, { book, view, messages });
    this.onSelect = () => {};
  }

  /** What was typed or came as text, from a cell on. */
  write(place, values) {
    const { title } = this.book.tab;
    const name = cellName(place.row, place.column);
    return this.#put(place, values, () => this.book.api.write(title, name, values));
  }

  /** Empties the selected cells. Those in sight show it at once. */
  clear() {
    const { book: { tab, api }, view: { area } } = this;
    const name = tab.nameOf(area);
    const { from, to } = this.view.sight(tab);
    const [top, bottom] = [Math.max(area.top, from), Math.min(area.bottom, to)];
    const empty = Array.from({ length: Math.max(bottom - top, 0) }, () => Array(area.right - area.left).fill(""));
    return this.#put({ row: top, column: area.left }, empty, () => api.clear(tab.title, name));
  }

  /** Whether the selection was copied: all its rows must be here for that. */
  copy(clipboard) {
    const { book: { tab }, view: { area } } = this;
    for (let row = area.top; row < area.bottom; row += 1) {
      if (!tab.has(row)) {
        this.messages.fail(say("notCopied", { count: MOST_COPIED }));
        this.book.need(true);
        return false;
      }
    }
    copyCells(clipboard, tab, area);
    return true;
  }

  paste(clipboard) {
    const { view: { area } } = this;
    const start = { row: area.top, column: area.left };
    const found = pasted(clipboard, area);
    if (!found) return;
    const { texts, cells } = found;
    if (texts) this.write(start, texts);
    else this.#paste(start, cells);
    const block = texts ?? cells;
    this.onSelect(start, { row: start.row + block.length - 1, column: start.column + block[0].length - 1 });
  }

  /** Carries out an action on the selected rows. */
  async act({ name, plan }) {
    const { book: { tab }, view: { area, place: { column } } } = this;
    const { requests, row: then, reason } = plan(tab, { row: area.top, column, bottom: area.bottom });
    if (reason) this.messages.fail(say("notDone", { action: say(name), reason }));
    else if (await this.#batch(say(name), requests)) {
      this.onSelect({ row: then, column: area.left }, { row: then + area.bottom - area.top - 1, column: area.right - 1 });
    }
  }

  /** The id of the new tab; undefined when it was refused. */
  async addTab() {
    const replies = await this.#batch(say("addTab"), [{ addSheet: {} }]);
    return replies?.[0].addSheet.properties.sheetId;
  }

  renameTab({ sheetId }, title) {
    return this.#batch(say("tabName"), [{ updateSheetProperties: { properties: { sheetId, title }, fields: "title" } }]);
  }

  #paste({ row, column }, cells) {
    const rows = cells.map((line) => ({
      values: line.map(({ userEnteredValue, userEnteredFormat }) => ({ userEnteredValue, userEnteredFormat })),
    }));
    const start = { sheetId: this.book.tab.sheetId, rowIndex: row, columnIndex: column };
    const texts = cells.map((line) => line.map(({ shown }) => String(shown)));
    this.#put({ row, column }, texts, () => this.book.api.batch({ updateCells: { start, rows, fields: COPIED_FIELDS } }));
  }

  /** Texts to be seen from a cell on, and how they get there; the tab grows where they need more room. */
  #put({ row, column }, texts, action) {
    const { book: { tab, api } } = this;
    const written = texts.flatMap((line, down) => line.map((text, right) => (
      { row: row + down, column: column + right, text, sent: false }
    ))).filter(({ text }) => text !== null);
    const width = texts.reduce((most, line) => Math.max(most, line.length), 0);
    const more = growth(tab, row + texts.length, column + width);
    this.view.expect(written);
    return this.book.change(async () => {
      // Refused or not, from here on the spreadsheet says what stands in these cells.
      for (const each of written) each.sent = true;
      if (more.length) await api.batch(...more);
      await action();
    }, ({ message }) => {
      this.messages.fail(say("notSaved", { cell: cellName(row, column), text: texts[0]?.join(" ") ?? "", reason: message }));
    });
  }

  /** The replies, or null when it was refused. */
  async #batch(action, requests) {
    let replies = null;
    await this.book.change(
      async () => { ({ replies } = await this.book.api.batch(...requests)); },
      ({ message }) => this.messages.fail(say("notDone", { action, reason: message })),
    );
    return replies;
  }
}

/** The requests that make room for what reaches down and to the right. */
function growth(tab, bottom, right) {
  const needed = { ROWS: bottom - tab.rows.count, COLUMNS: right - tab.columns.count };
  return Object.entries(needed).filter(([, length]) => length > 0).map(([dimension, length]) => (
    { appendDimension: { sheetId: tab.sheetId, dimension, length } }
  ));
}
