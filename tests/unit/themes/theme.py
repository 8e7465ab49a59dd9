"""The theme under test, rendered as the press would, but without MkDocs around it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace

import jinja2
import material

from cms.config.home import CHECKOUT
from hub_site.content.parsing import parse_all
from hub_site.pages import Page, compose
from tests.unit.hub_site import samples, some_only

THEME = CHECKOUT / "themes" / "hub"
STYLES = THEME / "assets" / "css"
TEMPLATES = sorted(THEME.rglob("*.html"))
PARTIALS = sorted((THEME / "partials").glob("*.html"))

# Press and theme agree on these by name: they are never shown as text.
_NOT_TEXT = {"path", "colour", "tile", "kind", "language", "type", "anchor", "iso", "key"}
_NOT_TEXT |= {"focal", "importance", "id", "seed"}


@cache
def environment() -> jinja2.Environment:
    """Jinja as MkDocs sets it up: nothing escapes unless the template says so."""
    folders = [str(THEME), str(next(iter(material.__path__))) + "/templates"]
    loader = jinja2.FileSystemLoader(folders)
    made = jinja2.Environment(loader=loader, auto_reload=False)  # noqa: S701 - that is the point
    made.filters["url"] = "/{}".format
    return made


@cache
def sample_site() -> tuple[Mapping[str, object], tuple[Page, ...]]:
    """The sample hub's shell and pages, from the press's own hand."""
    parsed = parse_all(samples.by_id([*samples.sample_hub(), *some_only.documents()]))
    site = compose(parsed.documents, as_of=samples.NOW, kept=())
    return dict(site.hub), tuple(site.pages)


def render(page: Page, *, hub: Mapping[str, object], view: object = None) -> str:
    """Print one page."""
    meta = {
        "template": page.template,
        "title": page.title,
        "language": page.language,
        "description": page.description,
        "tab": page.tab,
        "view": view or page.view,
        "for_whom": page.for_whom,
    }
    shown = SimpleNamespace(meta=meta, url=page.path, title=page.title, content="<p>Inhoud</p>")
    return render_template(page.template, hub=hub, page=shown)


def render_template(name: str, *, hub: Mapping[str, object], page: object = None) -> str:
    """Print a template; the 404 page has no page of its own."""
    config = SimpleNamespace(extra={"hub": hub})
    return environment().get_template(name).render(page=page, config=config)


def hostile(value: object, *, key: str = "") -> object:
    """Put markup into every text that a template must escape."""
    if isinstance(value, Mapping):
        return {name: hostile(each, key=str(name)) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [hostile(each, key=key) for each in value]
    if isinstance(value, str) and key not in _NOT_TEXT and "html" not in key:
        return f"{value}<b class='x'>\"&"
    return value


class Tags(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]

    def values(self, attribute: str) -> Iterator[str]:
        for _, attrs in self.found:
            if value := attrs.get(attribute):
                yield value


def classes_in(markup: str) -> set[str]:
    return set(re.findall(r"hub-[a-z0-9]+(?:-[a-z0-9]+)*(?:__[a-z0-9]+)?(?:--[a-z0-9-]+)?", markup))
