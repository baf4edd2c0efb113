// The spreadsheet as this page last saw it, and the one line in which all requests that change it stand. Of a tab it
// has the rows in sight and some around them, and fetches others as they are needed.

import { differences } from "./differences.js";
import { Tab } from "./tab.js";

const NOTHING_CHANGED = { cells: [], moved: (row) => row, by: null, elsewhere: false };
// Rows around those in sight: so many are fetched, and so many must be there before more are fetched.
const SPARE = 100;
const NEAR = 40;

export class Book {
  #line = Promise.resolve();
  #waiting = 0;
  #version = -1;
  #ownChanges = 0;
  #stale = true;
  #missing = null;
  #content = null;

  /**
   * `sight(tab, selected)` tells which rows of a tab the page looks at: `{from, to, rest}`, `rest` being spans beyond
   * these; with `selected` those that are selected, too.
   */
  constructor(api, sight) {
    Object.assign(this, { api, sight, title: "", locale: "en_US", tabs: [], tab: null });
    this.onSeen = () => {};
    this.onMore = () => {};
    this.onBusy = () => {};
    this.onReach = () => {};
  }

  /** Carries out `action` after all before it, and then looks again; a failure is told to `onFailure`. */
  change(action, onFailure) {
    return this.#next(async () => {
      this.#stale = true;
      try {
        await action();
      } catch (failure) {
        onFailure(failure);
      }
      if (this.#waiting === 0) await this.#look(this.tab.sheetId);
    });
  }

  /** Shows another tab; an id that is not there gives the first. */
  open(sheetId) {
    return this.#next(() => this.#look(sheetId));
  }

  /** Looks at the version, and at the cells when it is another. */
  poll() {
    return this.#next(async () => {
      if ((await this.api.state()).version !== this.#version || this.#stale) await this.#look(this.tab?.sheetId ?? null);
    });
  }

  /** Fetches the rows in sight that are not here yet. Of all that is asked for meanwhile, only the last is fetched. */
  async need(selected = false) {
    const asked = this.#missing !== null;
    this.#missing = this.sight(this.tab, selected);
    if (asked) return;
    this.onBusy(true);
    try {
      while (this.#missing) {
        const { tab } = this;
        const near = around(tab, this.#missing, NEAR).every((span) => missing(tab, span) === null);
        const spans = near ? [] : around(tab, this.#missing, SPARE).map((span) => missing(tab, span)).filter(Boolean);
        this.#missing = undefined;
        if (spans.length) {
          const blocks = await this.api.blocks(tab.title, spans);
          if (tab === this.tab) this.onMore(tab.take(blocks));
        }
      }
    } catch (failure) {
      this.onReach(failure);
    } finally {
      this.#missing = null;
      this.onBusy(false);
    }
  }

  /** What was entered in all cells of the tab; asked for once for each state of it. */
  content() {
    this.#content ??= this.api.entered(this.tab.title);
    this.#content.catch((failure) => {
      this.#content = null;
      this.onReach(failure);
    });
    return this.#content;
  }

  #next(action) {
    this.#waiting += 1;
    this.#line = this.#line.then(async () => {
      this.#waiting -= 1;
      try {
        await action();
        this.onReach(null);
      } catch (failure) {
        this.onReach(failure);
      }
    });
    return this.#line;
  }

  async #look(sheetId) {
    // The version first: what changes after it is found by the next poll.
    const { version, by } = await this.api.state();
    const known = await this.api.book();
    const tabs = known.sheets.map((sheet) => sheet.properties);
    const wanted = tabs.find((tab) => tab.sheetId === sheetId) ?? tabs.find((tab) => !tab.hidden) ?? tabs[0];
    const tab = await this.#fetched(wanted);
    const before = this.tab?.sheetId === tab.sheetId ? this.tab : null;
    const byOthers = version - this.#version !== this.api.changes - this.#ownChanges;
    Object.assign(this, { title: known.properties.title, locale: known.properties.locale, tabs, tab });
    this.#version = version;
    this.#stale = false;
    this.#content = null;
    this.#ownChanges = this.api.changes;
    this.onSeen(before && byOthers ? { ...differences(before, tab), by } : NOTHING_CHANGED, before === null);
  }

  /** The tab with the rows in sight. Their heights are kept from the state before, as long as it has as many rows. */
  async #fetched(properties) {
    const { rowCount, frozenRowCount: frozenRows = 0 } = properties.gridProperties;
    const same = this.tab?.sheetId === properties.sheetId && this.tab.rows.count === rowCount;
    const rows = same ? this.tab.rows : Tab.heights(rowCount, await this.api.heights(properties.title));
    const spans = around({ rows, frozenRows }, this.sight({ sheetId: properties.sheetId, rows, frozenRows }, false), SPARE);
    return new Tab(await this.api.tab(properties.title, spans), rows);
  }
}

/** The spans of rows to have: what is in sight with some to spare, frozen rows, and those beyond. */
function around({ rows, frozenRows }, { from, to, rest }, spare) {
  const first = Math.max(0, Math.min(from - spare, rows.count - 1));
  const last = Math.max(first + 1, Math.min(to + spare, rows.count));
  return [{ from: first, to: last }, { from: 0, to: frozenRows }, ...rest]
    .map((span) => ({ from: span.from, to: Math.min(span.to, rows.count) }))
    .filter((span, at) => span.from < span.to && (at === 0 || span.from < first || span.to > last));
}

/** What of a span is not here, from its first to its last such row; null where all of it is. */
function missing(tab, { from, to }) {
  let [first, last] = [from, to];
  while (first < last && tab.has(first)) first += 1;
  while (first < last && tab.has(last - 1)) last -= 1;
  return first < last ? { from: first, to: last } : null;
}
