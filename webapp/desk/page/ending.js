// Saving, and the dry run with the one write: dialogs that show first what they do.

import { element, table } from "./elements.js";
import { say } from "./words.js";

export class Ending {
  #asked = "";

  /** `done(state)` is called with the desk's state after something was saved. */
  constructor(dialog, desk, done) {
    Object.assign(this, { dialog, desk, done });
  }

  async save(state) {
    const preview = element("div");
    const address = element("input", { type: "text", size: 50, value: state.address, placeholder: "https://docs.google.com/spreadsheets/d/…", autocomplete: "off", spellcheck: false });
    address.addEventListener("input", () => this.#preview(preview, address.value, state));
    const asks = element("label", { className: "address", children: [say("address"), address] });
    const saving = (word, body, className) => element("button", { className, text: say(word), onClick: () => this.#tell(async () => {
      this.done(await this.desk.change("save", body()));
      this.dialog.close();
    }) });
    const save = saving("saveNow", () => ({ address: address.value }), "main");
    const practice = saving("savePractice", () => ({ practice: true }), "");
    const isCopy = state.isCopy ? [element("p", { text: say("isCopy") }), asks] : [];
    await this.#preview(preview, state.address, state);
    this.#show(say("saveTitle", { path: state.path }), [...isCopy, preview], state.isCopy ? [save, practice, this.#closing("cancel")] : [save, this.#closing("cancel")]);
    if (state.isCopy) address.focus();
  }

  /** What would change, for the address that stands there now: in sentences, and as it stands in the file. */
  async #preview(box, address, state) {
    this.#asked = address;
    const found = await this.desk.difference(state.isCopy ? address : "");
    if (this.#asked !== address) return;
    const { lines, changes, id, refused } = found;
    if (refused) {
      box.replaceChildren(element("p", { className: "failed", text: refused }));
      return;
    }
    const diff = element("pre", { className: "diff", tabIndex: 0, children: lines.map((line) => element("span", { className: kindOf(line), text: `${line}\n` })) });
    const tabs = [...new Set(changes.map(({ tab }) => tab))].map((tab) => element("section", { children: [
      element("h3", { text: say("changeTab", { name: tab }) }),
      element("ul", { className: "changes", children: changes.filter((each) => each.tab === tab).map(({ kind, text }) => element("li", { className: kind, text: kind === "removed" ? say("changeGone", { text }) : text })) }),
    ] }));
    const told = lines.length && !tabs.length ? [element("p", { text: say("changeElse") })] : tabs;
    const where = state.isCopy && address ? [element("p", { className: "quiet", text: say("changeFor", { id }) })] : [];
    const raw = element("details", { children: [element("summary", { text: say("changeRaw") }), diff] });
    box.replaceChildren(...where, ...(lines.length ? [...told, raw] : [element("p", { text: say("noChange") })]));
  }

  async tryOut(state) {
    this.#show(say("tryTitle"), [element("p", { text: say("trying") })], [this.#closing("close")]);
    await this.#tell(async () => this.#tried(await this.desk.change("pass", {}), state));
  }

  #tried({ spreadsheet, tabs, isCopy, cells, problems, failure, mustAccept }, state) {
    const names = tabs.map((name) => `“${name}”`).join(", ");
    const told = cells.length ? say(isCopy ? "cellsCopy" : "cells", { count: cells.length, spreadsheet, tabs: names }) : say("nothingToWrite");
    const rows = cells.map(({ tab, cell, old, new: now, exact, why }) => [
      tabs.length > 1 ? `${tab}!${cell}` : cell, old || say("empty"), now ? `${now}${exact ? ` (${exact})` : ""}` : say("empty"), why,
    ]);
    const body = [
      ...(failure ? [element("p", { className: "failed", text: failure })] : []),
      element("p", { text: told }),
      ...(cells.length ? [table([say("place"), say("old"), say("new"), say("why")], rows)] : []),
      ...(problems.length ? [element("ul", { className: "faults", children: problems.map((text) => element("li", { text })) })] : []),
    ];
    const writes = cells.length || mustAccept;
    const ready = writes && state.mayWrite;
    if (writes && !ready) body.push(element("p", { className: "failed", text: say("saveFirst") }));
    const write = element("button", { text: say("writeNow"), onClick: () => this.#confirm(write, cells.length, mustAccept) });
    this.#show(say("tryTitle"), body, ready && !failure ? [write, this.#closing("close")] : [this.#closing("close")]);
  }

  /** The second confirmation takes the place of the first button, but not its focus: one press never does both. */
  #confirm(button, count, accept) {
    const sure = element("button", { className: "danger", text: say(accept ? "writeAccept" : "writeSure", { count }), onClick: () => this.#tell(async () => {
      const { cells, failure } = await this.desk.change("pass", { write: true, accept });
      const told = failure ? element("p", { className: "failed", text: failure }) : element("p", { text: say("written", { count: cells.length }) });
      this.#show(say("tryTitle"), [told], [this.#closing("close")]);
    }) });
    button.replaceWith(sure);
    this.dialog.querySelector(".closing").focus();
  }

  async #tell(action) {
    try {
      await action();
    } catch (failure) {
      const told = element("p", { className: "failed", role: "alert", text: failure.message || say("unreachable") });
      this.dialog.querySelector(".failed")?.remove();
      this.dialog.querySelector(".dialog-body").prepend(told);
    }
  }

  #closing(word) {
    return element("button", { className: "closing", text: say(word), onClick: () => this.dialog.close() });
  }

  #show(title, body, buttons) {
    this.dialog.replaceChildren(
      element("h2", { id: "dialog-title", text: title }),
      element("div", { className: "dialog-body", children: body }),
      element("div", { className: "answers", children: buttons }),
    );
    if (!this.dialog.open) this.dialog.showModal();
  }
}

function kindOf(line) {
  if (line.startsWith("+")) return "added";
  return line.startsWith("-") ? "removed" : "";
}
