// Saving, and the dry run with the one write: dialogs that show first what they do.

import { element, table } from "./elements.js";
import { say } from "./words.js";

export class Ending {
  /** `done(state)` is called with the desk's state after something was saved. */
  constructor(dialog, desk, done) {
    Object.assign(this, { dialog, desk, done });
  }

  async save(state) {
    const lines = await this.desk.difference();
    const diff = element("pre", { className: "diff", tabIndex: 0, children: lines.map((line) => element("span", { className: kindOf(line), text: `${line}\n` })) });
    const address = element("input", { type: "text", size: 50 });
    const asks = state.isCopy ? [element("label", { className: "address", children: [say("address"), address] })] : [];
    const save = element("button", { className: "main", text: say("saveNow"), onClick: () => this.#tell(async () => {
      this.done(await this.desk.change("save", { spreadsheet: idOf(address.value) }));
      this.dialog.close();
    }) });
    this.#show(say("saveTitle", { path: state.path }), lines.length ? [...asks, diff] : [...asks, element("p", { text: say("noChange") })], [save, this.#closing("cancel")]);
  }

  async tryOut(state) {
    this.#show(say("tryTitle"), [element("p", { text: say("trying") })], [this.#closing("close")]);
    await this.#tell(async () => this.#tried(await this.desk.change("pass", {}), state));
  }

  #tried({ cells, problems, failure, mustAccept }, state) {
    const told = cells.length ? say("cells", { count: cells.length }) : say("nothingToWrite");
    const body = [
      ...(failure ? [element("p", { className: "failed", text: failure })] : []),
      element("p", { text: told }),
      ...(cells.length ? [table([say("place"), say("old"), say("new"), say("why")], cells)] : []),
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

const idOf = (address) => /\/spreadsheets\/d\/([\w-]+)/.exec(address)?.[1] ?? address.trim();
