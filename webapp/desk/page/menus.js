// What may be said of a column, a row, a cell and the tab: what stands in each menu, and the edit that an item is.

import { cellName, letters } from "../grid/a1.js";
import { say } from "./words.js";

const RECORDS_OF_A_CELL = ["objective", "key_result"];
// Fields of which one column for each period, or for each adjustment, may hold the value.
const SEVERAL_COLUMNS = ["start", "target", "current", "progress"];
// What a cell above a table most often says.
const FACTS = [["objective", "period"], ["objective", "unit"], ["objective", "owner"]];

const byId = (id) => document.getElementById(id);

export class Menus {
  /** `page` has the desk's state and carries out edits. */
  constructor(page, menu) {
    Object.assign(this, { page, menu });
  }

  async column(column, at) {
    this.page.select({ row: this.page.view.place.row, column });
    const { header, likely: found } = await this.page.desk.likely(this.page.state.tab.sheetId, column).catch((failure) => {
      this.page.tell(failure);
      return { header: "", likely: [] };
    });
    const own = this.page.state.tab.columns[column] ?? [];
    const groups = this.groups().map(({ record, kind, name, fields, placed }) => {
      const has = (field) => own.some((role) => role.record === record && role.kind === kind && role.field === field);
      const edit = (field, more) => () => this.page.edit({ do: "role", column, record, kind, field, ...more });
      const items = fields.map(({ field, name: text }) => ({ name: text, checked: has(field), on: edit(field, { on: !has(field) }) }));
      const more = fields.filter(({ field }) => SEVERAL_COLUMNS.includes(field) && placed.includes(field) && !has(field));
      return { name, items, more: more.map(({ field, name: text }) => ({ name: say("also", { text }), on: edit(field, { also: true }) })) };
    });
    const likely = { name: say("likely"), items: found.map(({ record, field, name }) => ({ name, on: () => this.page.edit({ do: "role", column, record, field }) })) };
    const nothing = { name: "", items: [{ name: say("nothing"), checked: own.length === 0, on: () => this.page.edit({ do: "unused", column }) }] };
    // Of a column that is something, what comes first by Enter takes that away and nothing else.
    const first = own.length || !found.length ? [nothing, likely] : [likely, nothing];
    const title = header ? say("whatIsHeaded", { name: letters(column), header }) : say("whatIs", { name: letters(column) });
    this.menu.open(at.isConnected ? at : byId("column-menu"), title, [...first.filter(({ items }) => items.length), ...groups]);
  }

  /** The records of the tab, several kinds of key results apart, each with the fields that it may have. */
  groups() {
    const { groups } = this.page.state.tab;
    const own = groups.length ? groups : this.page.choices.map((choice) => ({ ...choice, kind: 0, placed: [] }));
    return own.map((group) => ({ ...group, fields: this.page.choices.find(({ record }) => record === group.record).fields }));
  }

  async row(at) {
    const { top: row } = this.page.view.area;
    const { alike, leaves, ends } = await this.page.desk.like(this.page.state.tab.sheetId, row).catch((failure) => {
      this.page.tell(failure);
      return { alike: [], leaves: [], ends: [] };
    });
    const item = (edit, tellsCounted) => ({ condition, said, count, counted, rows, examples }) => ({
      name: say(tellsCounted && counted ? "rowsCounted" : "rows", { said, count, counted, examples: examples.map((text) => `“${text}”`).join(", ") }),
      on: () => this.page.edit({ ...edit, condition }),
      seen: (looked) => this.page.look(looked ? rows : []),
    });
    const group = (name, found, edit, takesAway = false) => {
      const [shown, folded] = parted(found, takesAway);
      return { name, items: shown.map(item(edit, takesAway)), more: folded.map(item(edit, takesAway)) };
    };
    const kinds = this.page.state.tab.groups.filter(({ record }) => record === "key_result");
    const path = (kind) => (kinds.length > 1 ? ["key_result", kind, "when"] : ["key_result", "when"]);
    const groups = [
      group(say("leaveOut"), leaves, { do: "condition", path: ["skip"] }, true),
      group(say("endsHere"), ends, { do: "condition", path: ["until"] }, true),
      group(say("isObjective"), alike, { do: "condition", path: ["objective", "when"] }),
      ...kinds.map(({ kind, name }) => group(say("isKind", { name }), alike, { do: "condition", path: path(kind) })),
      group(say("isAnother"), alike, { do: "another" }),
    ].filter(({ items, more }) => items.length + more.length);
    const header = { name: alike.length ? "" : say("noAlike"), items: [{ name: say("isHeader"), on: () => this.page.edit({ do: "header", row }) }] };
    this.menu.open(at.isConnected ? at : byId("row-menu"), say("whatRow", { name: this.page.rowsNamed() }), [...groups, header], false);
  }

  cell(at) {
    this.page.select(this.speaking(this.page.view.place));
    const { row, column } = this.page.view.place;
    const all = this.groups().filter(({ record }) => RECORDS_OF_A_CELL.includes(record));
    const item = (record, kind, field, name) => ({ name, on: () => this.page.edit({ do: "place", row, column, record, kind, field }) });
    const groups = all.map(({ record, kind, name, fields }) => ({
      name, items: fields.filter(({ field }) => field !== "score").map(({ field, name: text }) => item(record, kind, field, text)),
    }));
    const likely = FACTS.map(([record, field]) => {
      const { name, fields } = all.find((group) => group.record === record);
      return item(record, 0, field, `${name}: ${fields.find((each) => each.field === field).name}`);
    });
    const held = this.page.book.tab?.shown(row, column) ?? "";
    const title = held ? say("whatCell", { name: cellName(row, column), text: held }) : say("emptyCell", { name: cellName(row, column) });
    this.menu.open(at, title, [{ name: say("likely"), items: likely }, ...groups]);
  }

  /** The cell whose text is seen in an empty one, over which it goes on; else the cell itself. */
  speaking({ row, column }) {
    const { left } = this.page.view.box({ row, column });
    for (let at = column; at >= 0; at -= 1) {
      if (this.page.view.tab.shown(row, at) !== "") {
        const text = byId(`cell-${row}-${at}`)?.querySelector(".text");
        const reaches = text && text.getBoundingClientRect().right - this.page.grid.getBoundingClientRect().left > left;
        return { row, column: reaches ? at : column };
      }
    }
    return { row, column };
  }

  tab(at) {
    const { title, entries } = this.page.state.tab;
    const item = (name, what, checked) => ({ name: say(name), checked, on: () => !checked && this.page.edit({ do: what }) });
    const items = [item("takesPart", "take", entries.length > 0), item("noPart", "leave", entries.length === 0)];
    this.menu.open(at, say("whatTab", { name: title }), [{ name: "", items }]);
  }
}

/**
 * Offers to show at once, and those behind the fold: of each way to tell rows apart the first, but none by which
 * something is missing in the row while there are others, and none that takes away rows that count.
 */
function parted(found, takesAway) {
  const safe = found.filter(({ counted }) => !takesAway || counted === 0);
  const first = safe.filter((each) => safe.find(({ kind }) => kind === each.kind) === each);
  const telling = first.filter(({ kind }) => kind !== "blank");
  const shown = telling.length ? telling : first;
  return [shown, found.filter((each) => !shown.includes(each))];
}
