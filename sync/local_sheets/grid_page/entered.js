// What was entered in a cell, as text that gives the same cell when it is entered again in the spreadsheet's locale.

const NUMBER_LIKE = /^(?=.*\d)[\s+-]*[$€₫]?\s*[\d.,][\s\d.,/eE+-]*%?\s*[$€₫]?\s*$/;
const CLOCK = ["TIME", "DATE_TIME"];
const DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

export function enteredText(cell, locale) {
  const value = cell.userEnteredValue ?? {};
  if (value.formulaValue !== undefined) return value.formulaValue;
  if (value.stringValue !== undefined) return forced(value.stringValue);
  if (value.boolValue !== undefined) return value.boolValue ? "TRUE" : "FALSE";
  if (value.numberValue !== undefined) return numberText(value.numberValue, cell, locale);
  return cell.formattedValue ?? "";
}

/** A text that would be read as something else carries the apostrophe that keeps it a text. */
function forced(text) {
  const other = /^[='+]/.test(text) || /^\s*(true|false)\s*$/i.test(text) || NUMBER_LIKE.test(text);
  return other ? `'${text}` : text;
}

function numberText(number, cell, locale) {
  const type = cell.userEnteredFormat?.numberFormat?.type;
  if (type === "DATE") return dateText(number, locale);
  if (CLOCK.includes(type)) return cell.formattedValue;
  const percent = type === "PERCENT";
  // Fifteen digits: 0.07 * 100 is 7.000000000000001 as a double.
  const digits = String(percent ? Number((number * 100).toPrecision(15)) : number);
  return digits.replace(".", decimalMark(locale)) + (percent ? "%" : "");
}

function dateText(serial, locale) {
  const date = new Date(EPOCH + Math.floor(serial) * DAY);
  const local = new Intl.DateTimeFormat(tag(locale), { timeZone: "UTC" }).format(date);
  return /^\d+([-/.])\d+\1\d{4}$/.test(local) ? local : date.toISOString().slice(0, 10);
}

function decimalMark(locale) {
  return new Intl.NumberFormat(tag(locale)).formatToParts(1.5).find((part) => part.type === "decimal").value;
}

function tag(locale) {
  const name = locale.replaceAll("_", "-");
  return Intl.NumberFormat.supportedLocalesOf(name).length ? name : "en-US";
}
