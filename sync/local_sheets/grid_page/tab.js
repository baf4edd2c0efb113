// One tab as the API gave it, answering what stands where. It is never changed, a new answer makes a new one.

import { Axis } from "./axis.js";

const NOTHING = Object.freeze({});
const LEAST_HEIGHT = 24;
const DEFAULT_WIDTH = 100;

export class Tab {
  constructor(sheet) {
    const { sheetId, title, gridProperties: grid } = sheet.properties;
    const data = sheet.data?.[0] ?? NOTHING;
    this.sheetId = sheetId;
    this.title = title;
    this.frozenRows = grid.frozenRowCount ?? 0;
    this.frozenColumns = grid.frozenColumnCount ?? 0;
    this.rowData = data.rowData ?? [];
    this.rows = new Axis(grid.rowCount, data.rowMetadata, LEAST_HEIGHT, LEAST_HEIGHT);
    this.columns = new Axis(grid.columnCount, data.columnMetadata, DEFAULT_WIDTH, 0);
    this.merges = (sheet.merges ?? []).map((range) => this.#area(range));
    this.protections = (sheet.protectedRanges ?? []).map((known) => (
      { ...this.#area(known.range ?? NOTHING), description: known.description ?? "" }
    ));
    this.#indexMerges();
  }

  cell(row, column) {
    return this.rowData[row]?.values?.[column] ?? NOTHING;
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

  protection(row, column) {
    return this.protections.find((area) => holds(area, row, column));
  }

  inside({ row, column }) {
    const clamp = (index, count) => Math.max(0, Math.min(index, count - 1));
    return this.anchor(clamp(row, this.rows.count), clamp(column, this.columns.count));
  }

  /** The last row and column that hold something; -1 where nothing does. */
  lastUsed() {
    let row = -1;
    let column = -1;
    this.rowData.forEach(({ values = [] }, index) => {
      for (let at = values.length - 1; at >= 0; at -= 1) {
        if (values[at].userEnteredValue) {
          row = index;
          column = Math.max(column, at);
          break;
        }
      }
    });
    return { row, column };
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

const holds = (area, row, column) => (
  area.top <= row && row < area.bottom && area.left <= column && column < area.right
);
