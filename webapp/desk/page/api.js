// What the page asks of the desk: its state, changes of the document, and the tab as it looks, for the grid.

import { quoted } from "../grid/a1.js";

const TIMEOUT = 120_000;
const CHANGE = document.querySelector("meta[name=change]").content;

/** Words for a person. */
class DeskFailure extends Error {}

export class Desk {
  state(sheetId) {
    return get("state", sheetId === null ? {} : { sheetId });
  }

  /** The state once all rows are read, with what the score cells of rows take. */
  whole(sheetId, { from, to }) {
    return get("state", { sheetId, from, to, whole: 1 });
  }

  /** What the score cells of rows take. */
  scores(sheetId, { from, to }) {
    return get("scores", { sheetId, from, to });
  }

  choices() {
    return get("choices");
  }

  like(sheetId, row) {
    return get("like", { sheetId, row });
  }

  likely(sheetId, column) {
    return get("likely", { sheetId, column });
  }

  difference(address = "") {
    return get("difference", { address });
  }

  change(what, body = {}) {
    return asked(`/api/${what}`, {
      method: "POST", headers: { "Content-Type": "application/json", "X-Desk-Change": CHANGE }, body: JSON.stringify(body),
    });
  }
}

/** The workbook for the grid. Each look at it is a version; nobody changes it through this page. */
export class Picture {
  constructor() {
    this.version = 1;
    this.changes = 0;
  }

  again() {
    this.version += 1;
  }

  state() {
    return Promise.resolve({ version: this.version, by: null });
  }

  book() {
    return get("picture", { what: "book" });
  }

  async tab(title, spans) {
    return (await get("picture", { what: "tab", range: rows(title, spans) })).sheets[0];
  }

  async blocks(title, spans) {
    return (await get("picture", { what: "rows", range: rows(title, spans) })).sheets[0].data;
  }

  async heights(title) {
    return (await get("picture", { what: "heights", range: [quoted(title)] })).sheets[0].data[0].rowMetadata;
  }
}

const rows = (title, spans) => spans.map(({ from, to }) => `${quoted(title)}!${from + 1}:${to}`);

function get(what, query = {}) {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  return asked(`/api/${what}?${new URLSearchParams(pairs)}`, {});
}

async function asked(address, options) {
  let response;
  try {
    response = await fetch(address, { ...options, signal: AbortSignal.timeout(TIMEOUT) });
  } catch {
    throw new DeskFailure("");
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok || answer === null) throw new DeskFailure(answer?.error ?? String(response.status));
  return answer;
}
