// What the grid wears: each column its role, each row its kind, score cells what they would take. Given by the desk.

import { element } from "./elements.js";
import { say } from "./words.js";

// Two lines: in a narrow column one line would be cut.
const ROLE_HEIGHT = 38;
/** The letters by which the desk tells what a row is, each with its class and word. */
export const KINDS = {
  h: { name: "header", mark: "≡" },
  o: { name: "objective", mark: "O" },
  k: { name: "keyResult", mark: "KR" },
  b: { name: "both", mark: "O+KR" },
  c: { name: "checkIn", mark: "✓" },
  i: { name: "initiative", mark: "→" },
  r: { name: "record", mark: "•" },
  s: { name: "skipped", mark: "–" },
  e: { name: "ended", mark: "" },
};

export class Adornments {
  /** `onColumn` is told the column whose role was pressed, and the element. */
  constructor(onColumn) {
    this.height = ROLE_HEIGHT;
    this.onColumn = onColumn;
    this.wear(null);
  }

  /** Takes what the desk says of the tab that is shown; null where it says nothing yet. */
  wear(marks) {
    this.marks = marks ?? { columns: {}, rows: "", scores: {}, cells: {}, places: [] };
    this.scores = {};
    this.places = new Set();
    this.takeScores(this.marks);
    this.looked = new Set();
  }

  /** What score cells take, of rows that were not told before. */
  takeScores({ scores, places }) {
    Object.assign(this.scores, scores);
    for (const place of places) this.places.add(place);
  }

  /** The rows that an item of a menu speaks of. */
  look(rows) {
    this.looked = new Set(rows);
  }

  column(header, column) {
    const roles = this.marks.columns[column] ?? [];
    const text = roles.length ? [...new Set(roles.map((role) => role.short))].join(" + ") : say("notUsed");
    const title = roles.map((role) => role.name).join("\n") || text;
    const label = say("wears", { name: header.textContent, text: title.replaceAll("\n", ", ") });
    const chip = element("button", { className: `role ${kindOf(roles)}`, text, title, tabIndex: -1, "aria-label": label });
    chip.addEventListener("pointerdown", (event) => event.stopPropagation());
    chip.addEventListener("click", (event) => {
      event.stopPropagation();
      this.onColumn(column, chip);
    });
    header.append(chip);
  }

  row(header, row) {
    const kind = KINDS[this.marks.rows[row]];
    if (kind) {
      header.classList.add("kind", `row-${kind.name}`);
      header.title = say(kind.name);
      header.append(element("span", { className: "kind-mark", text: kind.mark, "aria-hidden": "true" }), element("span", { className: "hidden", text: say(kind.name) }));
    }
    header.classList.toggle("looked", this.looked.has(row));
  }

  cell(made, row, column) {
    const at = `${row},${column}`;
    const kind = KINDS[this.marks.rows[row]];
    if (kind && (kind.name === "skipped" || kind.name === "ended")) made.classList.add("out");
    made.classList.toggle("looked", this.looked.has(row));
    const said = this.marks.cells[at];
    if (said) {
      made.classList.add("said");
      made.title = said.map(({ name }) => name).join("\n");
      const chip = element("span", { className: "said-chip", text: said.map(({ short }) => short).join(" + ") });
      // A text that goes on over other cells would lie below a chip in its own.
      (made.matches(".spilling") ? made.querySelector(".text") : made).append(chip);
    }
    if (this.places.has(at)) made.classList.add("place");
    if (at in this.scores) {
      this.score(made, this.scores[at] || "∅");
    }
  }

  /** What a cell would take, beside what stands there; a narrow cell shows the number alone. */
  score(made, taken) {
    const held = made.querySelector(".text")?.textContent ?? "";
    const words = held ? say("takesInstead", { held, taken }) : say("takes", { taken });
    made.classList.add("scored");
    made.title = words;
    made.append(element("span", { className: "new-score", title: words, children: [element("span", { className: "arrow", text: "→ " }), taken] }));
  }
}

/** The class of a column by its roles: a score before anything else, then the kind of record. */
function kindOf(roles) {
  if (!roles.length) return "unused";
  if (roles.some((role) => role.score)) return "of-score";
  const records = new Set(roles.map((role) => role.record));
  return records.size === 1 ? `of-${roles[0].record}` : "of-both";
}
