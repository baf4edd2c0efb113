// What changed between two answers for one tab, as a person sees it: cells that show something else, rows that came
// or went. Formulas whose text follows a moved row are no change.

/** `cells` are places in `after`; `moved` says where a row of `before` is now, null when it is gone. */
export function differences(before, after) {
  const grown = after.rows.count - before.rows.count;
  const edge = grown === 0 ? Infinity : firstDifferentRow(before, after);
  const source = (row) => {
    if (row < edge) return row;
    return grown > 0 && row < edge + grown ? -1 : row - grown;
  };
  const moved = (row) => {
    if (row < edge) return row;
    return grown < 0 && row < edge - grown ? null : row + grown;
  };
  const cells = [];
  // What has no row in `before` at all has moved up from beyond its end, which is empty.
  const end = Math.max(after.rowData.length, before.rowData.length + Math.max(grown, 0));
  for (let row = 0; row < Math.min(end, after.rows.count); row += 1) {
    const width = Math.max(widthOf(after, row), widthOf(before, source(row)));
    for (let column = 0; column < width; column += 1) {
      if (after.shown(row, column) !== before.shown(source(row), column)) cells.push({ row, column });
    }
  }
  return { cells, moved };
}

const widthOf = (tab, row) => tab.rowData[row]?.values?.length ?? 0;

function firstDifferentRow(before, after) {
  const end = Math.min(before.rows.count, after.rows.count, Math.max(before.rowData.length, after.rowData.length));
  for (let row = 0; row < end; row += 1) {
    const width = Math.max(widthOf(before, row), widthOf(after, row));
    for (let column = 0; column < width; column += 1) {
      if (before.shown(row, column) !== after.shown(row, column)) return row;
    }
  }
  return end;
}
