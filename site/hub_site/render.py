"""The only module that knows MkDocs and Material: staged pages go in, files of the hub come out.

It keeps configuration, templates and the theme's files warm and renders exactly as a plain
`mkdocs build` of the staged tree would; a test compares every byte.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jinja2
from mkdocs import utils
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from hub_site.errors import PageError, PressError
from hub_site.stage import StagedPage, StagedTree

NOT_FOUND = "404.html"
_NOT_PRINTED = {"sitemap.xml"}
logging.getLogger("mkdocs").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Printed:
    """One file of the hub."""

    path: str
    body: bytes


class Renderer:
    """Warm, and for one thread at a time: MkDocs keeps the current page in its configuration."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._config_text = ""

    def render(
        self, tree: StagedTree, *, skip: AbstractSet[str] = frozenset()
    ) -> Iterator[Printed]:
        """Print every template and every page whose source is not to be skipped.

        A page that can't be printed raises `PageError`.
        """
        yield from self.render_templates(tree.config)
        pages, nav = self._read(tree.pages)
        for staged, page in pages:
            if staged.uri not in skip:
                yield self._print(staged, page, nav=nav)

    def render_templates(self, config: str, under: str = "") -> Iterator[Printed]:
        """Print the theme's templates that are files of their own: the stylesheet, the 404 page."""
        self._configure(config)
        nav = get_navigation(Files([]), self._config)
        names = self._config.theme.static_templates - _NOT_PRINTED
        for name in sorted(name for name in names if name.startswith(under)):
            yield from self._static_template(name, nav)

    def render_one(self, staged: StagedPage, config: str) -> bytes:
        """Print a single page as the hub's front page."""
        self._configure(config)
        pages, nav = self._read([staged])
        try:
            return self._print(staged, pages[0][1], nav=nav).body
        finally:
            # Preview addresses carry a token: MkDocs would remember every one for ever.
            utils._get_norm_url.cache_clear()  # noqa: SLF001

    @cached_property
    def assets(self) -> Mapping[str, Path]:
        """The theme's files that are copied as they are."""
        files = Files([])
        files.add_files_from_theme(self._environment, self._config)
        return {file.dest_uri: Path(file.abs_src_path or "") for file in files}

    @cached_property
    def _environment(self) -> jinja2.Environment:
        environment = self._config.theme.get_env()
        # A page includes some hundred partials: a plain dictionary finds them ten times quicker
        # than Jinja's own cache, which keeps count of what was used last.
        environment.cache = {}
        return environment

    def _configure(self, text: str) -> None:
        """Load the configuration when it differs from the one that is warm."""
        if text == self._config_text:
            return
        config_file = self._folder / "mkdocs.yml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / "docs").mkdir(exist_ok=True)
            config_file.write_text(text, encoding="utf-8")
            config = load_config(str(config_file))
            config.plugins.on_startup(command="build", dirty=False)
            self._config: MkDocsConfig = config.plugins.on_config(config)
        except (OSError, MkDocsException) as error:
            raise PressError(f"MkDocs does not accept {config_file}: {error}.") from error
        self._config_text = text

    def _read(
        self, staged: Sequence[StagedPage]
    ) -> tuple[list[tuple[StagedPage, Page]], Navigation]:
        """Make MkDocs' page objects, all of them read before the first is printed."""
        files = Files([_file(page, self._config) for page in staged])
        nav = get_navigation(files, self._config)
        pages: list[tuple[StagedPage, Page]] = []
        for source, file in zip(staged, files, strict=True):
            page = file.page
            if page is None:
                raise PageError(source.uri, "MkDocs does not take it for a page.")
            self._populate(source, page, files=files)
            pages.append((source, page))
        return pages, nav

    def _populate(self, staged: StagedPage, page: Page, *, files: Files) -> None:
        if staged.body:
            page.read_source(self._config)
            page.render(self._config, files)
            return
        # Without a body there is nothing for Markdown to do; this is what it would come to.
        page.meta = dict(staged.meta)
        page.markdown, page.content, page.toc = "", "", get_toc([])

    def _static_template(self, name: str, nav: Navigation) -> Iterator[Printed]:
        base_url = "/" if utils.is_error_template(name) else utils.get_relative_url(".", name)
        try:
            template = self._environment.get_template(name)
            output = template.render(get_context(nav, [], self._config, base_url=base_url))
        except jinja2.TemplateError as error:
            raise PressError(f"The theme's template {name} can't be printed: {error}.") from error
        if output.strip():
            yield Printed(name, output.encode())

    def _print(self, staged: StagedPage, page: Page, *, nav: Navigation) -> Printed:
        page.active = True
        try:
            template = self._environment.get_template(str(page.meta.get("template", "main.html")))
            output = template.render(get_context(nav, [], self._config, page))
        except Exception as error:  # whatever one page does to a template, the others go on
            raise PageError(
                staged.source or staged.uri, f"{type(error).__name__}: {error}"
            ) from error
        finally:
            page.active = False
        return Printed(page.file.dest_uri, output.encode(errors="xmlcharrefreplace"))


def _file(staged: StagedPage, config: MkDocsConfig) -> File:
    inclusion = InclusionLevel.INCLUDED
    return File.generated(config, staged.uri, content=staged.text, inclusion=inclusion)
