// How pages with a grid speak: as the page asks, else English, or Vietnamese where the browser does.

const asked = document.documentElement.dataset.language ?? navigator.language;

const language = asked.toLowerCase().startsWith("vi") ? "vi" : "en";

/** A function that says what these words have, with values where they name them. */
export function speaker(english, vietnamese) {
  const words = language === "vi" ? vietnamese : english;
  return (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Puts the words into a page's own elements. */
export function labelPage(root, say) {
  root.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of root.querySelectorAll("[data-label]")) element.ariaLabel = say(element.dataset.label);
  for (const element of root.querySelectorAll("[data-title]")) element.title = say(element.dataset.title);
}

/** What the grid itself says. */
export const say = speaker(
  { protectedBy: "Protected: {text}", protectedRange: "Protected range", note: "Note: {text}" },
  { protectedBy: "Được bảo vệ: {text}", protectedRange: "Dải ô được bảo vệ", note: "Ghi chú: {text}" },
);
