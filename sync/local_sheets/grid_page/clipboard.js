// Blocks of cells on the clipboard: tab-separated text for everyone, and for this page itself what was entered, with
// its looks.

import { shifted } from "./references.js";

const OWN_TYPE = "application/x-sheets-cells+json";

export function copyCells(clipboard, tab, { top, left, bottom, right }) {
  const rows = range(top, bottom).filter((row) => tab.rows.size(row) > 0);
  const columns = range(left, right).filter((column) => tab.columns.size(column) > 0);
  clipboard.setData("text/plain", rows.map((row) => columns.map((column) => escaped(tab.shown(row, column))).join("\t")).join("\n"));
  const cells = rows.map((row) => columns.map((column) => {
    const { userEnteredValue, userEnteredFormat } = tab.cell(row, column);
    return { row, column, shown: tab.shown(row, column), userEnteredValue, userEnteredFormat };
  }));
  clipboard.setData(OWN_TYPE, JSON.stringify(cells));
}

/**
 * What to put into the selected area, from its top left cell on: `texts` as they would be typed, null for a cell that
 * stays as it is, or the `cells` of a copy, whose formulas' references follow them as they do in Sheets. A block that
 * fits into the area several times fills it. Null when there is nothing to paste.
 */
export function pasted(clipboard, area) {
  const own = ownBlock(clipboard.getData(OWN_TYPE));
  const text = clipboard.getData("text/plain");
  if (!own && text === "") return null;
  const block = own ?? parseBlock(text);
  const width = block.reduce((most, line) => Math.max(most, line.length), 0);
  const down = times(area.bottom - area.top, block.length);
  const across = times(area.right - area.left, width);
  const lines = range(0, block.length * down).map((row) => range(0, width * across).map((column) => {
    const found = block[row % block.length][column % width];
    return own ? follow(found, area.top + row, area.left + column) : found ?? null;
  }));
  return own ? { cells: lines } : { texts: lines };
}

/** Any page can put something of this type on the clipboard; what is no block of cells is left alone. */
function ownBlock(text) {
  try {
    const block = JSON.parse(text);
    const isCell = (cell) => cell !== null && typeof cell === "object";
    const isLine = (line) => Array.isArray(line) && line.length > 0 && line.length === block[0].length && line.every(isCell);
    return Array.isArray(block) && block.length > 0 && block.every(isLine) ? block : null;
  } catch {
    return null;
  }
}

/** Rows of cells, where a quoted cell may hold tabs, line ends and doubled quotes. */
function parseBlock(text) {
  const rows = [[]];
  const pattern = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r\n|\r|\n|$)/gy;
  for (const [, cell, end] of text.replace(/(\r\n|\r|\n)$/, "").matchAll(pattern)) {
    rows.at(-1).push(/^"[^]*"$/.test(cell) && cell.length > 1 ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  return rows;
}

function follow({ row, column, userEnteredValue, ...rest }, toRow, toColumn) {
  const formulaValue = userEnteredValue?.formulaValue;
  if (formulaValue === undefined) return { ...rest, userEnteredValue };
  return { ...rest, userEnteredValue: { formulaValue: shifted(formulaValue, toRow - row, toColumn - column) } };
}

const times = (room, size) => (room % size === 0 ? room / size : 1);
const range = (from, to) => Array.from({ length: to - from }, (_, at) => from + at);
const escaped = (text) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
