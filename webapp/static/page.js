// Keeps an open page up to date, fetches branches as they are opened, and looks for what is typed.
// Everything on the page works without this: branches and the search form are ordinary addresses.
"use strict";

const EVERY = 5000;
const WHILE_WAITING = 1000;
const WHILE_TYPING = 250;

async function fetched(address, options) {
  const answer = await fetch(address, options);
  // The session has ended: the page itself says how to sign in again.
  if (answer.status === 401) location.reload();
  if (!answer.ok && answer.status !== 503) throw new Error(`no page in the answer (${answer.status})`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function readersTime(scope) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  for (const time of scope.querySelectorAll("time")) {
    time.textContent = format.format(new Date(time.dateTime));
  }
}

// Puts in what another page has in the same place.
function replace(place, next) {
  readersTime(next);
  place.replaceWith(document.adoptNode(next));
}

// Branches

async function fetchBranch(details) {
  const link = details.querySelector(":scope > .inside > .fetched > a");
  if (!link) return;
  const page = await fetched(link.href);
  const inside = page.getElementById(details.id)?.querySelector(":scope > .inside");
  if (inside && link.isConnected) replace(details.querySelector(":scope > .inside"), inside);
}

// "toggle" does not bubble, but it can be caught on its way down.
document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.matches(".objective")) fetchBranch(event.target).catch(() => {});
}, true);

// The page anew

// Until a branch is fetched anew, the one before is shown.
function keepFetched(next, before) {
  const inside = next.querySelector(":scope > .inside:has(> .fetched)");
  const known = before?.querySelector(":scope > .inside:not(:has(> .fetched))");
  if (inside && known) inside.append(...known.childNodes);
}

// What the reader opened or closed stays so, and the place on the page stays under the eyes.
function replaceView(view, next) {
  const open = new Map(Array.from(view.querySelectorAll("details[id]"), (found) => [found.id, found.open]));
  const focused = view.contains(document.activeElement) && document.activeElement.closest("details[id]")?.id;
  const { scrollX, scrollY } = window;
  for (const found of next.querySelectorAll("details[id]")) {
    found.open = open.get(found.id) ?? found.open;
    keepFetched(found, document.getElementById(found.id));
  }
  replace(view, next);
  window.scrollTo(scrollX, scrollY);
  if (focused) document.getElementById(focused)?.querySelector("summary")?.focus({ preventScroll: true });
}

// The search form stays as it is: somebody may be typing into it. `put` takes the view that was and the next one.
function replacePage(page, put) {
  const main = document.querySelector("main[data-etag]");
  const next = page.querySelector("main[data-etag]");
  if (!next) throw new Error("no page in the answer");
  document.title = page.title;
  replace(document.getElementById("freshness"), page.getElementById("freshness"));
  document.querySelector(".languages").replaceWith(document.adoptNode(page.querySelector(".languages")));
  if (document.getElementById("view") && page.getElementById("view")) {
    document.getElementById("found").textContent = page.getElementById("found").textContent;
    main.dataset.etag = next.dataset.etag;
    put(document.getElementById("view"), page.getElementById("view"));
  } else {
    put(main, next);
  }
}

async function look() {
  const main = document.querySelector("main[data-etag]");
  const bar = document.getElementById("freshness");
  if (!main || !bar || document.hidden) return;
  const next = (await fetched(bar.dataset.address)).getElementById("freshness");
  if (!next) throw new Error("no page in the answer");
  if (next.dataset.etag !== main.dataset.etag) replacePage(await fetched(location.href), replaceView);
  else if (bar.isConnected) replace(bar, next);
}

async function keepUp() {
  const unreachable = document.getElementById("unreachable");
  try {
    await look();
    unreachable.hidden = true;
  } catch {
    unreachable.hidden = false;
  }
  keepUpLater();
}

// Who waits for the first reading waits for it at every moment.
function keepUpLater() {
  setTimeout(keepUp, document.querySelector('main[data-etag=""]') ? WHILE_WAITING : EVERY);
}

// Search

let searching = null;
let typing = 0;

// The address holds everything, so that a view can be shared.
async function search(form) {
  searching?.abort();
  searching = new AbortController();
  const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  const address = new URL(form.action);
  address.search = wanted.toString();
  const page = await fetched(address, { signal: searching.signal });
  history.replaceState(null, "", address);
  replacePage(page, replace);
}

function searchSoon(form, wait) {
  clearTimeout(typing);
  typing = setTimeout(() => search(form).catch((error) => error.name === "AbortError" || form.submit()), wait);
}

const form = document.getElementById("filters");
form?.addEventListener("input", () => searchSoon(form, WHILE_TYPING));
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  searchSoon(form, 0);
});

// Copying

// A text that is still on its way may be put on the clipboard where the click itself was the reader's.
async function copyMessage(button) {
  const text = fetch(button.dataset.address).then((answer) => {
    if (!answer.ok) throw new Error(`no text in the answer (${answer.status})`);
    return answer.text();
  }).then((found) => new Blob([found], { type: "text/plain" }));
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
  document.getElementById("copied").textContent = button.dataset.done;
}

// Browsers have a clipboard for pages over TLS and on the machine itself only; the text is there for all.
document.documentElement.classList.toggle("copies", Boolean(navigator.clipboard?.write));
document.addEventListener("click", (event) => {
  const button = event.target.closest("#copy");
  if (button) copyMessage(button).catch(() => location.assign(button.dataset.address));
});

readersTime(document);
keepUpLater();
document.addEventListener("visibilitychange", () => document.hidden || look().catch(() => {}));
