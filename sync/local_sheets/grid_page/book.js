// The spreadsheet as this page last saw it, and the one line in which all requests that change it stand.

import { differences } from "./differences.js";
import { Tab } from "./tab.js";

const NOTHING_CHANGED = { cells: [], moved: (row) => row };

export class Book {
  #line = Promise.resolve();
  #waiting = 0;
  #version = -1;
  #ownChanges = 0;
  #stale = true;

  constructor(api) {
    Object.assign(this, { api, title: "", locale: "en_US", tabs: [], tab: null });
    this.onSeen = () => {};
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
      if ((await this.api.version()) !== this.#version || this.#stale) await this.#look(this.tab?.sheetId ?? null);
    });
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
    const version = await this.api.version();
    const known = await this.api.book();
    const tabs = known.sheets.map((sheet) => sheet.properties);
    const wanted = tabs.find((tab) => tab.sheetId === sheetId) ?? tabs.find((tab) => !tab.hidden) ?? tabs[0];
    const tab = new Tab(await this.api.tab(wanted.title));
    const before = this.tab?.sheetId === tab.sheetId ? this.tab : null;
    const byOthers = version - this.#version !== this.api.changes - this.#ownChanges;
    Object.assign(this, { title: known.properties.title, locale: known.properties.locale, tabs, tab });
    this.#version = version;
    this.#stale = false;
    this.#ownChanges = this.api.changes;
    this.onSeen(before && byOthers ? differences(before, tab) : NOTHING_CHANGED, before === null);
  }
}
