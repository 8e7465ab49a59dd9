const root = document.documentElement;
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
  for (const button of all('[data-hub="print"]')) button.addEventListener("click", () => window.print());
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

followReader();
leadToSearch();
openDrawer();
closeReading();
act();
followContents();
showYours();
