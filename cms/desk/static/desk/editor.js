// The page editor, where Wagtail's own script would lose what somebody typed, or the way to a field.
(() => {
  // Draftail hands its words to the form a quarter of a second after the last key.
  const SETTLED_AFTER = 400;
  const TAB_IS_OPEN_AFTER = 300;
  const typedInto = new WeakMap();
  const watched = new WeakSet();

  const formOf = (element) => element.closest?.("form[data-edit-form]");

  const noteTyping = (event) => {
    const form = formOf(event.target);
    if (form) typedInto.set(form, performance.now());
  };

  // A form that is sent before the last words are in it waits until they are.
  const waitForLastWords = (event) => {
    const form = formOf(event.target);
    const left = form ? (typedInto.get(form) ?? -Infinity) + SETTLED_AFTER - performance.now() : 0;
    if (left <= 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    setTimeout(() => form.requestSubmit(submitter), left);
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
  document.addEventListener("w-unsaved:watch-edits", saveEarlyWords);
  window.addEventListener("load", goToField);
  window.addEventListener("hashchange", goToField);
})();
