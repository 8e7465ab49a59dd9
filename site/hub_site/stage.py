"""The staged tree: the seam between content and renderer, readable by a plain `mkdocs build`."""

import html
import json
import posixpath
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hub_site.errors import PressError
from hub_site.handkept import HandKept, HandKeptPages, translation_of
from hub_site.pages import HubView, MovedPage, Page, Site
from hub_site.settings import PressSettings
from hub_site.words import WORDS

# YAML refuses the C1 controls, reads U+0085, U+2028 and U+2029 as line ends, and drops a BOM;
# MkDocs would hide the error and print the page without its front matter.
_UNSAFE_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class StagedPage:
    """One source file: front matter, and a body only for hand-kept Markdown."""

    uri: str
    meta: Mapping[str, object]
    body: str = ""
    source: str | None = None  # the document to set aside when this page can't be printed

    @property
    def output(self) -> str:
        """Where the printed page stands in the hub."""
        stem = self.uri.removesuffix(".md")
        return f"{stem}.html" if stem.rpartition("/")[2] == "index" else f"{stem}/index.html"

    @property
    def text(self) -> str:
        return f"---\n{_front_matter(self.meta)}---\n{self.body}"


@dataclass(frozen=True, slots=True)
class StagedTree:
    """Everything the renderer needs: configuration, pages, files to be copied as they are."""

    config: str
    pages: tuple[StagedPage, ...]
    files: Mapping[str, bytes]
    pictures: Mapping[str, Path]


def stage_page(page: Page, *, uri: str | None = None) -> StagedPage:
    meta = {
        "template": page.template,
        "title": page.title,
        "language": page.language,
        "description": page.description,
        "tab": page.tab,
        "view": page.view,
    }
    return StagedPage(uri or f"{page.path}index.md", meta, source=page.source)


def stage(
    site: Site, kept: HandKeptPages, *, pictures: Mapping[str, Path], settings: PressSettings
) -> StagedTree:
    """Put the whole hub in the form that the renderer reads."""
    pages = [stage_page(page) for page in site.pages]
    pages += [_stage_kept(page, kept) for page in kept.pages]
    return StagedTree(
        config=staged_config(site.hub, settings),
        pages=tuple(sorted(pages, key=lambda page: page.uri)),
        files={f"{moved.path}index.html": _moved_page(moved, site.hub) for moved in site.moved},
        pictures=pictures,
    )


def staged_config(hub: HubView, settings: PressSettings) -> str:
    """The staged tree's own mkdocs.yml."""
    return _front_matter(
        {
            "INHERIT": str(settings.config_file.resolve()),
            "site_name": hub["name"],
            "docs_dir": "docs",
            "site_dir": "site",
            "nav": ["index.md"],
            "theme": {
                "custom_dir": str(settings.theme_dir.resolve()),
                "language": hub["language"],
            },
            "extra": {"hub": hub},
        }
    )


def _stage_kept(page: HandKept, kept: HandKeptPages) -> StagedPage:
    other = translation_of(page, kept.pages)
    link = {"title": other.title, "path": other.path} if other else None
    translation = {"link": link, "language": other.language} if other else None
    meta = {
        "template": "page.html",
        "title": page.title,
        "language": page.language,
        "description": page.description,
        "tab": "about",
        "view": {"translation": translation},
    }
    return StagedPage(page.name, meta, page.body, source=page.name)


def _moved_page(moved: MovedPage, hub: HubView) -> bytes:
    """A page that sends readers on, on any web server and without script."""
    target = posixpath.relpath(f"/{moved.target['path']}", f"/{moved.path}") + "/"
    sentence = WORDS[hub["language"]].moved.format(title=moved.target["title"])
    return (
        f'<!doctype html>\n<html lang="{hub["language"]}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f"<title>{html.escape(moved.target['title'])}</title>\n"
        f'<p><a href="{target}">{html.escape(sentence)}</a></p>\n</html>\n'
    ).encode()


def _front_matter(meta: Mapping[str, object]) -> str:
    """YAML with a line per key; JSON is YAML, and a hundred times quicker to write."""
    return "".join(f"{key}: {_in_yaml(value)}\n" for key, value in meta.items())


def _in_yaml(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAFE_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def write_tree(tree: StagedTree, folder: Path) -> None:
    """Make the folder hold exactly this tree, writing only what differs."""
    docs = folder / "docs"
    wanted: dict[Path, bytes] = {folder / "mkdocs.yml": tree.config.encode()}
    wanted |= {docs / page.uri: page.text.encode() for page in tree.pages}
    wanted |= {docs / path: body for path, body in tree.files.items()}
    try:
        for file, body in wanted.items():
            _write_if_different(file, body)
        for path, picture in tree.pictures.items():
            _link(picture, docs / path)
        _sweep(docs, keep={*wanted, *(docs / path for path in tree.pictures)})
    except OSError as error:
        raise PressError(f"The press can't write in {folder}: {error}.") from error


def _write_if_different(file: Path, body: bytes) -> None:
    if file.is_file() and file.read_bytes() == body:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def _link(picture: Path, file: Path) -> None:
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.hardlink_to(picture)
    except OSError:
        shutil.copyfile(picture, file)


def _sweep(docs: Path, keep: Iterable[Path]) -> None:
    """Remove what an earlier build left, folders that became empty included."""
    wanted = set(keep)
    for path in sorted(docs.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()
