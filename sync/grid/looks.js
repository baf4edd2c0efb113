// What a spreadsheet says of how a cell looks, as styles and classes of its element.

// Points, as the spreadsheet has them; 10 is what a text has that says nothing.
const STANDARD_SIZE = 10;
const PIXELS_PER_POINT = 2.1;
const LINES = {
  SOLID: "1px solid", SOLID_MEDIUM: "2px solid", SOLID_THICK: "3px solid", DASHED: "1px dashed", DOTTED: "1px dotted",
  DOUBLE: "3px double",
};
const BLACK = "rgb(0 0 0)";
const SIDES = { top: "borderTop", bottom: "borderBottom", left: "borderLeft", right: "borderRight" };

/** A colour of the API as one of CSS; undefined where there is none. Its parts are numbers and nothing else. */
export function css(holder, name) {
  const color = holder[`${name}Style`]?.rgbColor ?? holder[name];
  if (!color) return undefined;
  const parts = [color.red, color.green, color.blue].map((part) => Math.round(Math.min(Math.max(Number(part) || 0, 0), 1) * 255));
  return `rgb(${parts.join(" ")})`;
}

export function classes({ textFormat = {}, horizontalAlignment = "", verticalAlignment = "", wrapStrategy }) {
  const found = {
    bold: textFormat.bold,
    italic: textFormat.italic,
    struck: textFormat.strikethrough,
    underlined: textFormat.underline,
    wrapped: wrapStrategy === "WRAP",
    clipped: wrapStrategy === "CLIP",
    [`align-${horizontalAlignment.toLowerCase()}`]: horizontalAlignment !== "",
    [`align-${verticalAlignment.toLowerCase()}`]: verticalAlignment !== "",
  };
  return Object.keys(found).filter((name) => found[name]);
}

/** The height that a row needs which was given none: that of its largest text. */
export function textHeight(cells) {
  const largest = cells.reduce((most, { userEnteredFormat: form }) => Math.max(most, form?.textFormat?.fontSize ?? 0), 0);
  return Math.round(largest * PIXELS_PER_POINT);
}

/** Colours go through properties of their own: a text colour without a fill is made lighter in the dark. */
export function paint(made, form) {
  const { textFormat = {}, borders = {} } = form;
  const fill = css(form, "backgroundColor");
  const ink = css(textFormat, "foregroundColor");
  if (fill) made.style.setProperty("--fill", fill);
  if (ink) made.style.setProperty("--own-ink", ink);
  if (fill) made.classList.add("filled");
  if (ink) made.classList.add("inked");
  const { fontSize } = textFormat;
  if (fontSize && fontSize !== STANDARD_SIZE) made.style.fontSize = `${fontSize}pt`;
  for (const [side, name] of Object.entries(SIDES)) {
    const line = LINES[borders[side]?.style];
    if (line) made.style[name] = `${line} ${lineColor(borders[side])}`;
  }
}

/** Black lines, which most are, show on dark ground too. */
function lineColor(line) {
  const color = css(line, "color") ?? BLACK;
  return color === BLACK ? "var(--ink)" : color;
}
