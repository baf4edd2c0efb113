// The views beside the sheet. Each is made anew from what the desk says; `on` is what can be done from there.

import { element, heading, table } from "./elements.js";
import { say } from "./words.js";

export const PANELS = ["questions", "understood", "numbers", "problems", "rules", "text"];

/** The name of a view, with how much there is in it. */
export function nameOf(panel, state) {
  const counts = { questions: state.questions.length, numbers: state.numbers.differing, problems: state.problems.count };
  return say(panel) + (counts[panel] ? ` (${counts[panel]})` : "");
}

/** The elements of a view. */
export function content(panel, state, on) {
  return { questions, understood, numbers, problems, rules, text }[panel](state, on);
}

function questions(state, on) {
  const first = [...faults(state), ...guide(state), ...hints(state, on)];
  if (!state.questions.length) return first.length ? first : [element("p", { text: say("noQuestions") })];
  const cards = state.questions.map((card) => {
    const item = element("li", {
      className: "card",
      children: [
        element("h3", { children: [place(card.where, card.name, on)] }),
        element("p", { text: card.text }),
        element("div", { className: "answers", children: card.answers.map((answer) => answerOf(card, answer, on)) }),
        ...(card.alike ? [element("p", { className: "quiet", text: card.alike })] : []),
      ],
    });
    for (const kind of ["focusin", "click"]) item.addEventListener(kind, () => on.see(card.where));
    return item;
  });
  return [...faults(state), element("p", { className: "quiet", text: say("answered") }), element("ul", { className: "cards", children: cards }), ...guide(state), ...hints(state, on)];
}

/** What to do first and next, where nothing was proposed; each step is ticked off once the mapping says it. */
function guide({ guide: steps }) {
  const next = steps.findIndex(({ done }) => !done);
  const lines = steps.map(({ step, done }, at) => element("li", {
    className: done ? "done" : "", ...(at === next ? { "aria-current": "step" } : {}),
    children: [element("span", { className: "tick", text: done ? "✓" : String(at + 1), "aria-hidden": "true" }), element("span", { text: say(`guide_${step}`) }), ...(done ? [element("span", { className: "hidden", text: say("done") })] : [])],
  }));
  return lines.length ? [heading(say("guide")), element("p", { className: "quiet", text: say("guideHow") }), element("ol", { className: "guide", children: lines })] : [];
}

/** Tabs and tables that take no part and may well. */
function hints({ hints: found }, on) {
  const cards = found.map(({ sheetId, title, row, column, text }) => element("li", {
    className: "card",
    children: [element("h3", { children: [place({ sheetId, row, column }, title, on)] }), element("p", { text })],
  }));
  return cards.length ? [heading(say("mayTakePart")), element("ul", { className: "cards", children: cards })] : [];
}

function answerOf(card, answer, on) {
  const button = element("button", { text: answer.text, onClick: () => on.edit({ do: "answer", question: card.id, answer: answer.id, sheetId: card.sheetId }) });
  return element("div", { className: "answer", children: [button, ...(answer.gives ? [element("p", { className: "quiet", text: answer.gives })] : [])] });
}

function faults(state) {
  if (!state.faults.length) return [];
  const lines = state.faults.map(({ key, message, hint }) => element("li", {
    children: [...(key ? [element("code", { text: key }), " "] : []), message, ...(hint ? [element("p", { className: "quiet", text: hint })] : [])],
  }));
  return [heading(say("faults")), element("ul", { className: "faults", children: lines })];
}

/** A button that leads to a cell of the sheet. */
function place({ sheetId, row, column }, name, on) {
  if (row === null || row === undefined) return element("span", { text: name });
  return element("button", { className: "to-cell", text: name, onClick: () => on.go(sheetId, { row, column }) });
}

function understood({ understood: { objectives, stray, more, count }, tab: { rules: { constants } } }, on) {
  const line = (found, kind) => element("p", {
    className: kind,
    children: [
      element("b", { text: found.score ?? say("noScore"), className: found.score === null ? "none" : "" }), " ",
      place(found, found.cell, on), " ", element("span", { text: found.text }), ...(found.facts ? [element("span", { className: "facts", text: ` · ${found.facts}` })] : []),
    ],
  });
  const list = objectives.map((found) => element("li", {
    children: [line(found, "an-objective"), element("ul", { children: found.keyResults.map((each) => element("li", { children: [line(each, "a-key-result")] })) })],
  }));
  const rest = more > 0 ? [element("p", { className: "quiet", text: say("more", { count: more }) })] : [];
  const alone = stray.length ? [heading(say("stray")), element("ul", { children: stray.map((each) => element("li", { children: [line(each, "a-key-result")] })) })] : [];
  const facts = constants.map(({ name, value }) => element("li", { text: `${name}: ${value}` }));
  const whole = facts.length ? [heading(say("forAll")), element("ul", { className: "rules", children: facts })] : [];
  return [...whole, element("p", { className: "quiet", text: count }), element("ul", { className: "tree", children: list }), ...rest, ...alone];
}

function numbers({ numbers: { differing, compared, rows } }, on) {
  if (!compared) return [element("p", { text: say("noNumbers") })];
  const told = differing ? say("differ", { differing, count: compared }) : say("allEqual", { count: compared });
  const lines = rows.map((each) => [place(each, each.cell, on), each.shown, element("span", { className: each.differs ? "differs" : "", text: each.ours })]);
  return [element("p", { text: told }), table([say("place"), say("yours"), say("ours")], lines)];
}

function problems(state, on) {
  const { problems: { count, rows } } = state;
  if (!count) return [...faults(state), element("p", { text: say("noProblems") })];
  const lines = rows.map((each) => element("li", {
    className: `problem is-${each.kind}`,
    children: [element("p", { children: [element("b", { text: each.severity }), " ", place(each, each.cell, on), " ", element("span", { text: each.message })] }), element("p", { className: "quiet", text: each.hint })],
  }));
  const rest = count > rows.length ? [element("p", { className: "quiet", text: say("more", { count: count - rows.length }) })] : [];
  return [...faults(state), element("ul", { className: "cards", children: lines }), ...rest];
}

function rules({ tab: { rules: { conditions, constants, settings } } }, on) {
  const removing = (edit) => element("button", { text: say("remove"), onClick: () => on.edit(edit) });
  const forRows = conditions.map((each) => element("li", {
    children: [element("span", { text: `${each.name}: ${each.said}` }), " ", removing({ do: "uncondition", entry: each.entry, path: each.path, number: each.number })],
  }));
  const forAll = constants.map((each) => element("li", {
    children: [element("span", { text: `${each.name}: ${each.value}` }), " ", removing({ do: "set", entry: each.entry, path: each.path, value: null })],
  }));
  const counting = settings.map((each) => element("li", { children: [setting(each, on)] }));
  return [
    heading(say("forRows")), ...(forRows.length ? [element("ul", { className: "rules", children: forRows })] : [element("p", { className: "quiet", text: say("noRules") })]),
    ...(forAll.length ? [heading(say("forAll")), element("ul", { className: "rules", children: forAll })] : []),
    ...(counting.length ? [heading(say("counting")), element("ul", { className: "rules", children: counting })] : []),
  ];
}

function setting({ entry, path, name, value, options }, on) {
  const select = element("select", { children: options.map(([, text], at) => element("option", { text, value: String(at) })) });
  select.value = String(options.findIndex(([known]) => JSON.stringify(known) === JSON.stringify(value)));
  select.addEventListener("change", () => on.edit({ do: "set", entry, path, value: options[Number(select.value)][0] }));
  return element("label", { children: [`${name} `, select] });
}

function text(state, on) {
  const field = element("textarea", { className: "toml", spellcheck: false, "aria-label": say("text"), value: on.typed() ?? state.text });
  const take = element("button", { text: say("takeOver"), className: "main", onClick: () => on.text(field.value) });
  const discard = element("button", { text: say("discard"), onClick: () => on.discard() });
  field.addEventListener("input", () => on.typing(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) on.text(field.value);
  });
  return [...faults(state), element("p", { className: "quiet", text: say("textHelp") }), element("div", { className: "answers", children: [take, discard] }), field];
}
