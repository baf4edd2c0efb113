// Where a key moves the selection to, as in Sheets; null for keys that do not move it.

export function moved(event, tab, place, pageRows) {
  const area = tab.area(place.row, place.column);
  const far = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case "ArrowUp": return far ? run(tab, place, -1, 0) : up(tab, area, place);
    case "ArrowDown": return far ? run(tab, place, 1, 0) : down(tab, area, place);
    case "ArrowLeft": return far ? run(tab, place, 0, -1) : left(tab, area, place);
    case "ArrowRight": return far ? run(tab, place, 0, 1) : right(tab, area, place);
    case "Tab": return event.shiftKey ? left(tab, area, place) : right(tab, area, place);
    case "Home": return { row: far ? 0 : place.row, column: 0 };
    case "End": return end(tab, place, far);
    case "PageUp": return { row: Math.max(0, place.row - pageRows), column: place.column };
    case "PageDown": return { row: Math.min(tab.rows.count - 1, place.row + pageRows), column: place.column };
    default: return null;
  }
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

function end(tab, place, far) {
  const last = tab.lastUsed();
  if (far) return { row: Math.max(last.row, 0), column: Math.max(last.column, 0) };
  const values = tab.rowData[place.row]?.values ?? [];
  const used = values.findLastIndex((cell) => cell.userEnteredValue);
  return { row: place.row, column: used < 0 ? tab.columns.count - 1 : used };
}

/** Ctrl and an arrow: to the end of a run of filled cells, or to the next filled one, or to the edge. */
function run(tab, place, rows, columns) {
  const filled = (at) => Boolean(tab.cell(at.row, at.column).userEnteredValue);
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
