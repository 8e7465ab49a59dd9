"""The style guide: every block and component of the theme in its states, from the sample hub.

`python -m tests.end_to_end.auditing.style_guide` writes it to `build/style-guide/`, to be opened
by whoever changes the theme. It is no page of the hub.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from types import SimpleNamespace
from typing import Any

from cms.config.home import CHECKOUT
from tests.unit.themes.theme import THEME, environment, sample_site

FOLDER = CHECKOUT / "build" / "style-guide"
LOOK = "5713"
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><path fill="#5b8def"
 d="M0 0h3v2H0z"/><path fill="#ffc93c" d="M0 2l1-1 1 1z"/><circle fill="#fff" cx="2.2" cy=".6"
 r=".3"/></svg>"""
LOGOS = {
    "usual": (384, 128, "light", "#0a4f8a"),
    "square": (128, 128, "light", "#9c3412"),
    "very wide": (512, 64, "light", "#161e19"),
    "high": (64, 128, "light", "#7a1f57"),
    "white": (384, 128, "dark", "#ffffff"),
    "opaque": (256, 128, "own", "#ffc93c"),
}
"""Each with its size, the ground it needs and its colour."""
SIGN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}"><path fill="{3}"
 d="M0 0h{0}v{1}h-{0}zm16 16v{2}h32v-{2}z" fill-rule="evenodd"/></svg>"""
LONG_WORD = "\u00ad".join(("Arbeids", "ongeschikt", "heids", "verzekerings", "gesprekken"))
LONG = f"{LONG_WORD} bij de koffieautomaat, " * 4
MOST_OF_A_BLOCK = 6
# Only for the guide: how much room each component gets to show itself in.
ROOM = """
.guide__state { margin-block: 1rem 2rem; }
.guide__state > p:first-child { color: var(--hub-ink-2); font-size: var(--hub-size-meta); }
.guide__states { display: grid; gap: 0 2rem; }
.guide__states--plain { grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
.guide__states--block { width: min(100%, var(--hub-measure)); margin-inline: auto; }
.guide__states--small { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); }
.guide__states > * { min-width: 0; }
.guide__state .hub-logo { margin-block: 0.75rem; }
"""
WIDE = {"partials/cover", "partials/alert", "partials/call", "partials/row", "partials/tabs"}
WIDE |= {"partials/announcement-item", "partials/own", "partials/empty", "partials/reading"}
SMALL = {"partials/icon", "partials/rubric-tag", "partials/pattern"}
COLOURS = ("teal", "rust", "blue", "plum", "green", "amber", "violet")
TILES = re.findall(r'id="t-([a-z]+)"', (THEME / "partials" / "sprite.html").read_text("utf-8"))
ICONS = re.findall(r'id="i-([a-z]+)"', (THEME / "partials" / "sprite.html").read_text("utf-8"))
FOLLOWING = '<div class="hub-block"></div>'
FRAME = """{%- extends "reading.html" -%}
{%- block content %}{{ page.content }}{% endblock %}"""


@dataclass(frozen=True)
class Shown:
    """One component in one state, as markup."""

    name: str
    state: str
    markup: str


class Guide:
    """Prints partials with what pages of the sample hub give them."""

    def __init__(self) -> None:
        hub, pages = sample_site()
        self.hub = {**hub, "look": LOOK}
        self.views: list[Mapping[str, Any]] = [page.view for page in pages]
        self.pages = pages
        strings: Any = environment().get_template("partials/strings/nl.html").module
        self.words = strings.strings

    def one(self, name: str, state: str, /, **given: object) -> Shown:
        template = environment().get_template(f"{name}.html")
        said = {"hub": self.hub, "words": self.words, "view": {}, "meta": {}, "page": None, **given}
        return Shown(name, state, template.render(**said))

    def all(self) -> Iterator[Shown]:
        yield from self._blocks()
        yield from self._items()
        yield from self._people()
        yield from self._small()

    def _blocks(self) -> Iterator[Shown]:
        """Every block of the sample, the odd ones among them, what looks alike once."""
        seen: Counter[str] = Counter()
        known: set[str] = set()
        for block in (block for view in self.views for block in view.get("blocks", ())):
            same = str({name: value for name, value in block.items() if name != "id"})
            if same in known or seen[block["type"]] == MOST_OF_A_BLOCK:
                continue
            known.add(same)
            seen[block["type"]] += 1
            shown = self.one(f"blocks/{block['type']}", f"{seen[block['type']]}", block=block)
            # Each stands alone here, as a last block does; of a call-out that is another place.
            is_followed = block["type"] == "call_out" and seen["call_out"] == 1
            yield replace(shown, markup=shown.markup + FOLLOWING) if is_followed else shown

    def _items(self) -> Iterator[Shown]:
        home = next(view for view in self.views if "fresh" in view)
        with_picture = next(item for item in home["fresh"] if item["image"])
        without = {**with_picture, "image": None}
        long = {**without, "title": LONG[:212].strip()}
        states = {"picture": with_picture, "pattern": without, "212 letters": long}
        for state, item in states.items():
            for variant in ("wide", "face", "third", "line"):
                given = {"item": item, "variant": variant, "is_tagged": True, "sizes": "400px"}
                yield self.one("partials/teaser", f"{variant}, {state}", **given)
            yield self.one("partials/row", state, item=item)
            yield self.one("partials/cover", state, item=item)
        for view in self.views:
            for item in (*view.get("current", ()), *view.get("lapsed", ())):
                state = f"{item['importance']}, {item['validity'] or 'no end'}"
                yield self.one("partials/announcement-item", state, item=item)
        for alert in home["alerts"]:
            state = "danger" if alert["is_danger"] else "notice"
            yield self.one("partials/alert", state, alert=alert, href=None)
        yield self.one("partials/call", "until a day", view=home)

    def _people(self) -> Iterator[Shown]:
        people = next(view for view in self.views if "groups" in view)
        found = [person for group in people["groups"] for person in group["people"]]
        for state, has in (("portrait", True), ("initials", False)):
            person = next(each for each in found if bool(each["portrait"]) is has)
            yield self.one("partials/person-card", state, person=person)
        yield self.one("partials/person-card", "no page", person={**found[0], "path": None})

    def _small(self) -> Iterator[Shown]:
        for name in ("reading", "tabs", "own", "skip", "wordmark"):
            yield self.one(f"partials/{name}", "", group="guide")
        yield from self._logos()
        for is_rubric in (False, True):
            state = "rubric" if is_rubric else "page"
            yield self.one("partials/keep", state, is_rubric=is_rubric)
        empty = {"title": self.words["empty_rubric"], "text": self.words["empty_rubric_more"]}
        yield self.one("partials/empty", "tile", **empty, tile="bend")
        yield self.one("partials/empty", "no tile", **empty)
        for colour, tile in zip(COLOURS, TILES, strict=False):
            rubric = {"title": colour, "path": "", "colour": colour, "tile": tile}
            yield self.one("partials/rubric-tag", f"{colour}, {tile}", rubric=rubric)
            yield self.one("partials/pattern", f"{colour}, {tile}", tile=tile, seed=colour)
        for name in ICONS:
            yield self.one("partials/icon", name, name=name)

    def _logos(self) -> Iterator[Shown]:
        """Each alone, and a pair of which one shows."""
        for state in LOGOS:
            yield self._worn(state, logo=_logo(state))
        yield self._worn("pair", logo=_logo("usual"), logo_dark=_logo("white"))

    def _worn(self, state: str, **logos: object) -> Shown:
        return self.one("partials/logo", state, hub={**self.hub, "style": logos})


def _logo(state: str) -> dict[str, object]:
    width, height, ground, _colour = LOGOS[state]
    return {"path": _file_of(state), "width": width, "height": height, "ground": ground}


def _file_of(state: str) -> str:
    return f"logo-{state.replace(' ', '-')}.svg"


def _signs() -> Iterator[tuple[str, str]]:
    for state, (width, height, _ground, colour) in LOGOS.items():
        yield _file_of(state), SIGN.format(width, height, height - 32, colour)


def sections(shown: list[Shown]) -> Iterator[str]:
    """A section per component, its states below each other."""
    names = dict.fromkeys(each.name for each in shown)
    for name in names:
        yield f'<section class="hub-page hub-section" id="{name.replace("/", "-")}">'
        yield f'<h2>{escape(name)}</h2><div class="guide__states guide__states--{room_of(name)}">'
        for each in shown:
            if each.name == name:
                colour = each.state.partition(",")[0] if name in SMALL else "rust"
                state = f'<div class="guide__state r-{colour}"><p>{escape(each.state)}</p>'
                yield f"{state}<div>{each.markup}</div></div>"
        yield "</div></section>"


def room_of(name: str) -> str:
    if name.startswith("blocks/"):
        return "block"
    return "wide" if name in WIDE else "small" if name in SMALL else "plain"


def page_of(guide: Guide) -> str:
    content = "<h1>De stijl van de hub</h1>" + "\n".join(sections([*guide.all()]))
    meta = {"template": "page.html", "title": "Stijl", "language": "nl", "view": {}}
    page = SimpleNamespace(meta=meta, url="", title="Stijl", content=content)
    config = SimpleNamespace(extra={"hub": guide.hub})
    return environment().from_string(FRAME).render(page=page, config=config)


def files() -> dict[str, bytes]:
    """The guide as a folder of files; each picture of the sample is the same drawing."""
    guide = Guide()
    page = page_of(guide)
    page = page.replace(" hidden>", ">").replace('loading="lazy"', "")
    page = re.sub(r'"/assets/images/[^"]*"', '"/picture.svg"', page)
    page = page.replace("</head>", '<link rel="stylesheet" href="/guide.css"></head>')
    page = re.sub(r'<source type="image/webp"[^>]*>', "", page)
    config = SimpleNamespace(extra={"hub": guide.hub})
    sheet = environment().get_template("assets/hub.css").render(config=config)
    copied = {
        file.relative_to(THEME).as_posix(): file.read_bytes()
        for folder in ("assets/fonts", "assets/js")
        for file in (THEME / folder).iterdir()
    }
    own = {"index.html": page, "assets/hub.css": sheet, "picture.svg": PICTURE, "guide.css": ROOM}
    own |= dict(_signs())
    return copied | {path: text.encode() for path, text in own.items()}


def write() -> None:
    for path, body in files().items():
        file = FOLDER / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    sys.stdout.write(f"python -m http.server --directory {FOLDER}\n")


if __name__ == "__main__":
    write()
