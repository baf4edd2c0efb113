// The Sheets and Drive methods that the page uses, as any other client would call them.

import { quoted } from "../grid/a1.js";
import { say } from "./words.js";

const TIMEOUT = 30_000;
const CELL = "values(userEnteredValue,effectiveValue,formattedValue,note,userEnteredFormat)";
const SIZES = "(pixelSize,hiddenByUser)";
const BOOK_FIELDS = "properties(title,locale),sheets.properties";
const ROW_FIELDS = `startRow,rowData(${CELL}),rowMetadata${SIZES}`;
const TAB_FIELDS = "sheets(properties,merges,protectedRanges(range,description),"
  + `data(${ROW_FIELDS},columnMetadata${SIZES}))`;

/** Words for a person; `reached` tells a refusal from a server that is not there. */
export class ApiFailure extends Error {
  constructor(message, reached) {
    super(message);
    this.reached = reached;
  }
}

export class Api {
  #token = null;

  constructor(spreadsheetId) {
    this.path = `/v4/spreadsheets/${spreadsheetId}`;
    this.file = `/drive/v3/files/${spreadsheetId}`;
    this.download = `/spreadsheets/d/${spreadsheetId}/export`;
    /** How many changes this page has made: each moves the file's version by one. */
    this.changes = 0;
  }

  /** The file's version, and who made it: a name, or null when that was this page's own person. */
  async state() {
    const { version, lastModifyingUser: who } = await this.#call("GET", this.file, {
      fields: "version,lastModifyingUser(displayName,me)",
    });
    return { version: Number(version), by: who.me ? null : who.displayName };
  }

  book() {
    return this.#call("GET", this.path, { fields: BOOK_FIELDS });
  }

  /** A tab with the cells of these spans of rows, each from its first to before its last. */
  tab(title, spans) {
    return this.#sheet(spans.map((span) => rows(title, span)), TAB_FIELDS);
  }

  /** The cells of these spans alone, a block for each. */
  async blocks(title, spans) {
    return (await this.#sheet(spans.map((span) => rows(title, span)), `sheets.data(${ROW_FIELDS})`)).data;
  }

  /** The sizes of all rows of a tab. */
  async heights(title) {
    return (await this.#sheet([quoted(title)], `sheets.data.rowMetadata${SIZES}`)).data[0].rowMetadata;
  }

  /** What was entered in all cells of a tab, row by row, up to the last that holds something. */
  async entered(title) {
    const path = `${this.path}/values/${encodeURIComponent(quoted(title))}`;
    return (await this.#call("GET", path, { valueRenderOption: "FORMULA" })).values ?? [];
  }

  write(title, place, values) {
    const range = encodeURIComponent(`${quoted(title)}!${place}`);
    return this.#change("PUT", `${this.path}/values/${range}`, { values }, { valueInputOption: "USER_ENTERED" });
  }

  clear(title, range) {
    return this.#change("POST", `${this.path}/values/${encodeURIComponent(`${quoted(title)}!${range}`)}:clear`, {});
  }

  batch(...requests) {
    return this.#change("POST", `${this.path}:batchUpdate`, { requests });
  }

  async #sheet(ranges, fields) {
    return (await this.#call("GET", this.path, { includeGridData: "true", ranges, fields })).sheets[0];
  }

  async #change(method, path, body, query = {}) {
    const answer = await this.#call(method, path, query, body);
    this.changes += 1;
    return answer;
  }

  async #call(method, path, query = {}, body = undefined) {
    this.#token ??= await this.#newToken();
    let response = await this.#send(method, path, query, body);
    if (response.status === 401) {
      this.#token = await this.#newToken();
      response = await this.#send(method, path, query, body);
    }
    return answered(response);
  }

  #send(method, path, query, body) {
    const headers = { Authorization: `Bearer ${this.#token}` };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const asked = Object.entries({ ...query, prettyPrint: "false" });
    const pairs = asked.flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
    return fetched(`${path}?${new URLSearchParams(pairs)}`, { method, headers, body: body && JSON.stringify(body) });
  }

  async #newToken() {
    const body = new URLSearchParams({
      grant_type: "refresh_token", refresh_token: "person", client_id: "grid", client_secret: "grid",
    });
    return (await answered(await fetched("/token", { method: "POST", body }))).access_token;
  }
}

const rows = (title, { from, to }) => `${quoted(title)}!${from + 1}:${to}`;

async function fetched(url, options) {
  try {
    return await fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT) });
  } catch {
    throw new ApiFailure(say("noAnswer"), false);
  }
}

async function answered(response) {
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  const message = answer?.error?.message ?? say("refused", { status: response.status });
  // Which of our requests it was means nothing to the person who pressed a button.
  throw new ApiFailure(message.replace(/^Invalid requests\[\d+\]\.\w+: /, ""), true);
}
