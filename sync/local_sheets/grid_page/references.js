// The references of a formula that is pasted elsewhere.

import { columnIndex, letters } from "../grid/a1.js";

// Texts and quoted titles are matched first, so that nothing inside them is taken for a reference.
const PART = /"(?:[^"]|"")*"|'(?:[^']|'')*'|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,7})(?![\w(.])/gi;

export function shifted(formula, rows, columns) {
  return formula.replace(PART, (part, fixedColumn, column, fixedRow, row) => {
    if (column === undefined) return part;
    const toColumn = fixedColumn ? columnIndex(column) : columnIndex(column) + columns;
    const toRow = fixedRow ? Number(row) : Number(row) + rows;
    return toColumn < 0 || toRow < 1 ? "#REF!" : `${fixedColumn}${letters(toColumn)}${fixedRow}${toRow}`;
  });
}
