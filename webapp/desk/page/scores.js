// What the score cells of the rows in sight take: the desk tells it of the first rows, and of others when they are
// looked at.

// Rows around those in sight that are asked for with them.
const SPARE = 150;

export class ScoresInSight {
  #marks = null;
  #wanted = null;
  #asking = false;

  /** `onMore` is given what the desk tells of further rows. */
  constructor(desk, onMore, onFailure) {
    Object.assign(this, { desk, onMore, onFailure, span: { from: 0, to: 0 } });
  }

  /** The desk has told all of a tab anew: of its first rows, and of those that were in sight. */
  told(marks) {
    const [from, to] = marks.sight;
    this.#marks = marks;
    this.span = { from, to };
  }

  /** Asks for what was not told of the rows in sight. Of all that is wanted meanwhile, only the last is asked for. */
  async need(sight) {
    this.#wanted = sight;
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#wanted) {
        const { from, to } = this.#wanted;
        this.#wanted = null;
        if (!this.#has(from, to)) await this.#ask(Math.max(0, from - SPARE), to + SPARE);
      }
    } catch (failure) {
      this.onFailure(failure);
    } finally {
      this.#asking = false;
    }
  }

  #has(from, to) {
    return to <= this.#marks.firstRows || (from >= this.span.from && to <= this.span.to);
  }

  async #ask(from, to) {
    const marks = this.#marks;
    const more = await this.desk.scores(marks.sheetId, { from, to });
    if (marks !== this.#marks) return; // of what the tab was before
    this.span = { from, to };
    this.onMore(more);
  }
}
