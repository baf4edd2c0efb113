// The grid on the screen: only the rows and columns in sight have elements. It shows a tab and knows no API.

import { cellId, columnHeader, element, gridCell, rowHeader } from "./cells.js";

const HEADER_HEIGHT = 24;
const SPARE = 4;
const CHANGED_FOR = 2_500;
// Frozen parts that would leave too little to scroll are not kept in place, or a small screen would show nothing else.
const FROZEN_SHARE = 0.5;

const key = (row, column) => `${row},${column}`;

export class GridView {
  #lines = new Map();
  #columns = [];
  #pending = new Map();
  #changed = new Set();
  #drawing = 0;

  constructor(grid, head, body) {
    Object.assign(this, { grid, head, body, tab: null, place: { row: 0, column: 0 }, onScroll: () => {} });
    grid.addEventListener("scroll", () => {
      this.onScroll();
      this.#drawing ||= requestAnimationFrame(() => this.draw());
    }, { passive: true });
    new ResizeObserver(() => {
      if (this.tab) this.#arrange();
      this.onScroll();
    }).observe(grid);
  }

  show(tab, place) {
    this.tab = tab;
    this.place = tab.inside(place);
    this.#arrange();
  }

  select(place) {
    this.place = this.tab.inside(place);
    this.#reveal();
    this.draw();
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

  flash(cells) {
    const keys = cells.map(({ row, column }) => key(row, column));
    for (const each of keys) this.#changed.add(each);
    this.#redraw();
    setTimeout(() => {
      for (const each of keys) this.#changed.delete(each);
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
      top: HEADER_HEIGHT + rows.at(top) - (row < this.frozenRows ? 0 : this.grid.scrollTop),
      left: this.gutter + columns.at(left) - (column < this.frozenColumns ? 0 : this.grid.scrollLeft),
      width: columns.size(left, right),
      height: rows.size(top, bottom),
    };
  }

  /** The cell that a header or cell element stands for; a header keeps the other coordinate. */
  placeOf(target) {
    const found = target.closest(".cell, .header");
    if (!found || !this.grid.contains(found)) return null;
    const { row = this.place.row, column = this.place.column } = found.dataset;
    return { row: Number(row), column: Number(column) };
  }

  get #top() {
    return HEADER_HEIGHT + this.tab.rows.at(this.frozenRows);
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
    const top = row < 0 ? 0 : tab.rows.at(row) + (frozen ? HEADER_HEIGHT : -tab.rows.at(this.frozenRows));
    line.style.top = `${top}px`;
    line.style.height = `${row < 0 ? HEADER_HEIGHT : tab.rows.size(row)}px`;
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
    }
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
    if (row < 0) made.style.width = `${tab.columns.size(column)}px`;
    if (column < this.frozenColumns) {
      made.classList.add("frozen");
      made.style.left = `${this.gutter + tab.columns.at(column)}px`;
    }
    return made;
  }

  #stateOf(row, column) {
    return { pending: this.#pending.get(key(row, column))?.text, changed: this.#changed.has(key(row, column)) };
  }

  #mark() {
    const { row, column } = this.place;
    for (const old of this.grid.querySelectorAll(".active")) {
      old.classList.remove("active");
      if (old.ariaSelected) old.ariaSelected = "false";
    }
    const active = document.getElementById(cellId(row, column));
    active.classList.add("active");
    active.ariaSelected = "true";
    this.grid.setAttribute("aria-activedescendant", active.id);
    this.grid.querySelector(`.row-number[data-row="${row}"]`).classList.add("active");
    this.grid.querySelector(`.column[data-column="${column}"]`).classList.add("active");
  }

  #reveal() {
    const { grid, place: { row, column } } = this;
    const { top, left, width, height } = this.box(this.place);
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
