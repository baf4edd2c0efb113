// Elements with text. Text from the sheet enters them as text only.

/** An element with a class, a text or other elements in it, and what to do when it is pressed. */
export function element(kind, { className = "", text = null, children = [], onClick = null, ...properties } = {}) {
  const made = document.createElement(kind);
  if (className) made.className = className;
  if (text !== null) made.textContent = text;
  made.append(...children);
  if (kind === "button") made.type = "button";
  if (onClick) made.addEventListener("click", onClick);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  return made;
}

export const heading = (text) => element("h2", { text });

/** A table with a header and rows of texts or elements. */
export function table(headers, rows) {
  const cell = (held) => element("td", typeof held === "string" ? { text: held } : { children: [held] });
  return element("table", {
    children: [
      element("thead", { children: [element("tr", { children: headers.map((text) => element("th", { text, scope: "col" })) })] }),
      element("tbody", { children: rows.map((cells) => element("tr", { children: cells.map(cell) })) }),
    ],
  });
}
