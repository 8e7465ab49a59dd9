// Alerts: on every page within a minute of being sent, and nothing that is read moves for them.
// What is there before the first paint stands above the page, in the room that the last one took.
// What comes later lies over the foot of the window, where who has scrolled sees it too.
(function () {
  const EVERY = 45000;
  const CLOSED_AT_MOST = 20;
  const root = document.documentElement;
  let place = null;
  let isAnswered = false;
  let isPainted = false;

  const heightOf = (box) => box.getBoundingClientRect().height;
  const keyOf = (alert) => alert.dataset.hubKey;
  const part = (name) => document.querySelector('[data-hub="alerts-parts"]').content.querySelector(`[data-hub="${name}"]`).cloneNode(true);
  const within = (place) => [...place.querySelectorAll('[data-hub="alert"]')];

  function remember(key, value) {
    try {
      localStorage.setItem(`plein.${key}`, value);
    } catch {
      // Storage may be refused: then nothing is known of the page before.
    }
  }

  function recall(key) {
    try {
      return (localStorage.getItem(`plein.${key}`) || "").split(" ").filter(Boolean);
    } catch {
      return [];
    }
  }

  const isOver = (alert) => Date.parse(alert.dataset.hubUntil) <= Date.now() || recall("closed").includes(keyOf(alert));

  // With another window, zoom or size of letters it would have another height. The inner width of a
  // phone is not known before the page is laid out.
  const shape = () => [window.outerWidth, window.devicePixelRatio, root.getAttribute("data-hub-text") || ""].join("/");

  // How high they are and until when, so that the next page has room for them; not what they say.
  function noteRoom() {
    const alerts = within(place);
    const height = alerts.reduce((sum, alert) => sum + heightOf(alert), 0);
    const until = Math.max(0, ...alerts.map((alert) => Date.parse(alert.dataset.hubUntil)));
    if (height) remember("alerts", `${shape()} ${height} ${until}`);
    else if (isAnswered && recall("alerts").length) remember("alerts", "");
    const late = lateOnes();
    root.style.setProperty("--hub-late", `${late ? heightOf(late) : 0}px`);
  }

  function makeRoom() {
    const [known, height, until] = recall("alerts");
    const isFree = !place.childElementCount && !root.dataset.hubKept;
    if (isFree && known === shape() && Number(until) > Date.now()) place.append(room(Number(height)));
  }

  function room(height) {
    const held = part("alerts-room");
    held.style.height = `${height}px`;
    return held;
  }

  const roomHeld = () => place.querySelector('[data-hub="alerts-room"]:empty');
  const lateOnes = () => place.querySelector('[data-hub="alerts-late"]');

  function putLate(alerts) {
    const late = lateOnes() || place.appendChild(part("alerts-late"));
    late.append(...alerts);
  }

  // Where one stood above the page its room says so: what is below it must not come up.
  function takeAway(alert) {
    const late = lateOnes();
    if (late && late.contains(alert)) {
      alert.remove();
      if (!late.childElementCount) late.remove();
    } else if (isPainted) {
      const left = room(heightOf(alert));
      left.textContent = place.dataset.hubOver;
      alert.replaceWith(left);
    } else {
      alert.remove();
    }
  }

  function putUp(fresh) {
    const held = roomHeld();
    if (held && fresh.length) held.replaceWith(...fresh);
    else if (held && isPainted) held.textContent = place.dataset.hubOver;
    else if (held) held.remove();
    else if (isPainted && fresh.length) putLate(fresh);
    else place.append(...fresh);
  }

  function readOut(alerts) {
    for (const [name, isDanger] of [["alert-assertive", true], ["alert-polite", false]]) {
      const found = alerts.filter((alert) => alert.classList.contains("hub-alert--danger") === isDanger);
      if (found.length) document.querySelector(`[data-hub="${name}"]`).textContent = found.map((alert) => alert.querySelector(".hub-alert__text").textContent).join(" ");
    }
  }

  function show(said, isFirst) {
    isAnswered = true;
    const alerts = within(said).filter((alert) => !isOver(alert));
    const wanted = alerts.map(keyOf);
    for (const alert of within(place)) {
      if (!wanted.includes(keyOf(alert)) && !alert.contains(document.activeElement)) takeAway(alert);
    }
    const shown = within(place).map(keyOf);
    const fresh = alerts.filter((alert) => !shown.includes(keyOf(alert)));
    putUp(fresh);
    // What was there as the page opened is read in its place; what comes later is said.
    readOut(fresh.filter((alert) => !isFirst || alert.closest('[data-hub="alerts-late"]')));
    requestAnimationFrame(noteRoom);
  }

  async function ask(isFirst) {
    try {
      const answer = await fetch(place.dataset.hubFrom, { cache: "no-cache" });
      if (!answer.ok || answer.redirected) {
        // What nobody reads would keep the connection.
        await answer.body?.cancel();
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(document.importNode(page.querySelector("[data-hub-alerts]"), true), isFirst);
    } catch {
      // The gate can't be reached now; what is shown stays until it is over.
      within(place).filter(isOver).forEach(takeAway);
    }
  }

  function close(alert) {
    remember("closed", [keyOf(alert), ...recall("closed")].slice(0, CLOSED_AT_MOST).join(" "));
    const late = lateOnes();
    if (late && late.contains(alert)) takeAway(alert);
    else alert.remove();
    noteRoom();
    document.querySelector("#main").focus({ preventScroll: true });
  }

  function begin() {
    makeRoom();
    requestAnimationFrame(() => { isPainted = true; });
    place.addEventListener("click", ({ target }) => {
      const button = target.closest('[data-hub="close-alert"]');
      if (button) close(button.closest('[data-hub="alert"]'));
    });
    ask(true);
    setInterval(() => document.hidden || ask(false), EVERY);
    document.addEventListener("visibilitychange", () => document.hidden || ask(false));
    window.addEventListener("resize", noteRoom);
  }

  // The place is above all else, so it is there long before the page is.
  const parsing = new MutationObserver(() => {
    if (!place) {
      place = document.querySelector('[data-hub="alerts"]');
      if (place) begin();
    }
    if (!place) return;
    within(place).filter(isOver).forEach(takeAway);
    if (place.nextElementSibling) parsing.disconnect();
  });
  parsing.observe(root, { childList: true, subtree: true });
})();
