// Leafs through the pictures of a gallery; without it each picture is a link to itself.
const SWIPE = 40;

function words(item) {
  const caption = item.querySelector("figcaption");
  return caption ? caption.textContent.trim() : "";
}

export function leaf(gallery) {
  const viewer = gallery.querySelector('[data-hub="viewer"]');
  const part = (name) => viewer.querySelector(`[data-hub="${name}"]`);
  const items = [...gallery.querySelectorAll(".hub-gallery__item")];
  // A picture without an address is none, so it comes to its place once there is one to show.
  const large = document.createElement("img");
  large.className = part("large").className;
  part("large").replaceWith(large);
  const place = part("place");
  let at = 0;
  let from = null;

  const show = (index) => {
    at = (index + items.length) % items.length;
    const image = items[at].querySelector("img");
    const source = items[at].querySelector("source");
    large.removeAttribute("srcset");
    if (source) {
      large.sizes = "100vw";
      large.srcset = source.srcset;
    }
    large.src = image.src;
    large.alt = image.alt;
    viewer.querySelector(".hub-gallery__words").textContent = words(items[at]);
    place.textContent = `${at + 1} ${place.dataset.hubOf} ${items.length}`;
  };
  const keys = {
    ArrowRight: () => show(at + 1),
    ArrowLeft: () => show(at - 1),
    Home: () => show(0),
    End: () => show(items.length - 1),
  };

  items.forEach((item, index) => {
    item.querySelector('[data-hub="enlarge"]').addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(index);
      viewer.showModal();
    });
  });
  part("forth").addEventListener("click", () => show(at + 1));
  part("back").addEventListener("click", () => show(at - 1));
  part("shut").addEventListener("click", () => viewer.close());
  viewer.addEventListener("keydown", (event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  // The focus goes back to the picture that was looked at last.
  viewer.addEventListener("close", () => items[at].querySelector("a").focus());
  large.addEventListener("touchstart", ({ touches }) => { from = touches.length === 1 ? touches[0].clientX : null; }, { passive: true });
  large.addEventListener("touchend", ({ changedTouches }) => {
    if (from === null) return;
    const way = changedTouches[0].clientX - from;
    if (Math.abs(way) > SWIPE) show(at + (way < 0 ? 1 : -1));
    from = null;
  });
}
