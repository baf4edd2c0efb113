// Keeps an open page up to date: asks for the same page again and puts in what changed.
// Everything on the page works without this.
"use strict";

const EVERY = 5000;

function readersTime(scope) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  for (const time of scope.querySelectorAll("time")) {
    time.textContent = format.format(new Date(time.dateTime));
  }
}

// Branches that the reader opened or closed stay so, and the place on the page stays under the eyes.
function replace(main, next) {
  const open = new Map(Array.from(main.querySelectorAll("details[id]"), (found) => [found.id, found.open]));
  const focused = document.activeElement?.closest("details[id]")?.id;
  const { scrollX, scrollY } = window;
  for (const found of next.querySelectorAll("details[id]")) {
    found.open = open.get(found.id) ?? found.open;
  }
  readersTime(next);
  main.replaceWith(next);
  window.scrollTo(scrollX, scrollY);
  if (focused) document.getElementById(focused)?.querySelector("summary")?.focus({ preventScroll: true });
}

async function look() {
  const main = document.querySelector("main[data-etag]");
  if (!main || document.hidden) return;
  const answer = await fetch(location.href, { headers: { "If-None-Match": `W/"${main.dataset.etag}"` } });
  if (answer.status === 304) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("main[data-etag]");
  if (!next) throw new Error(`no page in the answer (${answer.status})`);
  document.title = page.title;
  replace(main, document.adoptNode(next));
}

async function keepUp() {
  const unreachable = document.getElementById("unreachable");
  try {
    await look();
    unreachable.hidden = true;
  } catch {
    unreachable.hidden = false;
  }
  setTimeout(keepUp, EVERY);
}

readersTime(document);
setTimeout(keepUp, EVERY);
document.addEventListener("visibilitychange", () => document.hidden || look().catch(() => {}));
