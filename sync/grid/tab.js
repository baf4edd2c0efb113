// One tab as the API gave it, answering what stands where. It holds the rows that were asked for, and takes more of
// the same state; another state of the tab is another object.

import { cellName } from "./a1.js";
import { Axis } from "./axis.js";
import { textHeight } from "./looks.js";

const NOTHING = Object.freeze({});
const LEAST_HEIGHT = 24;
const DEFAULT_WIDTH = 100;
// What the API says of a row whose height nobody has set.
const UNSET_HEIGHT = 21;

export class Tab {
  #rows = new Map();

  /** `rows` are the sizes of the rows, where they are known from an earlier state. */
  constructor(sheet, rows) {
    const { sheetId, title, gridProperties: grid } = sheet.properties;
    this.sheetId = sheetId;
    this.title = title;
    this.frozenRows = grid.frozenRowCount ?? 0;
    this.frozenColumns = grid.frozenColumnCount ?? 0;
    this.gridlines = !grid.hideGridlines;
    this.rows = rows;
    this.columns = new Axis(grid.columnCount, sheet.data?.[0]?.columnMetadata, DEFAULT_WIDTH, 0);
    this.merges = (sheet.merges ?? []).map((range) => this.#area(range));
    this.protections = (sheet.protectedRanges ?? []).map((known) => (
      { ...this.#area(known.range ?? NOTHING), description: known.description ?? "" }
    ));
    this.#indexMerges();
    this.take(sheet.data ?? []);
  }

  static heights(count, metadata) {
    return new Axis(count, metadata, LEAST_HEIGHT, LEAST_HEIGHT);
  }

  /** Keeps blocks of rows; whether their sizes move the other rows. */
  take(blocks) {
    let moved = false;
    for (const { startRow = 0, rowData = [], rowMetadata = [] } of blocks) {
      rowMetadata.forEach((_, at) => this.#rows.set(startRow + at, rowData[at]?.values ?? []));
      moved = this.rows.correct(startRow, rowMetadata.map((known, at) => fitted(known, rowData[at]?.values ?? []))) || moved;
    }
    return moved;
  }

  /** Whether a row's cells are here yet. */
  has(row) {
    return this.#rows.has(row);
  }

  /** The rows whose cells are here, in order. */
  known() {
    return [...this.#rows.keys()].sort((one, other) => one - other);
  }

  width(row) {
    return this.#rows.get(row)?.length ?? 0;
  }

  cell(row, column) {
    return this.#rows.get(row)?.[column] ?? NOTHING;
  }

  shown(row, column) {
    return this.cell(row, column).formattedValue ?? "";
  }

  /** The merged area around a cell, if there is one. */
  mergeAt(row, column) {
    return this.mergesByRow.get(row)?.find((area) => holds(area, row, column));
  }

  /** The cell that stands for this one: itself, or the top left one of its merged area. */
  anchor(row, column) {
    const merge = this.mergeAt(row, column);
    return merge ? { row: merge.top, column: merge.left } : { row, column };
  }

  area(row, column) {
    return this.mergeAt(row, column) ?? { top: row, left: column, bottom: row + 1, right: column + 1 };
  }

  /** The rectangle between two cells, grown until it cuts no merged area. */
  between(one, other) {
    let area = union(this.area(one.row, one.column), this.area(other.row, other.column));
    for (let grown = true; grown;) {
      grown = false;
      for (const merge of this.merges) {
        if (meets(merge, area) && !within(merge, area)) {
          area = union(area, merge);
          grown = true;
        }
      }
    }
    return area;
  }

  /** A1:C3 of an area; of a single cell, merged or not, its own name. */
  nameOf({ top, left, bottom, right }) {
    const first = cellName(top, left);
    const own = this.area(top, left);
    return own.bottom === bottom && own.right === right ? first : `${first}:${cellName(bottom - 1, right - 1)}`;
  }

  protection(row, column) {
    return this.protections.find((area) => holds(area, row, column));
  }

  inside({ row, column }) {
    const clamp = (index, count) => Math.max(0, Math.min(index, count - 1));
    return this.anchor(clamp(row, this.rows.count), clamp(column, this.columns.count));
  }

  #area(range) {
    return {
      top: range.startRowIndex ?? 0,
      left: range.startColumnIndex ?? 0,
      bottom: Math.min(range.endRowIndex ?? Infinity, this.rows.count),
      right: Math.min(range.endColumnIndex ?? Infinity, this.columns.count),
    };
  }

  #indexMerges() {
    this.mergesByRow = new Map();
    for (const area of this.merges) {
      for (let row = area.top; row < area.bottom; row += 1) {
        if (!this.mergesByRow.has(row)) this.mergesByRow.set(row, []);
        this.mergesByRow.get(row).push(area);
      }
    }
  }
}

const fitted = (known, cells) => (
  known.pixelSize === UNSET_HEIGHT ? { ...known, pixelSize: Math.max(UNSET_HEIGHT, textHeight(cells)) } : known
);

export const holds = (area, row, column) => (
  area.top <= row && row < area.bottom && area.left <= column && column < area.right
);

const meets = (one, other) => (
  one.top < other.bottom && other.top < one.bottom && one.left < other.right && other.left < one.right
);

const within = (inner, outer) => (
  outer.top <= inner.top && inner.bottom <= outer.bottom && outer.left <= inner.left && inner.right <= outer.right
);

const union = (one, other) => ({
  top: Math.min(one.top, other.top),
  left: Math.min(one.left, other.left),
  bottom: Math.max(one.bottom, other.bottom),
  right: Math.max(one.right, other.right),
});
