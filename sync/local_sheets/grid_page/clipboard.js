// Blocks of cells on the clipboard: tab-separated text for everyone, and for this page itself what was entered.

import { enteredText } from "./entered.js";
import { shifted } from "./references.js";

const OWN_TYPE = "application/x-sheets-cell+json";

export function copyCell(clipboard, tab, { row, column }, locale) {
  clipboard.setData("text/plain", escaped(tab.shown(row, column)));
  const entered = tab.cell(row, column).userEnteredValue ?? {};
  clipboard.setData(OWN_TYPE, JSON.stringify({ row, column, entered, text: enteredText(tab.cell(row, column), locale) }));
}

/** The values to enter from the selected cell on; a formula's references follow it as they do in Sheets. */
export function pasted(clipboard, { row, column }) {
  const own = clipboard.getData(OWN_TYPE);
  if (!own) return parseBlock(clipboard.getData("text/plain"));
  const { entered, text, ...source } = JSON.parse(own);
  if (entered.formulaValue) return [[shifted(entered.formulaValue, row - source.row, column - source.column)]];
  return [[entered.numberValue ?? text]];
}

/** Rows of cells, where a quoted cell may hold tabs, line ends and doubled quotes. */
export function parseBlock(text) {
  const rows = [[]];
  const pattern = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r\n|\r|\n|$)/gy;
  for (const [, cell, end] of text.replace(/(\r\n|\r|\n)$/, "").matchAll(pattern)) {
    rows.at(-1).push(/^"[^]*"$/.test(cell) && cell.length > 1 ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  return rows;
}

const escaped = (text) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
