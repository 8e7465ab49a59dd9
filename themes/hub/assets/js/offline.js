// What a page says about being kept; the keeping itself is done by worker.js.
const root = document.documentElement;
// The day before the month in English too, as everywhere on the hub.
const locale = root.lang === "en" ? "en-GB" : root.lang;
const all = (selector) => [...document.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);
const MOST_OF_RUBRIC = 100;

async function ask(act, more = {}) {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((done, fail) => {
    port1.onmessage = ({ data }) => (data.failed ? fail(new DOMException(data.failed, data.failed)) : done(data.value));
  });
  active.postMessage({ act, ...more }, [port2]);
  return answer;
}

function inWords(moment) {
  const date = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(moment);
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);
  return { date, time: root.lang === "nl" ? time.replace(":", ".") : time };
}

const filled = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);

// A kept page says since when it is what it is.
export function tellAge() {
  const place = one('[data-hub="kept"]');
  if (!place || root.dataset.hubKept === undefined) return;
  const moment = Date.parse(root.dataset.hubKept);
  place.querySelector("p").textContent = moment ? filled(place.dataset.hubWords, inWords(moment)) : place.dataset.hubNothing;
  place.hidden = false;
}

async function register() {
  await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  // The first page was opened before anybody could keep it.
  const [opened] = performance.getEntriesByType("navigation");
  if (!opened?.workerStart) await ask("keep", { path: location.pathname, isRead: true });
}

// ---- On request: this page, or a whole rubric.

const say = (button, sentence) => { button.querySelector("span").textContent = sentence; };

async function addressesIn(path, document) {
  const links = [...document.querySelectorAll("main a[href]")].map((link) => link.pathname);
  return [...new Set(links)].filter((each) => each.startsWith(path) && each !== path);
}

async function pageAt(path) {
  const answer = await fetch(path, { redirect: "error" });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // A page made from text has no address of its own, and its links are looked up from there.
  const links = [...page.querySelectorAll("main a[href]")];
  for (const link of links) link.setAttribute("href", new URL(link.getAttribute("href"), new URL(path, location.origin)).pathname);
  return page;
}

// The items of a rubric, the newest first, by the way a reader would take: its months.
async function itemsOf(rubric) {
  const isPeriod = (path) => /^\d{4}\/(?:\d{2}\/)?$/.test(path.slice(rubric.length));
  const found = await addressesIn(rubric, document);
  const items = found.filter((path) => !isPeriod(path));
  const months = found.filter((path) => isPeriod(path)).sort().reverse();
  for (const month of months) {
    if (items.length >= MOST_OF_RUBRIC) break;
    const page = await pageAt(month);
    if (page) items.push(...(await addressesIn(rubric, page)).filter((path) => !isPeriod(path)));
  }
  return { items: [...new Set(items)].slice(0, MOST_OF_RUBRIC), months };
}

async function keepRubric(button) {
  const rubric = location.pathname;
  const { items, months } = await itemsOf(rubric);
  const paths = [rubric, ...items, ...months];
  let done = 0;
  for (const path of paths) {
    if (items.includes(path)) say(button, filled(button.dataset.hubBusy, { count: done, all: items.length }));
    try {
      const isKept = await ask("keep", { path, asked: rubric, isRead: false });
      if (isKept && items.includes(path)) done += 1;
    } catch (error) {
      const sentence = error.name === "QuotaExceededError" ? button.dataset.hubFull : button.dataset.hubBroken;
      return say(button, filled(sentence, { count: done, all: items.length }));
    }
  }
  say(button, filled(button.dataset.hubDone, { count: done }));
  button.dataset.hubIsKept = "";
}

async function keepOrForget(button, keep) {
  button.disabled = true;
  try {
    if (button.dataset.hubIsKept === undefined) {
      await keep(button);
    } else {
      await ask("forget", { asked: location.pathname });
      delete button.dataset.hubIsKept;
      say(button, button.dataset.hubKeep);
    }
  } finally {
    button.disabled = false;
    button.focus();
  }
}

async function keepPage(button) {
  try {
    const isKept = await ask("keep", { path: location.pathname, asked: location.pathname, isRead: true });
    say(button, isKept ? button.dataset.hubDone : button.dataset.hubBroken);
    if (isKept) button.dataset.hubIsKept = "";
  } catch (error) {
    say(button, error.name === "QuotaExceededError" ? button.dataset.hubFull : button.dataset.hubBroken);
  }
}

async function offerToKeep() {
  const buttons = [...all('[data-hub="keep-page"]'), ...all('[data-hub="keep-rubric"]')];
  if (!buttons.length) return;
  const pages = await ask("list");
  const count = pages.filter(({ asked, path }) => asked === location.pathname && /\/[^/]*[a-z][^/]*\/$/.test(path) && path !== location.pathname).length;
  const isKept = pages.some(({ asked }) => asked === location.pathname);
  for (const button of buttons) {
    if (isKept) {
      button.dataset.hubIsKept = "";
      say(button, filled(button.dataset.hubDone, { count }));
    }
    button.addEventListener("click", () => keepOrForget(button, button.dataset.hub === "keep-page" ? keepPage : keepRubric));
    button.hidden = false;
  }
}

// ---- The page that lists what is here.

async function showList() {
  const place = one('[data-hub="kept-list"]');
  if (!place) return;
  const row = one('[data-hub="kept-row"]');
  const pages = (await ask("list")).sort((one_, other) => other.read - one_.read || (one_.path < other.path ? -1 : 1));
  const rows = pages.map(({ path, title, confirmed }) => {
    const copy = row.content.cloneNode(true);
    copy.querySelector("a").setAttribute("href", path);
    copy.querySelector("a").firstElementChild.textContent = title;
    copy.querySelector("p").textContent = filled(place.dataset.hubWords, inWords(confirmed));
    return copy;
  });
  place.replaceChildren(...rows);
  one('[data-hub="kept-none"]').hidden = pages.length > 0;
  const button = one('[data-hub="kept-clear"]');
  button.hidden = !pages.length;
  button.onclick = async () => { await ask("clear"); await showList(); one("#main").focus(); };
}

// Only on a device that is somebody's own, as she said at the door: the next reader of a shared
// screen would find what the last one read.
const isOwn = () => /(?:^|; )(?:__Host-)?plein_own=/.test(document.cookie);

async function keepNothing() {
  const told = one('[data-hub="kept-off"]');
  if (told) told.hidden = false;
  try {
    const registered = await navigator.serviceWorker.getRegistration("/worker.js");
    if (!registered) return;
    await ask("clear");
    await registered.unregister();
  } catch {
    // A browser that refuses storage has kept nothing.
  }
}

export async function bring() {
  tellAge();
  if (!isOwn()) return keepNothing();
  window.addEventListener("online", () => ask("askAgain"));
  try {
    await register();
    await Promise.all([offerToKeep(), showList()]);
  } catch {
    // No connection, or a browser that keeps nothing: what is here already can still be listed.
    if (navigator.serviceWorker.controller) await Promise.all([offerToKeep(), showList()]);
  }
}
