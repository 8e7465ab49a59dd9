"""A whole staged tree at once, and all that is printed from it: what the press does bit by bit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hub_site.handkept import HandKeptPages
from hub_site.offline import shell_in
from hub_site.pages import Site
from hub_site.render import Printed, Renderer
from hub_site.settings import PressSettings
from hub_site.stage import (
    StagedFolder,
    StagedPage,
    moved_page,
    stage_kept,
    stage_page,
    staged_config,
)


@dataclass(frozen=True, slots=True)
class StagedTree:
    """Everything the renderer needs: configuration, pages, files to be copied as they are."""

    config: str
    pages: tuple[StagedPage, ...]
    files: Mapping[str, bytes]
    pictures: Mapping[str, Path]


def stage(
    site: Site, kept: HandKeptPages, *, pictures: Mapping[str, Path], settings: PressSettings
) -> StagedTree:
    """Put the whole hub in the form that the renderer reads."""
    pages = [stage_page(page) for page in site.pages]
    pages += [stage_kept(page, kept) for page in kept.pages]
    return StagedTree(
        config=staged_config(site.hub, settings, shell=shell_in(settings)),
        pages=tuple(sorted(pages, key=lambda page: page.uri)),
        files={
            f"{moved.path}index.html": moved_page(moved, site.hub["language"])
            for moved in site.moved
        }
        | {each.path: each.text.encode() for each in site.outward},
        pictures=pictures,
    )


def write_tree(tree: StagedTree, folder: Path) -> None:
    """Make the folder hold exactly this tree, writing only what differs."""
    staged = StagedFolder(folder)
    staged.configure(tree.config)
    for page in tree.pages:
        staged.mend(page.uri, page.text.encode())
    for path, body in tree.files.items():
        staged.mend(path, body)
    for path, picture in tree.pictures.items():
        staged.link(path, picture)
    staged.sweep({*(page.uri for page in tree.pages), *tree.files, *tree.pictures})


def print_tree(renderer: Renderer, tree: StagedTree) -> Iterator[Printed]:
    """Print every template and every page."""
    yield from renderer.render_templates(tree.config)
    kept = [page for page in tree.pages if page.body]
    yield from renderer.print_pages(tree.pages, tree.config, kept=kept)
