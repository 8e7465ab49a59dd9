// The search page. The question stands behind the # of the address, which no browser sends anywhere.
import { Search, excerpt, marked } from "./search-index.js";
import { fold } from "./search-language.js";

const place = document.querySelector('[data-hub="search"]');
const part = (name) => document.querySelector(`[data-hub="search-${name}"]`);
const root = new URL(`${place.dataset.hubRoot.replace(/\/?$/, "/")}`, location.href).href;
const said = JSON.parse(place.dataset.hubWords);
const field = place.querySelector("input");
const language = document.documentElement.lang;

const AT_A_TIME = 10;
const LOOK_INSIDE = 5;
const READ_AHEAD_AFTER = 2000;
const REST_MILLISECONDS = 300;
const WAITING_MILLISECONDS = 200;
const FILTERS = ["kind", "rubric", "period"];

let search = null;
let opening = null;
let turn = 0;
let found = [];
let shown = AT_A_TIME;
let resting = 0;
let readAhead = 0;
const chosen = { kind: "", rubric: "", period: "" };

const fill = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (_, name) => places[name]);
const counted = (sentences, places) => fill(sentences[places.n === 1 ? 0 : 1], places);
// The day before the month in English too, as everywhere on the hub.
const locale = language === "en" ? "en-GB" : language;
const day = (text) => new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${text}T00:00Z`));

function element(name, attributes, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

const copyOf = (name) => part(name).content.firstElementChild.cloneNode(true);
const withMarks = (pieces) => pieces.map(([text, isMarked]) => (isMarked ? element("mark", {}, text) : text));

function say(sentence) {
  if (part("said").textContent !== sentence) part("said").textContent = sentence;
}

function open() {
  opening ||= (async () => {
    const opened = new Search(root);
    await opened.open();
    search = opened;
  })();
  return opening;
}

// Files have other names as soon as something is published: then everything is read once more.
async function answer(question, isAgain = false) {
  try {
    await open();
    return await search.find(question);
  } catch (error) {
    opening = null;
    if (isAgain) throw error;
    return answer(question, true);
  }
}

async function ask() {
  const question = field.value.trim();
  turn += 1;
  const mine = turn;
  shown = AT_A_TIME;
  remember(question);
  if (!question) return show([], "");
  const waiting = setTimeout(() => mine === turn && say(said.waiting), WAITING_MILLISECONDS);
  try {
    const hits = await answer(field.value);
    if (mine !== turn) return undefined;
    if (!hits.length && search.later.length) {
      say(said.going_back);
      await search.openArchive();
      return ask();
    }
    Object.assign(chosen, { kind: "", rubric: "", period: "" });
    readAhead ||= navigator.connection?.saveData || setTimeout(() => search.readAhead().catch(() => { readAhead = 0; }), READ_AHEAD_AFTER);
    return show(hits, question);
  } catch {
    found = [];
    part("ways").hidden = false;
    return say(said.failed);
  } finally {
    clearTimeout(waiting);
  }
}

function remember(question) {
  const hash = question ? `#q=${encodeURIComponent(question)}` : "";
  if (location.hash !== hash) history.replaceState(history.state, "", location.pathname + hash);
}

const about = ({ shard, number }) => {
  const { head } = shard;
  return {
    kind: head.kinds[number],
    rubric: head.rubric[number] < 0 ? "" : head.rubrics[head.rubric[number]],
    period: head.days[number].slice(0, 4),
    day: head.days[number],
    language: head.languages[number],
  };
};

const fits = (hit, but) => FILTERS.every((name) => name === but || !chosen[name] || about(hit)[name] === chosen[name]);

function show(hits, question) {
  found = hits;
  const none = Boolean(question) && !hits.length;
  part("none").hidden = !none;
  part("ways").hidden = Boolean(hits.length);
  const meant = none ? search.suggestion(question) : "";
  part("meant").hidden = !meant;
  part("meant").querySelector("button").textContent = meant;
  part("older").hidden = !(question && search?.later.length);
  if (search?.since) part("older").textContent = fill(said.older, { day: day(search.since) });
  showFilters();
  showFound(question);
}

function showFilters() {
  const filters = FILTERS.map((name) => filter(name)).filter(Boolean);
  part("filters").replaceChildren(...filters);
  part("filters").hidden = !filters.length;
}

function filter(name) {
  const counts = new Map();
  for (const hit of found.filter((each) => fits(each, name))) {
    const value = about(hit)[name];
    if (value) counts.set(value, (counts.get(value) || 0) + 1);
  }
  if (counts.size < 2 && !chosen[name]) return null;
  const values = [...counts.keys()].sort((one, other) => (name === "period" ? (one < other ? 1 : -1) : counts.get(other) - counts.get(one)));
  const made = copyOf("filter");
  made.querySelector("legend").textContent = said[name];
  made.append(...["", ...values].map((value) => choice(name, value, counts.get(value))));
  return made;
}

function choice(name, value, count) {
  const made = copyOf("choice");
  const input = made.querySelector("input");
  Object.assign(input, { name: `search-${name}`, value, checked: chosen[name] === value });
  input.addEventListener("change", () => {
    chosen[name] = value;
    shown = AT_A_TIME;
    showFilters();
    part("filters").querySelector(`[name="search-${name}"]:checked`).focus();
    showFound(field.value.trim());
  });
  const [text, number] = made.querySelectorAll("span");
  text.textContent = value === "" ? said.all : name === "kind" ? said.kinds[value] : value;
  number.textContent = count || "";
  return made;
}

async function showFound(question) {
  const mine = turn;
  const fitting = found.filter((hit) => fits(hit, ""));
  const seen = fitting.slice(0, shown);
  const items = await Promise.all(seen.map(async (hit, at) => item(hit, await hit.shard.card(hit.number), at)));
  if (mine !== turn) return;
  part("found").replaceChildren(...items);
  part("more").hidden = fitting.length <= shown;
  clearTimeout(resting);
  resting = setTimeout(() => mine === turn && tell(question, fitting.length), REST_MILLISECONDS);
}

function tell(question, n) {
  if (!question) return say("");
  const words = question.split(/\s+/).map((word) => search.corrected.get(fold(word)) || word);
  const better = words.join(" ");
  const sentence = better === question ? counted(said.found, { n, question }) : counted(said.corrected, { n, question, better });
  const since = search.later.length && search.since ? ` ${fill(said.since, { day: day(search.since) })}` : "";
  return say((found.length ? sentence : fill(said.nothing, { question })) + since);
}

function item(hit, [title, path, note], at) {
  const { kind, rubric, day: appeared, language: spoken } = about(hit);
  const made = copyOf("hit");
  const [line, text] = made.querySelectorAll("p");
  const link = made.querySelector("a");
  line.textContent = [said.kinds[kind], rubric, hit.shard.tree && said.only_for].filter(Boolean).join(" · ");
  if (appeared) line.append(" · ", element("time", { datetime: appeared }, day(appeared)));
  Object.assign(link, { href: root + path, lang: spoken });
  link.append(...withMarks(marked(title, hit.words)));
  text.lang = spoken;
  text.append(...withMarks(excerpt(note, hit.words) || [[note, false]]));
  if (at < LOOK_INSIDE) lookInside(hit, path, text, `${title} ${note}`);
  return made;
}

// Where neither title nor summary says why it was found, the page itself does.
async function lookInside(hit, path, text, known) {
  if (marked(known, hit.words).some(([, isMarked]) => isMarked)) return;
  const page = await fetch(root + path).catch(() => null);
  if (!page?.ok || page.redirected) return;
  const body = new DOMParser().parseFromString(await page.text(), "text/html").querySelector(".hub-body, .hub-prose, main");
  const words = [...(body?.querySelectorAll("p, li, h2, h3, figcaption") || [])].map((each) => each.textContent.trim()).join(" ");
  const pieces = excerpt(words.replace(/\s+/g, " "), hit.words);
  if (pieces) text.replaceChildren(...withMarks(pieces));
}

const links = () => [...part("found").querySelectorAll("a")];

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.target.type === "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (step) {
    const all = links();
    const at = all.indexOf(document.activeElement) + step;
    if (!all.length || (at < 0 && document.activeElement === field)) return;
    event.preventDefault();
    (at < 0 ? field : all[Math.min(at, all.length - 1)]).focus();
  } else if (event.key === "Escape" && (field.value || document.activeElement !== field)) {
    event.preventDefault();
    if (document.activeElement === field) field.value = "";
    field.focus();
    ask();
  }
}

function read() {
  const question = new URLSearchParams(location.hash.slice(1)).get("q") || "";
  if (question === field.value.trim()) return;
  field.value = question;
  ask();
}

field.addEventListener("focus", () => open().catch(() => { opening = null; }), { once: true });
field.addEventListener("input", ask);
place.addEventListener("keydown", move);
part("more").addEventListener("click", () => {
  const before = shown;
  shown += AT_A_TIME;
  showFound(field.value.trim()).then(() => links()[before]?.focus());
});
part("older").addEventListener("click", async () => {
  say(said.waiting);
  await search.openArchive();
  field.focus();
  ask();
});
part("meant").querySelector("button").addEventListener("click", ({ target }) => {
  field.value = target.textContent;
  field.focus();
  ask();
});
window.addEventListener("hashchange", read);
field.focus({ preventScroll: true });
read();
