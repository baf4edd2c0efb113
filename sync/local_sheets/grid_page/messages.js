// What the page tells: failures stay until they are dismissed, news of others' changes and remarks on a cell pass.

import { cellName } from "../grid/a1.js";
import { say } from "./words.js";

const NAMED = 4;

export class Messages {
  #standing = null;

  constructor(page) {
    this.status = page.getElementById("status");
    this.news = page.getElementById("news");
    this.hint = page.getElementById("hint");
    this.dismiss = page.getElementById("dismiss");
    this.dismiss.addEventListener("click", () => {
      this.status.replaceChildren();
      this.#standing = null;
      this.dismiss.hidden = true;
    });
  }

  fail(text) {
    const last = this.status.lastElementChild;
    if (last?.dataset.text === text) {
      last.dataset.count = Number(last.dataset.count) + 1;
      last.textContent = `${text} ${say("times", { count: last.dataset.count })}`;
      return last;
    }
    const line = document.createElement("p");
    Object.assign(line.dataset, { text, count: 1 });
    this.dismiss.hidden = false;
    line.textContent = text;
    this.status.append(line);
    line.scrollIntoView({ block: "nearest" });
    return line;
  }

  /** The one failure that mends itself, told once however often it comes back; nothing when it is over. */
  stand(text) {
    if (this.#standing?.dataset.text === text) return;
    this.#standing?.remove();
    this.#standing = text === undefined ? null : this.fail(text);
    this.dismiss.hidden = this.status.childElementCount === 0;
  }

  changed(cells, tab, who) {
    if (cells.length === 0) return;
    const named = cells.slice(0, NAMED).map(({ row, column }) => {
      const text = tab.shown(row, column);
      return text ? `${cellName(row, column)} ${text}` : cellName(row, column);
    });
    if (cells.length > NAMED) named.push(say("more", { count: cells.length - NAMED }));
    this.news.textContent = say("changed", { who, cells: named.join("; ") });
  }

  changedElsewhere(who) {
    this.news.textContent = say("changedElsewhere", { who });
  }

  /** News name cells of one tab, and mean others under the next. */
  forget() {
    this.news.textContent = "";
  }

  remark(texts) {
    this.hint.textContent = texts.join(" · ");
  }
}
