// Where a key moves the selection to, as in Sheets; null for keys that do not move it.

export function moved(event, tab, place, pageRows) {
  const area = tab.area(place.row, place.column);
  switch (event.key) {
    case "ArrowUp": return up(tab, area, place);
    case "ArrowDown": return down(tab, area, place);
    case "ArrowLeft": return left(tab, area, place);
    case "ArrowRight": return right(tab, area, place);
    case "Tab": return event.shiftKey ? left(tab, area, place) : right(tab, area, place);
    case "Home": return { row: event.ctrlKey || event.metaKey ? 0 : place.row, column: 0 };
    case "End": return { row: place.row, column: end(tab, place.row) };
    case "PageUp": return { row: Math.max(0, place.row - pageRows), column: place.column };
    case "PageDown": return { row: Math.min(tab.rows.count - 1, place.row + pageRows), column: place.column };
    default: return null;
  }
}

const DIRECTIONS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Whether it takes all cells of the tab to say where a key goes. */
export const goesFar = (event) => (event.ctrlKey || event.metaKey) && (event.key in DIRECTIONS || event.key === "End");

/** `content` is what was entered in the tab, row by row. */
export function movedFar(event, tab, place, content) {
  if (event.key === "End") {
    return { row: Math.max(content.length - 1, 0), column: content.reduce((most, line) => Math.max(most, line.length - 1), 0) };
  }
  return run(tab, place, content, ...DIRECTIONS[event.key]);
}

export const below = (tab, place, up_) => (up_ ? up : down)(tab, tab.area(place.row, place.column), place);

const up = (tab, area, { column }) => ({ row: tab.rows.step(area.top, -1), column });
const down = (tab, area, { row, column }) => ({ row: kept(tab.rows, area.bottom - 1, 1, row), column });
const left = (tab, area, { row }) => ({ row, column: tab.columns.step(area.left, -1) });
const right = (tab, area, { row, column }) => ({ row, column: kept(tab.columns, area.right - 1, 1, column) });

function kept(axis, last, direction, start) {
  const next = axis.step(last, direction);
  return next === last ? start : next;
}

function end(tab, row) {
  for (let column = tab.width(row) - 1; column >= 0; column -= 1) {
    if (tab.cell(row, column).userEnteredValue) return column;
  }
  return tab.columns.count - 1;
}

/** Ctrl and an arrow: to the end of a run of filled cells, or to the next filled one, or to the edge. */
function run(tab, place, content, rows, columns) {
  const filled = ({ row, column }) => (content[row]?.[column] ?? "") !== "";
  const step = (at) => ({
    row: rows ? tab.rows.step(at.row, rows) : at.row, column: columns ? tab.columns.step(at.column, columns) : at.column,
  });
  const same = (one, other) => one.row === other.row && one.column === other.column;
  let at = step(place);
  const within = filled(place) && filled(at);
  for (let next = step(at); !same(next, at); next = step(at)) {
    if (within ? !filled(next) : filled(at)) break;
    at = next;
  }
  return at;
}
