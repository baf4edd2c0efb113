// Zooms and moves the map, and opens a branch without losing the place. Without this the map scrolls, and a branch
// opens as a page of its own.

const SMALLEST = 0.05;
const LARGEST = 3;
const STEP = 1.25;
const DRAGGED = 4;

const place = { zoom: 1, left: 0, top: 0, search: "" };

function mapView() {
  return document.querySelector(".map-view");
}

function showZoom(view) {
  const picture = view.querySelector(".picture");
  const { width, height } = picture.viewBox.baseVal;
  picture.setAttribute("width", width * place.zoom);
  picture.setAttribute("height", height * place.zoom);
  document.querySelector(".map-tools output").textContent = `${Math.round(place.zoom * 100)} %`;
}

// The point of the picture under (x, y) of the window stays there.
function zoomTo(zoom, x, y) {
  const view = mapView();
  const box = view.getBoundingClientRect();
  const next = Math.min(LARGEST, Math.max(SMALLEST, zoom));
  const grown = next / place.zoom;
  const left = (view.scrollLeft + x - box.left) * grown - (x - box.left);
  const top = (view.scrollTop + y - box.top) * grown - (y - box.top);
  place.zoom = next;
  showZoom(view);
  view.scrollTo(left, top);
}

function zoomBy(factor) {
  const box = mapView().getBoundingClientRect();
  zoomTo(place.zoom * factor, box.left + box.width / 2, box.top + box.height / 2);
}

function fit() {
  const view = mapView();
  const { width, height } = view.querySelector(".picture").viewBox.baseVal;
  place.zoom = Math.max(SMALLEST, Math.min(1, view.clientWidth / width, view.clientHeight / height));
  showZoom(view);
  view.scrollTo(0, 0);
}

const COMMANDS = {
  in: () => zoomBy(STEP),
  out: () => zoomBy(1 / STEP),
  whole: () => zoomBy(1 / place.zoom),
  fit,
};
const KEYS = { "+": "in", "=": "in", "-": "out", "0": "whole", f: "fit" };

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  event.preventDefault();
  COMMANDS[KEYS[event.key]]();
}

function turned(event) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoomTo(place.zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
}

// A finger scrolls by itself; a mouse has to be told.
function drag(event) {
  const view = event.currentTarget;
  if (event.pointerType !== "mouse" || event.button !== 0) return;
  const from = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
  const start = { x: event.clientX, y: event.clientY };
  let moved = false;
  function move(now) {
    moved ||= Math.hypot(now.clientX - start.x, now.clientY - start.y) > DRAGGED;
    if (moved) view.scrollTo(from.x - now.clientX, from.y - now.clientY);
  }
  function end() {
    window.removeEventListener("pointermove", move);
    // The click that ends a drag follows nothing.
    if (moved) {
      const swallow = (click) => click.preventDefault();
      view.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => view.removeEventListener("click", swallow, { capture: true }));
    }
  }
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end, { once: true });
}

function spread(touches) {
  const [one, other] = touches;
  return {
    size: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
    x: (one.clientX + other.clientX) / 2,
    y: (one.clientY + other.clientY) / 2,
  };
}

function pinch(view) {
  let last = null;
  view.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const now = spread(event.touches);
    if (last) zoomTo((place.zoom * now.size) / last.size, now.x, now.y);
    last = now;
  }, { passive: false });
  for (const name of ["touchstart", "touchend", "touchcancel"]) {
    view.addEventListener(name, (event) => {
      last = event.touches.length === 2 ? spread(event.touches) : null;
    });
  }
}

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`no map in the answer (${answer.status})`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  attach();
}

// The card whose branch was opened or folded stays where it is under the pointer.
async function open(event) {
  const toggle = event.target.closest("a.toggle[data-card]");
  if (!toggle || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = toggle.href.baseVal;
  const card = toggle.dataset.card;
  const before = document.getElementById(card).getBoundingClientRect();
  try {
    await load(address);
  } catch {
    location.assign(address);
    return;
  }
  history.pushState(null, "", address);
  place.search = location.search;
  const after = document.getElementById(card).getBoundingClientRect();
  mapView().scrollBy(after.left - before.left, after.top - before.top);
  document.querySelector(`a.toggle[data-card="${card}"]`)?.focus({ preventScroll: true });
}

// Makes the map on the page live; also one that a newer view of the page has brought.
function attach() {
  const view = mapView();
  if (!view || view.dataset.live) return;
  view.dataset.live = "yes";
  place.search = location.search;
  document.querySelector(".map-tools").hidden = false;
  if (place.zoom !== 1) showZoom(view);
  view.scrollTo(place.left, place.top);
  view.addEventListener("scroll", () => {
    place.left = view.scrollLeft;
    place.top = view.scrollTop;
  });
  view.addEventListener("keydown", pressed);
  view.addEventListener("wheel", turned, { passive: false });
  view.addEventListener("pointerdown", drag);
  view.addEventListener("dragstart", (event) => event.preventDefault());
  view.addEventListener("click", open);
  pinch(view);
  document.querySelector(".map-tools").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) COMMANDS[button.dataset.zoom]();
  });
}

Object.assign(place, { left: mapView()?.scrollLeft ?? 0, top: mapView()?.scrollTop ?? 0 });
attach();
new MutationObserver(attach).observe(document.body, { childList: true });
addEventListener("popstate", () => {
  if (location.search !== place.search) load(location.href).catch(() => location.reload());
});
