// Runs before anything is painted, so that the reader's own choices never flash in late.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var scheme = localStorage.getItem("plein.scheme");
    var text = localStorage.getItem("plein.text");
    if (scheme === "light") root.setAttribute("data-md-color-scheme", "default");
    if (scheme === "dark") root.setAttribute("data-md-color-scheme", "slate");
    if (text === "larger" || text === "largest") root.setAttribute("data-hub-text", text);
  } catch {
    // Storage may be refused; the page then follows the device.
  }
})();
