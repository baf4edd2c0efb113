// The grid on the screen: only the rows and columns in sight have elements. It shows a tab and knows no API.

import { cellId, columnHeader, element, gridCell, rowHeader } from "./cells.js";
import { holds } from "./tab.js";

const LETTERS_HEIGHT = 24;
const SPARE = 4;
const CHANGED_FOR = 4_000;
// Frozen parts that would leave too little to scroll are not kept in place, or a small screen would show nothing else.
const FROZEN_SHARE = 0.5;

// What a page may add to the grid: height above all rows, and something to the element of a column, a row or a cell.
const PLAIN = { height: 0, column: () => {}, row: () => {}, cell: () => {} };

const key = (row, column) => `${row},${column}`;

export class GridView {
  #lines = new Map();
  #columns = [];
  #pending = new Map();
  #changed = new Map();
  #drawing = 0;

  constructor(grid, head, body, adorn = PLAIN) {
    const first = { row: 0, column: 0 };
    Object.assign(this, { grid, head, body, adorn, tab: null, place: first, reach: first, onScroll: () => {}, onSight: () => {} });
    this.headerHeight = LETTERS_HEIGHT + adorn.height;
    grid.addEventListener("scroll", () => {
      this.onScroll();
      this.#drawing ||= requestAnimationFrame(() => {
        this.draw();
        this.onSight();
      });
    }, { passive: true });
    new ResizeObserver(() => {
      if (this.tab) this.#arrange();
      this.onScroll();
    }).observe(grid);
  }

  show(tab, place, reach = place) {
    this.tab = tab;
    this.place = tab.inside(place);
    this.reach = tab.inside(reach);
    this.#arrange();
  }

  /** Shows the same tab anew, after more of it came; `moved` tells that rows stand elsewhere now. */
  refresh(moved) {
    if (moved) this.#arrange();
    else this.#redraw();
  }

  /** Selects from the one cell, where typing goes, to the other. What is `shown` comes into sight. */
  select(place, reach = place, shown = reach) {
    this.place = this.tab.inside(place);
    this.reach = this.tab.inside(reach);
    if (shown) this.#reveal(this.tab.inside(shown));
    this.draw();
  }

  /** The selected rectangle. */
  get area() {
    return this.tab.between(this.place, this.reach);
  }

  /** The rows of a tab that are in sight where the page is scrolled to, and the first ones of merges that reach there. */
  sight({ rows, frozenRows, merges = [] }, top = this.grid.scrollTop) {
    const start = rows.at(Math.min(frozenRows, rows.count)) + top;
    const from = rows.find(start);
    const to = rows.find(start + this.grid.clientHeight) + 1;
    const reaching = merges.filter((merge) => merge.top < from && merge.bottom > from);
    return { from, to, rest: reaching.map((merge) => ({ from: merge.top, to: merge.top + 1 })) };
  }

  /** Texts on their way to the server stand in their cells until an answer that was asked for after them. */
  expect(written) {
    for (const each of written) this.#pending.set(key(each.row, each.column), each);
    this.#redraw();
  }

  expects({ row, column }) {
    return this.#pending.has(key(row, column));
  }

  settle() {
    for (const [at, { sent }] of this.#pending) if (sent) this.#pending.delete(at);
  }

  /** Marks cells as changed by somebody, for a while; the first of them carries the name. */
  flash(cells, by) {
    const marked = new Map(cells.map(({ row, column }, at) => [key(row, column), { by, named: at === 0 }]));
    for (const [at, mark] of marked) this.#changed.set(at, mark);
    this.#redraw();
    setTimeout(() => {
      for (const [at, mark] of marked) if (this.#changed.get(at) === mark) this.#changed.delete(at);
      this.#redraw();
    }, CHANGED_FOR);
  }

  get pageRows() {
    return Math.max(1, Math.floor((this.grid.clientHeight - this.#top) / this.tab.rows.size(this.place.row)) - 1);
  }

  /** Where a cell stands within the grid's own box. */
  box({ row, column }) {
    const { rows, columns } = this.tab;
    const { top, left, bottom, right } = this.tab.area(row, column);
    return {
      top: this.headerHeight + rows.at(top) - (row < this.frozenRows ? 0 : this.grid.scrollTop),
      left: this.gutter + columns.at(left) - (column < this.frozenColumns ? 0 : this.grid.scrollLeft),
      width: columns.size(left, right),
      height: rows.size(top, bottom),
    };
  }

  /** The first and the last cell of what an element stands for: a cell twice, a whole row, a whole column, or all. */
  placesOf(target) {
    const found = target?.closest(".cell, .header");
    if (!found || !this.grid.contains(found)) return null;
    const { row, column } = found.dataset;
    const { rows, columns } = this.tab;
    return [
      { row: Number(row ?? 0), column: Number(column ?? 0) },
      { row: Number(row ?? rows.count - 1), column: Number(column ?? columns.count - 1) },
    ];
  }

  get #top() {
    return this.headerHeight + this.tab.rows.at(this.frozenRows);
  }

  get #left() {
    return this.gutter + this.tab.columns.at(this.frozenColumns);
  }

  #arrange() {
    const { tab, grid } = this;
    const { rows, columns } = tab;
    this.gutter = 20 + 9 * String(rows.count).length;
    const fits = (axis, count, room) => (axis.at(count) <= room * FROZEN_SHARE ? count : 0);
    this.frozenRows = fits(rows, tab.frozenRows, grid.clientHeight);
    this.frozenColumns = fits(columns, tab.frozenColumns, grid.clientWidth);
    const width = `${this.gutter + columns.length}px`;
    Object.assign(this.head.style, { width, height: `${this.#top}px` });
    Object.assign(this.body.style, { width, height: `${rows.length - rows.at(this.frozenRows)}px` });
    grid.ariaRowCount = rows.count + 1;
    grid.ariaColCount = columns.count + 1;
    grid.classList.toggle("bare", !tab.gridlines);
    this.#redraw();
  }

  #redraw() {
    this.#columns = [];
    this.draw();
  }

  draw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    const columns = this.#columnsInSight();
    const rows = this.#rowsInSight();
    if (columns.join() !== this.#columns.join()) this.#lines.clear();
    this.#columns = columns;
    const lines = new Map(rows.map((row) => [row, this.#lines.get(row) ?? this.#line(row)]));
    this.#lines = lines;
    place(this.head, rows.filter((row) => row < this.frozenRows).map((row) => lines.get(row)));
    place(this.body, rows.filter((row) => row >= this.frozenRows).map((row) => lines.get(row)));
    this.#mark();
  }

  #rowsInSight() {
    const { rows } = this.tab;
    const start = rows.at(this.frozenRows) + this.grid.scrollTop;
    const first = rows.find(start) - SPARE;
    const last = rows.find(start + this.grid.clientHeight - this.#top) + SPARE;
    const found = inSight(rows, this.frozenRows, first, last, this.place.row);
    for (const merge of this.tab.merges) if (merge.top <= last && merge.bottom > first) found.add(merge.top);
    return [-1, ...[...found].sort((one, other) => one - other)];
  }

  #columnsInSight() {
    const { columns } = this.tab;
    const start = columns.at(this.frozenColumns) + this.grid.scrollLeft;
    const first = columns.find(start) - 1;
    const last = columns.find(start + this.grid.clientWidth - this.#left) + 1;
    const found = inSight(columns, this.frozenColumns, first, last, this.place.column);
    for (const merge of this.tab.merges) if (merge.left <= last && merge.right > first) found.add(merge.left);
    return [...found].sort((one, other) => one - other);
  }

  /** A row; -1 is the line of column letters. */
  #line(row) {
    const { tab } = this;
    const line = element("div", row < 0 ? "line letters" : "line", "row");
    const frozen = row < this.frozenRows;
    const top = row < 0 ? 0 : tab.rows.at(row) + (frozen ? this.headerHeight : -tab.rows.at(this.frozenRows));
    line.style.top = `${top}px`;
    line.style.height = `${row < 0 ? this.headerHeight : tab.rows.size(row)}px`;
    line.ariaRowIndex = row + 2;
    line.append(this.#corner(row));
    let from = 0;
    for (const column of this.#columns) {
      const made = this.#cell(row, column);
      if (made) {
        made.style.marginLeft = `${tab.columns.size(from, column)}px`;
        from = row < 0 ? column + 1 : tab.area(row, column).right;
        line.append(made);
      }
    }
    return line;
  }

  #corner(row) {
    const corner = row < 0 ? element("div", "header corner", "columnheader") : rowHeader(row);
    if (row < 0) {
      corner.ariaColIndex = 1;
      corner.append(element("span", "hidden"));
      corner.firstChild.textContent = "#";
    } else this.adorn.row(corner, row);
    corner.style.width = `${this.gutter}px`;
    return corner;
  }

  #cell(row, column) {
    const { tab } = this;
    if (row >= 0) {
      const anchor = tab.anchor(row, column);
      if (anchor.row !== row || anchor.column !== column) return null;
    }
    const made = row < 0 ? columnHeader(column) : gridCell(tab, row, column, this.#stateOf(row, column));
    if (row < 0) {
      made.style.width = `${tab.columns.size(column)}px`;
      this.adorn.column(made, column);
    } else this.adorn.cell(made, row, column);
    if (column < this.frozenColumns) {
      made.classList.add("frozen");
      made.style.left = `${this.gutter + tab.columns.at(column)}px`;
    }
    return made;
  }

  #stateOf(row, column) {
    return { pending: this.#pending.get(key(row, column))?.text, changed: this.#changed.get(key(row, column)) };
  }

  #mark() {
    const { area } = this;
    for (const each of this.grid.querySelectorAll(".cell, .header")) {
      const { row = area.top, column = area.left } = each.dataset;
      const selected = !each.matches(".corner") && holds(area, Number(row), Number(column));
      // Setting what is there already would cost a new style all the same.
      if (each.classList.contains("selected") !== selected) each.classList.toggle("selected");
      if (each.classList.contains("active")) each.classList.remove("active");
      if (each.ariaSelected !== null && each.ariaSelected !== String(selected)) each.ariaSelected = String(selected);
    }
    const active = document.getElementById(cellId(this.place.row, this.place.column));
    active.classList.add("active");
    this.grid.setAttribute("aria-activedescendant", active.id);
  }

  #reveal({ row, column }) {
    const { grid } = this;
    const { top, left, width, height } = this.box({ row, column });
    if (row >= this.frozenRows) grid.scrollTop += beyond(top, height, this.#top, grid.clientHeight);
    if (column >= this.frozenColumns) grid.scrollLeft += beyond(left, width, this.#left, grid.clientWidth);
  }
}

/** How far to scroll so that a stretch from `at` shows between `first` and `last`, its beginning above all. */
function beyond(at, length, first, last) {
  if (at < first) return at - first;
  return Math.max(0, Math.min(at + length - last, at - first));
}

function inSight(axis, frozen, first, last, selected) {
  const found = new Set([selected]);
  for (let index = 0; index < frozen; index += 1) found.add(index);
  for (let index = Math.max(first, frozen); index <= Math.min(last, axis.count - 1); index += 1) found.add(index);
  for (const index of found) if (axis.size(index) === 0 && index !== selected) found.delete(index);
  return found;
}

/** Puts exactly these lines into the group, in order, and leaves alone what stands there already. */
function place(group, lines) {
  const wanted = new Set(lines);
  for (const line of [...group.children]) if (!wanted.has(line)) line.remove();
  lines.forEach((line, index) => {
    if (group.children[index] !== line) group.insertBefore(line, group.children[index] ?? null);
  });
}
