const root = document.documentElement;
// The day before the month in English too, as everywhere on the hub.
const locale = root.lang === "en" ? "en-GB" : root.lang;
const all = (selector) => [...document.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);

const ATTRIBUTES = {
  scheme: { name: "data-md-color-scheme", values: { light: "default", dark: "slate", auto: null } },
  text: { name: "data-hub-text", values: { normal: null, larger: "larger", largest: "largest" } },
};

function remember(key, value) {
  try {
    localStorage.setItem(`plein.${key}`, value);
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
}

function recall(key) {
  try {
    return localStorage.getItem(`plein.${key}`);
  } catch {
    return null;
  }
}

function show(key, value) {
  const { name, values } = ATTRIBUTES[key];
  if (values[value]) root.setAttribute(name, values[value]);
  else root.removeAttribute(name);
  for (const input of all(`[data-hub-set="${key}"]`)) input.checked = input.value === value;
}

function followReader() {
  for (const [key, { name, values }] of Object.entries(ATTRIBUTES)) {
    const set = root.getAttribute(name);
    show(key, Object.keys(values).find((value) => values[value] === set));
  }
  for (const input of all("[data-hub-set]")) {
    input.addEventListener("change", () => {
      show(input.dataset.hubSet, input.value);
      remember(input.dataset.hubSet, input.value);
    });
  }
  window.addEventListener("storage", ({ key, newValue }) => {
    const known = key && ATTRIBUTES[key.replace("plein.", "")];
    if (known && newValue in known.values) show(key.replace("plein.", ""), newValue);
  });
}

// A modal <dialog> keeps the focus, hears Esc and gives the focus back by itself.
function openDrawer() {
  const drawer = one('[data-hub="drawer"]');
  const menu = one('button[data-hub="menu"]');
  menu.addEventListener("click", () => drawer.showModal());
  one('[data-hub="close"]').addEventListener("click", () => drawer.close());
  // On a screen turned wide the tabs are there, and the drawer would hang over them without its button.
  window.addEventListener("resize", () => menu.offsetParent === null && drawer.close());
}

function closeReading() {
  const reading = one('[data-hub="reading"]');
  document.addEventListener("click", ({ target }) => {
    if (!reading.contains(target)) reading.open = false;
  });
  reading.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !reading.open) return;
    reading.open = false;
    reading.querySelector("summary").focus();
  });
}

// The clipboard's own interface needs https; a hub on a plain address still copies.
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

function act() {
  for (const button of all('[data-hub="copy"]')) {
    const word = button.querySelector("span");
    const before = word.textContent;
    button.addEventListener("click", async () => {
      await copy(location.href.split("#")[0]);
      button.focus();
      word.textContent = button.dataset.hubDone;
      button.parentElement.querySelector('[data-hub="said"]').textContent = button.dataset.hubDone;
      setTimeout(() => { word.textContent = before; }, 4000);
    });
  }
  for (const button of all('[data-hub="print"]')) button.addEventListener("click", printForBoard);
  for (const button of all('[data-hub="open-share"]')) button.addEventListener("click", openShare);
  const share = one('[data-hub="share"]');
  if (share) one('[data-hub="unshare"]').addEventListener("click", () => share.close());
}

// The code is drawn when somebody asks for it: most readers never do.
async function drawCodes() {
  const address = location.href.split("#")[0];
  for (const place of all('[data-hub="address"]')) place.textContent = address;
  const { draw } = await import("./qr.js");
  for (const place of all('[data-hub="code"]')) draw(place, address);
}

async function openShare() {
  one('[data-hub="share"]').showModal();
  await drawCodes();
}

async function printForBoard() {
  await drawCodes();
  for (const image of all("img[loading=lazy]")) image.loading = "eager";
  root.dataset.hubPrint = "board";
  window.addEventListener("afterprint", () => { delete root.dataset.hubPrint; }, { once: true });
  window.print();
}

async function leafThrough() {
  const galleries = all('[data-hub="gallery"]');
  if (!galleries.length) return;
  const { leaf } = await import("./gallery.js");
  galleries.forEach(leaf);
}

// What is new since this device was here last; the device alone knows when that was.
const A_VISIT = 30 * 60 * 1000;
const A_DAY = 24 * 60 * 60 * 1000;

function sinceWhen() {
  const now = Date.now();
  const last = Number(recall("last")) || 0;
  if (last && now - last > A_VISIT) remember("since", String(last));
  remember("last", String(now));
  return Number(recall("since")) || 0;
}

function dayInWords(moment, today) {
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (moment >= midnight) return today;
  const form = midnight - moment < 6 * A_DAY ? { weekday: "long" } : { day: "numeric", month: "long" };
  return new Intl.DateTimeFormat(locale, form).format(moment);
}

function showWhatIsNew() {
  const since = sinceWhen();
  const place = one('[data-hub="since"]');
  if (!place || !since) return;
  const fresh = [...place.querySelectorAll("[data-hub-at]")].filter((item) => Date.parse(item.dataset.hubAt) > since);
  for (const item of fresh) item.hidden = false;
  one('[data-hub="since-count"]').textContent = fresh.length;
  one('[data-hub="since-words"]').textContent = `${place.dataset.hubWords} ${dayInWords(since, place.dataset.hubToday)}`;
  place.hidden = !fresh.length;
}

// Marks the entry of the contents whose part is being read.
function followContents() {
  const links = all('[data-hub="contents"] a');
  if (!links.length) return;
  const targets = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const mark = () => {
    const line = window.innerHeight * 0.3;
    const reached = targets.filter((target) => target && target.getBoundingClientRect().top < line).length;
    links.forEach((link, index) => {
      if (index === Math.max(reached - 1, 0)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  let waiting = false;
  document.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();
}

// Below a film that runs nothing of the picture before it shows.
function clearScreens() {
  for (const film of all(".hub-video__film")) {
    film.addEventListener("play", () => film.classList.add("is-begun"), { once: true });
  }
}

// A picture that does not come leaves its place to its words, or to its ground where it has none.
function tellWhatIsMissing() {
  const mark = ({ target }) => target.classList?.contains("hub-image") && target.classList.toggle("is-missing", !target.naturalWidth);
  for (const kind of ["error", "load"]) document.addEventListener(kind, mark, true);
  // Of a lazy one that nobody came near there is no address yet.
  for (const image of all(".hub-image")) if (image.complete && image.currentSrc) mark({ target: image });
}

// What is for this reader and not for everyone; without an answer the page is whole without it.
async function showYours() {
  const place = one('[data-hub="yours"]');
  if (!place) return;
  try {
    const answer = await fetch(place.dataset.hubFrom);
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const trees = page.querySelectorAll("[data-hub-tree]");
    place.replaceChildren(...[...trees].map((tree) => document.importNode(tree, true)));
    place.hidden = !trees.length;
  } catch {
    // The gate can't be reached now.
  }
}

// As in many places. A single character would call it for who speaks to the device instead of typing.
function leadToSearch() {
  const link = one('[data-hub="to-search"]');
  document.addEventListener("keydown", (event) => {
    const isCalled = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isCalled || one("dialog[open]")) return;
    event.preventDefault();
    const field = one('[data-hub="search"] input');
    if (field) field.focus();
    else link.click();
  });
}

// What can be read without a connection. It waits until the page is there; a draft is never kept.
async function keepForLater() {
  if (!("serviceWorker" in navigator) || !root.dataset.hubLook) return;
  const { bring } = await import("./offline.js");
  await bring();
}

function whenThere(act) {
  if (document.readyState === "complete") act();
  else window.addEventListener("load", act, { once: true });
}

followReader();
leadToSearch();
openDrawer();
closeReading();
act();
followContents();
showYours();
showWhatIsNew();
leafThrough();
clearScreens();
tellWhatIsMissing();
whenThere(keepForLater);
