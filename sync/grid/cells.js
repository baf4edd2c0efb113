// The elements of the grid. Text from the spreadsheet enters them as text only.

import { letters } from "./a1.js";
import { classes, paint } from "./looks.js";
import { say } from "./words.js";

const SPILL_LIMIT = 800;

export const cellId = (row, column) => `cell-${row}-${column}`;

export function element(kind, className, role) {
  const made = document.createElement(kind);
  made.className = className;
  if (role) made.setAttribute("role", role);
  return made;
}

export function columnHeader(column) {
  const made = element("div", "header column", "columnheader");
  made.dataset.column = column;
  made.ariaColIndex = column + 2;
  made.textContent = letters(column);
  return made;
}

export function rowHeader(row) {
  const made = element("div", "header row-number", "rowheader");
  made.dataset.row = row;
  made.ariaColIndex = 1;
  made.textContent = row + 1;
  return made;
}

/** `state` tells what the page knows besides the tab: a text on its way to the server, who just changed the cell. */
export function gridCell(tab, row, column, state) {
  const cell = tab.cell(row, column);
  const made = element("div", "cell", "gridcell");
  made.id = cellId(row, column);
  made.dataset.row = row;
  made.dataset.column = column;
  made.ariaColIndex = column + 2;
  made.ariaSelected = "false";
  const shown = state.pending ?? tab.shown(row, column);
  if (shown !== "") {
    const text = element("span", "text");
    text.textContent = shown;
    made.append(text);
  }
  made.classList.add(...looks(tab, row, column, state));
  if (cell.userEnteredFormat) paint(made, cell.userEnteredFormat);
  if (state.changed?.named) made.dataset.who = state.changed.by;
  if (!tab.has(row)) made.ariaBusy = "true";
  const remarked = remarks(tab, row, column);
  if (remarked.length) made.title = remarked.join("\n");
  size(made, tab, row, column);
  if (shown !== "" && isText(cell) && state.pending === undefined) spill(made, tab, row, column);
  return made;
}

const isText = (cell) => cell.effectiveValue?.stringValue !== undefined;

function looks(tab, row, column, state) {
  const cell = tab.cell(row, column);
  const value = cell.effectiveValue ?? {};
  const found = {
    number: value.numberValue !== undefined,
    boolean: value.boolValue !== undefined,
    error: value.errorValue !== undefined,
    protected: tab.protection(row, column) !== undefined,
    noted: Boolean(cell.note),
    pending: state.pending !== undefined,
    changed: state.changed !== undefined,
    wrapped: tab.shown(row, column).includes("\n"),
  };
  return [...Object.keys(found).filter((name) => found[name]), ...classes(cell.userEnteredFormat ?? {})];
}

/** What is to be said about a cell that it does not show itself. */
export function remarks(tab, row, column) {
  const { note, effectiveValue } = tab.cell(row, column);
  const protection = tab.protection(row, column);
  const found = [];
  if (effectiveValue?.errorValue?.message) found.push(effectiveValue.errorValue.message);
  if (protection) {
    found.push(protection.description ? say("protectedBy", { text: protection.description }) : say("protectedRange"));
  }
  if (note) found.push(say("note", { text: note }));
  return found;
}

function size(made, tab, row, column) {
  const { top, left, bottom, right } = tab.area(row, column);
  made.style.width = `${tab.columns.size(left, right)}px`;
  made.style.height = `${tab.rows.size(top, bottom)}px`;
  if (right - left > 1) made.ariaColSpan = right - left;
  if (bottom - top > 1) {
    made.ariaRowSpan = bottom - top;
    made.classList.add("tall");
  }
}

/** A text goes on over the empty cells to its right, as far as they reach. */
function spill(made, tab, row, column) {
  if (tab.mergeAt(row, column) || made.matches(".wrapped, .clipped, .align-right, .align-center")) return;
  const edge = column < tab.frozenColumns ? tab.frozenColumns : tab.columns.count;
  let end = column + 1;
  while (end < edge && tab.columns.size(column, end) < SPILL_LIMIT && tab.shown(row, end) === "" && !tab.mergeAt(row, end)) {
    end += 1;
  }
  if (end === column + 1) return;
  made.classList.add("spilling");
  made.firstChild.style.maxWidth = `${tab.columns.size(column, end) - 1}px`;
}
