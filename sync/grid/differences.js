// What changed between two states of a tab, as a person sees it: cells that show something else, rows that came or
// went. Formulas whose text follows a moved row are no change. Only rows that are here in both states are compared.

/** `cells` are places in `after`; `moved` says where a row of `before` is now, null when it is gone. */
export function differences(before, after) {
  const grown = after.rows.count - before.rows.count;
  const edge = grown === 0 ? Infinity : firstDifferentRow(before, after);
  const source = (row) => {
    if (row < edge) return row;
    return grown > 0 && row < edge + grown ? null : row - grown;
  };
  const moved = (row) => {
    if (row < edge) return row;
    return grown < 0 && row < edge - grown ? null : row + grown;
  };
  const cells = [];
  for (const row of after.known()) {
    const from = source(row);
    if (from !== null && !before.has(from)) continue;
    const width = Math.max(after.width(row), from === null ? 0 : before.width(from));
    for (let column = 0; column < width; column += 1) {
      const shown = from === null ? "" : before.shown(from, column);
      if (after.shown(row, column) !== shown) cells.push({ row, column });
    }
  }
  return { cells, moved, elsewhere: cells.length === 0 };
}

function firstDifferentRow(before, after) {
  for (const row of after.known().filter((known) => before.has(known))) {
    const width = Math.max(before.width(row), after.width(row));
    for (let column = 0; column < width; column += 1) {
      if (before.shown(row, column) !== after.shown(row, column)) return row;
    }
  }
  return Math.min(before.rows.count, after.rows.count);
}
