// A1 notation, and the place that the address bar names: #gid=123&range=C5.

export function letters(column) {
  let text = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  }
  return text;
}

export function columnIndex(text) {
  return [...text.toUpperCase()].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

export const cellName = (row, column) => `${letters(column)}${row + 1}`;

export const quoted = (title) => `'${title.replaceAll("'", "''")}'`;

/** The top left cell of a range such as C5, C5:D9, 5:9 or C:C; null for anything else. */
function parsePlace(text) {
  const match = /^\$?([A-Z]{0,3})\$?([1-9]\d{0,7})?(:|$)/i.exec(text);
  if (!match || (!match[1] && !match[2])) return null;
  return { row: match[2] ? Number(match[2]) - 1 : 0, column: match[1] ? columnIndex(match[1]) : 0 };
}

export function readHash(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const gid = parameters.get("gid") ?? "";
  return { gid: /^\d+$/.test(gid) ? Number(gid) : null, place: parsePlace(parameters.get("range") ?? "") };
}

export const writeHash = (gid, { row, column }) => `#gid=${gid}&range=${cellName(row, column)}`;
