// Editing one cell, in the cell itself or in the formula bar; both show the same text. What to do with it is decided
// by whoever listens: `onCommit(place, text, event)` and `onCancel()`.

export class Editor {
  /** The cell being edited, or null. */
  place = null;
  #before = "";
  #quick = false;

  constructor(inCell, inBar, view) {
    Object.assign(this, { inCell, inBar, view, onCommit: () => {}, onCancel: () => {}, onBar: () => {} });
    inCell.addEventListener("input", () => this.#mirror(inCell, inBar));
    inBar.addEventListener("input", () => this.#mirror(inBar, inCell));
    inBar.addEventListener("focus", () => this.onBar());
    for (const field of [inCell, inBar]) {
      field.addEventListener("keydown", (event) => this.#key(event));
      field.addEventListener("blur", (event) => this.#left(event));
    }
    inCell.addEventListener("pointerdown", () => { this.#quick = false; });
  }

  /** `typed` begins with an empty cell, and then arrow keys end the editing, as in Sheets. */
  begin(place, before, { typed = false, bar = false } = {}) {
    this.place = place;
    this.#before = before;
    this.#quick = typed;
    this.inCell.value = typed ? "" : before;
    this.inBar.value = this.inCell.value;
    this.inCell.hidden = false;
    this.follow();
    if (!bar) this.inCell.focus({ preventScroll: true });
  }

  /** Keeps the field over its cell while the grid scrolls or its rows move. */
  follow() {
    if (!this.place) return;
    const { top, left, width, height } = this.view.box(this.place);
    Object.assign(this.inCell.style, {
      top: `${top}px`, left: `${left}px`, minWidth: `${width + 1}px`, minHeight: `${height + 1}px`,
    });
  }

  /** What the formula bar shows while nothing is edited. */
  rest(text) {
    if (!this.place) this.inBar.value = text;
  }

  commit(event = null) {
    const { place, inCell: { value } } = this;
    if (!place) return;
    this.#end();
    this.onCommit(place, value === this.#before ? null : value, event);
  }

  cancel() {
    this.#end();
    this.onCancel();
  }

  #end() {
    this.place = null;
    this.inCell.hidden = true;
  }

  #mirror(from, to) {
    to.value = from.value;
  }

  #key(event) {
    if (event.isComposing || !this.place) return;
    const arrow = this.#quick && event.key.startsWith("Arrow") && event.target === this.inCell;
    if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" && event.altKey) this.#newLine(event.target);
    else if (event.key === "Enter" || event.key === "Tab" || arrow) this.commit(event);
    else {
      if (event.key === "F2") this.#quick = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #newLine(field) {
    field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
    this.#mirror(field, field === this.inCell ? this.inBar : this.inCell);
  }

  #left(event) {
    if (event.relatedTarget !== this.inCell && event.relatedTarget !== this.inBar && document.hasFocus()) this.commit();
  }
}
