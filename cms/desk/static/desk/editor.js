// The page editor, where Wagtail's own script would lose what somebody typed, or the way to a field.
(() => {
  const LOOKS_AGAIN_AFTER = 50;
  const WAITS_AT_MOST = 3000;
  const TAB_IS_OPEN_AFTER = 300;
  const typedInto = new WeakSet();
  const waitingSince = new WeakMap();
  const watched = new WeakSet();
  const letThrough = new WeakSet();
  const goneNote = document.querySelector("[data-signed-out]");

  const formOf = (element) => element.closest?.("form[data-edit-form]");

  const noteTyping = (event) => {
    const form = formOf(event.target);
    if (form) typedInto.add(form);
  };

  // Draftail hands its words to the form some time after the last key; a form that is sent before
  // that asks for them, and waits until what is sent is what is seen.
  const draftailInputs = (form) =>
    [...form.querySelectorAll("input[type=hidden]")].filter((input) => input.draftailEditor);

  const lettersOf = (texts) => texts.join("").replace(/\s|\u200b/g, "");

  const lettersSeen = (input) => {
    const leaves = input.parentNode.querySelectorAll("[contenteditable=true] [data-text=true]");
    return lettersOf([...leaves].map((leaf) => leaf.textContent));
  };

  const lettersSent = (input) => {
    const blocks = JSON.parse(input.value)?.blocks ?? [];
    return lettersOf(blocks.filter(({ type }) => type !== "atomic").map(({ text }) => text));
  };

  const isBehind = (input) => {
    input.draftailEditor.saveState();
    return lettersSeen(input) !== lettersSent(input);
  };

  const waitForLastWords = (event) => {
    const form = formOf(event.target);
    if (!form) return;
    const behind = draftailInputs(form).filter(isBehind);
    const since = waitingSince.get(form) ?? performance.now();
    if (behind.length === 0 || performance.now() - since > WAITS_AT_MOST) {
      waitingSince.delete(form);
      return;
    }
    waitingSince.set(form, since);
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    setTimeout(() => form.requestSubmit(submitter), LOOKS_AGAIN_AFTER);
  };

  // Who was signed out meanwhile would be sent to the door, and what she typed would be gone. By the
  // time she is back she has another token.
  const isSignedIn = async (form) => {
    const answer = await fetch(goneNote.dataset.account, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return false;
    const token = (await answer.text()).match(/name="csrfmiddlewaretoken" value="(\w+)"/)?.[1];
    const kept = form.querySelector("[name=csrfmiddlewaretoken]");
    if (token && kept) kept.value = token;
    return true;
  };

  const holdBack = () => {
    if (!document.querySelector(".p-signed-out")) document.body.prepend(goneNote.content.cloneNode(true));
  };

  const keepFromTheDoor = (event) => {
    const form = formOf(event.target);
    if (!form || letThrough.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const send = () => {
      document.querySelector(".p-signed-out")?.remove();
      letThrough.add(form);
      form.requestSubmit(submitter);
    };
    // Without an answer the browser says itself what is wrong.
    isSignedIn(form).then((isIn) => (isIn ? send() : holdBack()), send);
  };

  // Wagtail compares with the form as it was two seconds after it opened: what was typed before
  // that counts as having been there, and would be neither saved nor warned about.
  const saveEarlyWords = (event) => {
    const form = formOf(event.target);
    if (!form || watched.has(form)) return;
    watched.add(form);
    if (typedInto.has(form)) form.setAttribute("data-w-unsaved-force-value", "true");
  };

  // `#field-summary` leads to that field whatever tab it is on.
  const goToField = () => {
    const name = window.location.hash.match(/^#field-([a-z_]+)$/)?.[1];
    if (!name) return;
    const input = document.querySelector(`[name="${name}"], [name^="${name}-"]`);
    const tab = input?.closest("[role=tabpanel]");
    if (tab) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
    setTimeout(() => showField(input), TAB_IS_OPEN_AFTER);
  };

  const showField = (input) => {
    const panel = input?.closest("section, .w-field__wrapper");
    const focusable = "button:not([disabled]), input:not([type=hidden]), select, textarea";
    const target = input?.type === "hidden" ? panel?.querySelector(focusable) : input;
    panel?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  };

  // Draftail takes keys and pasted text for itself, so that no `input` follows.
  for (const touch of ["input", "keydown", "paste", "drop", "compositionend"]) {
    document.addEventListener(touch, noteTyping, true);
  }
  document.addEventListener("submit", waitForLastWords, true);
  document.addEventListener("submit", keepFromTheDoor, true);
  document.addEventListener("w-unsaved:watch-edits", saveEarlyWords);
  window.addEventListener("load", goToField);
  window.addEventListener("hashchange", goToField);
})();
