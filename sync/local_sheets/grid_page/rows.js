// What the tools do to rows: each action as the requests of one :batchUpdate, and where the selection goes.

import { say } from "./words.js";

const COMMAND = (event) => (event.ctrlKey || event.metaKey) && event.altKey;
const SHIFT_ALT = (event) => event.shiftKey && event.altKey && !event.ctrlKey && !event.metaKey;

/** Keys are told by `code`: with these modifiers `key` differs from one keyboard to the next. */
export const ACTIONS = [
  { name: "insertAbove", keys: "Ctrl+Alt+=", match: (e) => COMMAND(e) && !e.shiftKey && e.code === "Equal",
    plan: (tab, { row, bottom }) => inserted(tab, row, bottom - row) },
  { name: "insertBelow", keys: "Ctrl+Alt+Shift+=", match: (e) => COMMAND(e) && e.shiftKey && e.code === "Equal",
    plan: (tab, { row, bottom }) => inserted(tab, bottom, bottom - row) },
  { name: "deleteRow", keys: "Ctrl+Alt+-", match: (e) => COMMAND(e) && e.code === "Minus",
    plan: (tab, { row, bottom }) => ({ requests: [{ deleteDimension: { range: span(tab, row, bottom) } }], row }) },
  { name: "moveUp", keys: "Alt+Shift+↑", match: (e) => SHIFT_ALT(e) && e.code === "ArrowUp", plan: movedUp },
  { name: "moveDown", keys: "Alt+Shift+↓", match: (e) => SHIFT_ALT(e) && e.code === "ArrowDown", plan: movedDown },
  { name: "sortUp", keys: "Alt+Shift+A", match: (e) => SHIFT_ALT(e) && e.code === "KeyA",
    plan: (tab, place) => sorted(tab, place, "ASCENDING") },
  { name: "sortDown", keys: "Alt+Shift+Z", match: (e) => SHIFT_ALT(e) && e.code === "KeyZ",
    plan: (tab, place) => sorted(tab, place, "DESCENDING") },
  { name: "freeze", keys: "Alt+Shift+F", match: (e) => SHIFT_ALT(e) && e.code === "KeyF", plan: frozen },
];

const span = (tab, startIndex, endIndex) => ({ sheetId: tab.sheetId, dimension: "ROWS", startIndex, endIndex });

/** As many new rows as are selected. */
function inserted(tab, at, count) {
  const inheritFromBefore = at > tab.frozenRows;
  return { requests: [{ insertDimension: { range: span(tab, at, at + count), inheritFromBefore } }], row: at };
}

function movedUp(tab, { row, bottom }) {
  if (row === 0) return { reason: say("rowFirst") };
  const to = tab.rows.step(row, -1);
  return { requests: [{ moveDimension: { source: span(tab, row, bottom), destinationIndex: to } }], row: to };
}

function movedDown(tab, { row, bottom }) {
  const next = tab.rows.step(bottom - 1, 1);
  if (next < bottom) return { reason: say("rowLast") };
  const requests = [{ moveDimension: { source: span(tab, row, bottom), destinationIndex: next + 1 } }];
  return { requests, row: row + next + 1 - bottom };
}

/** All rows below the frozen ones; empty ones stay at the end. */
function sorted(tab, { row, column }, sortOrder) {
  const range = {
    sheetId: tab.sheetId, startRowIndex: tab.frozenRows, endRowIndex: tab.rows.count, startColumnIndex: 0, endColumnIndex: tab.columns.count,
  };
  return { requests: [{ sortRange: { range, sortSpecs: [{ dimensionIndex: column, sortOrder }] } }], row };
}

/** Freezes the rows down to the selected one, or none when it is the last frozen one already. */
function frozen(tab, { row, bottom }) {
  const frozenRowCount = tab.frozenRows === bottom ? 0 : bottom;
  const properties = { sheetId: tab.sheetId, gridProperties: { frozenRowCount } };
  return { requests: [{ updateSheetProperties: { properties, fields: "gridProperties.frozenRowCount" } }], row };
}
