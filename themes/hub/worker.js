// Keeps what a reader read last, and what she asked for, so that it can be read without a connection.
// ADR 0049 says why each page carries the look it was printed with, and what makes a page go.
const CACHE = "plein-1-";
const PAGES = `${CACHE}pages`;
const PICTURES = `${CACHE}pictures`;
const LOOKS = `${CACHE}look-`;
const NOTES = `${CACHE}notes`;
const KEPT = "/.kept/";
const SHELL = "/assets/shell.json";
const SHELL_FORMAT = 1;
const WITHOUT_CONNECTION = "offline.html";

const MOST_READ = 30;
const MINUTE = 60 * 1000;
const LASTS = 7 * 24 * 60 * MINUTE;
const PATIENCE = 4000;
const ASK_AGAIN_AFTER = 5 * MINUTE;
const MOST_PICTURES = 12;
const ENOUGH = 480;
const FULL = "QuotaExceededError";

// What Django and the press answer beside the hub: a test holds this list to theirs.
const HOUSES = ["newsroom", "write", "w", "ask", "follow", "f", "graphql", "login", "logout", "static", "media", "preview", "healthz", "metrics"];
const DOORS = ["/login/", "/logout/"];
const ALERTS = "/assets/alert/";
const PICTURE = /^\/(?:a\/[a-z0-9-]+\/)?assets\/images\/[0-9a-f]+\.(?:webp|jpg|jpeg|png)$/;
const LOOK = /^[^<]*(?:<!doctype[^>]*>)?\s*<html[^>]* data-hub-look="([0-9a-f]+)"/i;
const TITLE = /<title>([^<]*)<\/title>/i;
const WAY = / (href|src)="([^"]*)"/g;
const LOADED = /<(?:script|link rel="stylesheet")[^>]* (?:href|src)="([^"]*)"/g;
const IMAGE = /<picture\b.*?<\/picture>/gs;
const SET = / srcset="([^"]*)"/g;
const FALLBACK = / src="([^"]*)"/;
// What a page was given with holds for its kept copy as well, the content policy first of all.
const HEADERS = ["content-type", "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "etag"];

const after = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

let era = 0;
let fullAt = Infinity; // bytes in use when a page last had to go for another
let line = Promise.resolve();

// One at a time: what is being kept is never cleared or counted halfway.
function inLine(act) {
  const done = line.then(act);
  line = done.catch(() => {});
  return done;
}

async function note(name, value) {
  const notes = await caches.open(NOTES);
  if (value !== undefined) {
    // On a full device nothing is noted, and what was noted goes: what is not known is asked again.
    return notes.put(`${KEPT}${name}`, new Response(String(value))).catch(() => notes.delete(`${KEPT}${name}`));
  }
  const held = await notes.match(`${KEPT}${name}`);
  return held ? held.text() : "";
}

// ---- The looks: the theme's files, each under the name of the look it belongs to.

async function isLookKept(look) {
  return look && (await caches.has(`${LOOKS}${look}`)) && Boolean(await (await caches.open(`${LOOKS}${look}`)).match(`${KEPT}${look}/`));
}

async function digestOf(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A file is taken in only if it says, by hash or by name, that it is of this very look.
async function fileOf(path, { look, digest }) {
  const answer = await fetch(`/${path}`, { cache: "no-cache", redirect: "manual" });
  if (!answer.ok) return null;
  const bytes = await answer.clone().arrayBuffer();
  const isOfIt = digest ? (await digestOf(bytes)) === digest : new TextDecoder().decode(bytes).includes(look);
  return isOfIt ? copyOf(answer, bytes) : null;
}

function copyOf(answer, body, more = {}) {
  const headers = new Headers(more);
  for (const name of HEADERS) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  return new Response(body, { headers });
}

async function keepLook(look) {
  if (await isLookKept(look)) return true;
  const answer = await fetch(SHELL, { cache: "no-store", redirect: "manual" });
  if (!answer.ok) return false;
  const shell = await answer.json();
  if (shell.format !== SHELL_FORMAT || shell.look !== look) return false;
  const name = `${LOOKS}${look}`;
  const files = await Promise.all(Object.entries(shell.files).map(async ([path, digest]) => [path, await fileOf(path, { look, digest })]));
  if (files.some(([, file]) => !file)) return false;
  const cache = await caches.open(name);
  for (const [path, file] of files) await cache.put(`${KEPT}${look}/${path}`, file);
  await cache.put(`${KEPT}${look}/`, new Response(JSON.stringify(Object.keys(shell.files))));
  await note("look", look);
  return true;
}

async function filesOf(look) {
  const held = await (await caches.open(`${LOOKS}${look}`)).match(`${KEPT}${look}/`);
  return new Set(held ? await held.json() : []);
}

async function ofALook(path) {
  const look = path.slice(KEPT.length).split("/")[0];
  const held = (await caches.has(`${LOOKS}${look}`)) && (await (await caches.open(`${LOOKS}${look}`)).match(path));
  return held || Response.error();
}

// ---- The pages.

function factsOf(held) {
  const fact = (name) => held.headers.get(`x-plein-${name}`) || "";
  return { look: fact("look"), title: decodeURIComponent(fact("title")), asked: fact("asked"), read: Number(fact("read")), confirmed: Number(fact("confirmed")) };
}

function asHeaders(facts) {
  const headers = Object.entries(facts).map(([name, value]) => [`x-plein-${name}`, name === "title" ? encodeURIComponent(value) : String(value)]);
  return Object.fromEntries(headers);
}

const isOver = (facts) => Date.now() - facts.confirmed > LASTS;

async function held(path) {
  const found = await (await caches.open(PAGES)).match(path);
  return found && !isOver(factsOf(found)) ? found : null;
}

async function everyPage() {
  const pages = await caches.open(PAGES);
  const requests = await pages.keys();
  return Promise.all(requests.map(async (request) => {
    const response = await pages.match(request);
    return { path: new URL(request.url).pathname, response, facts: factsOf(response) };
  }));
}

async function putPage(path, response, facts, begun = era) {
  const body = await response.clone().text();
  const pages = await caches.open(PAGES);
  for (;;) {
    // Whoever signed out meanwhile has a new cache here, which is to stay empty.
    if (begun !== era) return;
    try {
      return void (await pages.put(path, copyOf(response, body, asHeaders(facts))));
    } catch (error) {
      // The device is full: what was read longest ago makes room, what was asked for stays.
      if (error.name !== FULL || !(await makeRoom(path))) throw error;
    }
  }
}

// A browser counts what was freed long after: until it did no more goes, or all would for one page.
async function makeRoom(but) {
  const { usage } = await navigator.storage.estimate();
  if (usage >= fullAt || !(await forgetOldest(but))) return false;
  fullAt = usage;
  return true;
}

async function forgetOldest(but) {
  const read = (await everyPage()).filter(({ path, facts }) => path !== but && !facts.asked);
  if (!read.length) return false;
  const oldest = read.reduce((one, other) => (one.facts.read < other.facts.read ? one : other));
  await forget(oldest.path);
  await tidyPictures();
  return true;
}

async function forget(path) {
  await (await caches.open(PAGES)).delete(path);
}

// A page that loads what no look holds, as that of search does, would not be whole without a connection.
function isWhole(text, path, files) {
  return [...text.matchAll(LOADED)].every(([, way]) => files.has(pathOf(way, path).slice(1)));
}

const pathOf = (way, from) => new URL(way, new URL(from, location.origin)).pathname;

async function keep(path, answer, { asked = "", isRead = true } = {}) {
  const text = await answer.clone().text();
  const look = LOOK.exec(text)?.[1];
  if (!look || (answer.headers.get("cache-control") || "").includes("no-store")) return false;
  const begun = era;
  if (!(await keepLook(look))) return false;
  const files = await filesOf(look);
  if (files.has(path.slice(1)) || !isWhole(text, path, files)) return false;
  const before = await (await caches.open(PAGES)).match(path);
  const known = before ? factsOf(before) : { asked: "", read: 0 };
  const now = Date.now();
  const title = unescaped(TITLE.exec(text)?.[1] || path).replace(/ · [^·]*$/, "");
  const facts = { look, title, asked: asked || known.asked, read: isRead ? now : known.read, confirmed: now };
  await putPage(path, copyOf(answer, text), facts, begun);
  await forgetBeyond(MOST_READ);
  return begun === era;
}

const unescaped = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;|&#34;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&");

async function forgetBeyond(most) {
  const read = (await everyPage()).filter(({ path, facts }) => !facts.asked && path !== "/");
  read.sort((one, other) => other.facts.read - one.facts.read);
  for (const { path } of read.slice(most)) await forget(path);
}

// ---- Showing a kept page.

async function shown(path) {
  const page = await held(path);
  return page ? dressed(page, path, factsOf(page).look, new Date(factsOf(page).confirmed).toISOString()) : null;
}

async function withoutConnection() {
  const look = await note("look");
  const page = look && (await ofALook(`${KEPT}${look}/${WITHOUT_CONNECTION}`));
  return page && page.ok ? dressed(page, "/", look, "") : null;
}

// The theme's files are named by their look, so no file of another release can come in their place.
async function dressed(page, path, look, moment) {
  const files = await filesOf(look);
  const pictures = new Set((await (await caches.open(PICTURES)).keys()).map(({ url }) => new URL(url).pathname));
  const text = (await page.clone().text())
    .replace("<html", `<html data-hub-kept="${moment}"`)
    .replace(SET, (whole, set) => withKeptPictures(whole, set, path, pictures))
    .replace(WAY, (whole, name, way) => {
      if (/^(?:#|[a-z]+:)/i.test(way)) return whole;
      const target = new URL(way, new URL(path, location.origin));
      const place = files.has(target.pathname.slice(1)) ? `${KEPT}${look}${target.pathname}` : target.pathname;
      return target.origin === location.origin ? ` ${name}="${place}${target.search}${target.hash}"` : whole;
    });
  return copyOf(page, text);
}

// A browser chooses a width by its window; offered are those that are here.
function withKeptPictures(whole, set, path, pictures) {
  const here = choices(set).filter(([way]) => pictures.has(pathOf(way, path)));
  return here.length ? ` srcset="${here.map(([way, width]) => `${pathOf(way, path)} ${width}`).join(", ")}"` : whole;
}

const choices = (set) => set.split(",").map((each) => each.trim().split(" "));

// ---- Pictures.

// Of each picture of a page the files it can be shown from, the smallest first.
function picturesIn(text, path) {
  return [...text.matchAll(IMAGE)].map(([image]) => {
    const ways = [...image.matchAll(SET)].flatMap(([, set]) => choices(set).map(([way]) => way));
    return [...ways, FALLBACK.exec(image)?.[1] || ""].map((way) => pathOf(way, path)).filter((each) => PICTURE.test(each));
  }).filter((ways) => ways.length);
}

async function picture(event, path) {
  const cache = await caches.open(PICTURES);
  const found = await cache.match(path);
  if (found) return found;
  const answer = await fetch(event.request);
  if (answer.ok && answer.status === 200 && !answer.redirected) {
    const copy = answer.clone();
    event.waitUntil(inLine(() => cache.put(path, copy)).catch(() => {})); // a full device shows its words
  }
  return answer;
}

// Of what was asked for and not read, the first pictures, as wide as a phone shows them well.
async function keepPictures(text, path) {
  const cache = await caches.open(PICTURES);
  for (const ways of [...text.matchAll(IMAGE)].slice(0, MOST_PICTURES).map(([image]) => goodWays(image, path))) {
    const found = await Promise.all(ways.map((way) => cache.match(way)));
    if (!ways.length || found.some(Boolean)) continue;
    const answer = await fetch(ways[0], { redirect: "manual" });
    if (answer.ok) await cache.put(ways[0], answer);
  }
}

// The smallest that is wide enough first, then wider ones; a portrait may have none of these.
function goodWays(image, path) {
  const sets = [...image.matchAll(SET)].flatMap(([, set]) => choices(set));
  const wide = sets.filter(([, width]) => parseInt(width, 10) >= ENOUGH);
  const good = (wide.length ? wide : sets.slice(-1)).map(([way]) => way);
  return good.map((way) => pathOf(way, path)).filter((way) => PICTURE.test(way));
}

async function tidyPictures() {
  const wanted = new Set();
  for (const { path, response } of await everyPage()) {
    for (const ways of picturesIn(await response.text(), path)) ways.forEach((way) => wanted.add(way));
  }
  const cache = await caches.open(PICTURES);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  }
}

// ---- What goes.

async function clear() {
  era += 1;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("plein-")).map((name) => caches.delete(name)));
}

async function tidy() {
  const pages = await everyPage();
  for (const { path, facts } of pages) if (isOver(facts)) await forget(path);
  const looks = new Set([...pages.map(({ facts }) => facts.look), await note("look")].map((look) => `${LOOKS}${look}`));
  for (const name of await caches.keys()) {
    if (name.startsWith(LOOKS) && !looks.has(name)) await caches.delete(name);
  }
  await tidyPictures();
}

const isRefusal = (answer) => answer.type === "opaqueredirect" || answer.redirected || answer.status === 401 || answer.status === 403;
const isGone = (answer) => answer.status === 404 || answer.status === 410;
const isDown = (answer) => [502, 503, 504].includes(answer.status);

function shuffled(list) {
  return list.map((each) => [Math.random(), each]).sort(([one], [other]) => one - other).map(([, each]) => each);
}

// What can't be written any more must not keep what is gone from going.
const unlessFull = (error) => { if (error.name !== FULL) throw error; };

// Asks of each kept page whether it is still that page. In any order: the order of reading is the reader's own.
async function askAgain() {
  const begun = era;
  for (const { path, response, facts } of shuffled(await everyPage())) {
    const tag = response.headers.get("etag");
    const answer = await fetch(path, { cache: "no-store", redirect: "manual", headers: tag ? { "if-none-match": tag } : {} });
    if (begun !== era) return;
    if (isRefusal(answer)) return void (await clear());
    if (isGone(answer)) await forget(path);
    else if (answer.status === 304) await putPage(path, response, { ...facts, confirmed: Date.now() }, begun).catch(unlessFull);
    else if (!answer.ok) return;
    // A page that can't be kept as it is now is not kept as it was.
    else if (!(await keep(path, answer, { isRead: false }).catch(unlessFull))) await forget(path);
  }
  if (begun !== era) return;
  await note("asked", Date.now());
  await tidy();
}

async function askAgainIfDue(pause = ASK_AGAIN_AFTER) {
  if (Date.now() - Number(await note("asked")) < pause || !(await everyPage()).length) return;
  await note("asked", Date.now());
  try {
    await askAgain();
  } catch (error) {
    await note("asked", 0); // the connection went: with the next one
  }
}

// Without a connection: what had no word for too long goes now, the rest is asked about with the next one.
async function tidyLater() {
  await note("asked", 0);
  await tidy();
}

// ---- What the browser asks.

async function taken(path, answer) {
  if (answer.status === 401 || answer.status === 403 || (answer.type === "opaqueredirect" && path.endsWith("/"))) return clear();
  if (isGone(answer)) return inLine(() => forget(path));
  if (answer.ok) await inLine(() => keep(path, answer)).catch(() => {}); // a full device reads on
  await inLine(() => askAgainIfDue());
}


async function opened(event, path) {
  const answer = fetch(event.request);
  const isKept = Boolean(await held(path));
  let first;
  try {
    first = await (isKept ? Promise.race([answer, after(PATIENCE)]) : answer);
  } catch {
    event.waitUntil(inLine(() => tidyLater()));
    return (await shown(path)) || (await withoutConnection()) || Response.error();
  }
  if (first && !(isKept && isDown(first))) {
    event.waitUntil(taken(path, first.clone()));
    return first;
  }
  if (!first) event.waitUntil(answer.then((whole) => taken(path, whole)).catch(() => {}));
  return (await shown(path)) || first || answer;
}

async function watched(event) {
  const answer = await fetch(event.request);
  if (isRefusal(answer)) event.waitUntil(clear());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  // Before anything that can fail: whoever signs out or is sent to the door has nothing here any more.
  if (DOORS.includes(pathname)) event.waitUntil(clear());
  if (request.method !== "GET" || HOUSES.includes(pathname.split("/")[1])) return;
  if (pathname.startsWith(KEPT)) event.respondWith(ofALook(pathname));
  else if (request.mode === "navigate") event.respondWith(opened(event, pathname));
  else if (pathname === ALERTS) event.respondWith(watched(event));
  else if (PICTURE.test(pathname)) event.respondWith(picture(event, pathname));
});

const ACTS = {
  // Keep a page that a reader asked for; `asked` is the rubric or the page that she asked it of.
  async keep({ path, asked, isRead }) {
    const answer = await fetch(path, { cache: "no-cache", redirect: "manual" });
    if (isRefusal(answer)) return void (await clear());
    if (!answer.ok || !(await keep(path, answer, { asked, isRead }))) return false;
    if (asked) await keepPictures(await (await held(path)).text(), path);
    return true;
  },
  async list() {
    return (await everyPage()).filter(({ facts }) => !isOver(facts)).map(({ path, facts }) => ({ path, ...facts }));
  },
  async forget({ asked }) {
    for (const { path, response, facts } of await everyPage()) {
      if (facts.asked !== asked) continue;
      if (facts.read) await putPage(path, response, { ...facts, asked: "" });
      else await forget(path);
    }
    await forgetBeyond(MOST_READ);
    await tidy();
  },
  clear,
  askAgain: () => askAgainIfDue(10 * 1000),
};

self.addEventListener("message", (event) => {
  const act = ACTS[event.data.act];
  if (!act) return;
  const done = inLine(() => act(event.data)).then(
    (value) => ({ value }),
    (error) => ({ failed: error.name }),
  );
  event.waitUntil(done.then((said) => event.ports[0]?.postMessage(said)));
});

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));

// Kept pages name their own files, so a new worker can take over at once; what an older one wrote otherwise goes.
self.addEventListener("activate", (event) => {
  const begin = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("plein-") && !name.startsWith(CACHE)) await caches.delete(name);
    }
    // No navigation preload: what this worker leaves alone would be asked twice, and an address
    // that opens once (a code on paper, a sign-in) would be used up before anybody saw it.
    await self.clients.claim();
  };
  event.waitUntil(begin());
});
