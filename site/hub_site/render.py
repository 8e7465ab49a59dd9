"""The only module that knows MkDocs and Material: staged pages go in, files of the hub come out.

It keeps configuration, templates and the theme's files warm and renders exactly as a plain
`mkdocs build` of the staged tree would; a test compares every byte.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import jinja2
from jinja2.runtime import Context
from mkdocs import utils
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import url_filter

from hub_site.errors import PageError, PressError
from hub_site.printing.compiled import CompiledTemplates
from hub_site.printing.forks import is_worth_sharing, shared_out
from hub_site.printing.frames import Frames
from hub_site.printing.inlining import inline_includes
from hub_site.printing.light import LightPage
from hub_site.printing.own import NOTHING, Before, Own, OwnParts
from hub_site.printing.theme_files import names
from hub_site.stage import StagedPage

NOT_FOUND = "404.html"
_NOT_PRINTED = {"sitemap.xml"}
logging.getLogger("mkdocs").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Printed:
    """One file of the hub, and the part of it that was the page's own before, in one piece."""

    path: str
    body: bytes
    own: bytes = b""


class Renderer:
    """Warm, and for one thread at a time: MkDocs keeps the current page in its configuration."""

    def __init__(self, folder: Path, *, compiled: Path | None = None) -> None:
        """Work in `folder`; keep compiled templates there, or where another renderer keeps them."""
        self._folder = folder
        self._compiled = compiled or folder / "compiled"
        self._config_text = ""

    def print_pages(
        self, pages: Sequence[StagedPage], config: str, *, kept: Sequence[StagedPage] = ()
    ) -> Iterator[Printed]:
        """Print these pages, in this order, at the cost of these pages alone.

        `kept` is every page that has a body: in Markdown, pages lead to each other by file name.

        Raises:
            PageError: One page can't be printed; those before it were given.
        """
        yield from self.put_pages(pages, config, kept=kept, put=_as_it_is)

    def put_pages[T](
        self,
        pages: Sequence[StagedPage],
        config: str,
        *,
        kept: Sequence[StagedPage] = (),
        before: Before = NOTHING,
        put: Callable[[Printed], T],
    ) -> Iterator[T]:
        """Print like `print_pages`, and give what `put` made of each page.

        Where a template makes the same own part of a page as before, that is not made again.

        Many pages are shared out over the machine's cores. Each is then looked up, printed and put
        in another process, so a sequence that makes its pages when asked makes them on all cores,
        and only what `put` returns comes back, such as the hash under which it kept the bytes.
        """
        self._configure(config)
        files = _KeptFiles(kept, self._config)

        def done(index: int) -> T:
            page = pages[index]
            own = self._own_part(page, before, index)
            body = (
                self._print(page, files, own=own.printed)
                if own
                else self._print(page.read(), files)
            )
            return put(Printed(page.output, body, own.body if own else b""))

        if is_worth_sharing(len(pages)):
            self._compile()
            yield from shared_out(len(pages), done)
        else:
            yield from map(done, range(len(pages)))

    def own_keys(self, config: str) -> dict[str, str]:
        """By template, what decides the own parts of its pages besides the page: see `OwnParts`."""
        self._configure(config)
        templates = sorted(file.name for file in Path(self._config.theme.dirs[0]).glob("*.html"))
        keys = {name: self._own_parts.key(name) for name in templates}
        return {name: key for name, key in keys.items() if key is not None}

    def render_templates(self, config: str, under: str = "") -> Iterator[Printed]:
        """Print the theme's templates that are files of their own: the stylesheet, the 404 page."""
        self._configure(config)
        names = self._config.theme.static_templates - _NOT_PRINTED
        for name in sorted(name for name in names if name.startswith(under)):
            yield from self._static_template(name)

    def render_one(self, staged: StagedPage, config: str) -> bytes:
        """Print a single page as the hub's front page."""
        return next(iter(self.print_pages([staged], config))).body

    @cached_property
    def assets(self) -> Mapping[str, Path]:
        """The theme's files that are copied as they are; our pages load nothing of Material's."""
        files, dirs = Files([]), self._config.theme.dirs[:1]
        listing = SimpleNamespace(
            list_templates=lambda filter_func: filter(filter_func, names(dirs))
        )
        files.add_files_from_theme(listing, self._config)  # type: ignore[arg-type]
        return {file.dest_uri: Path(file.abs_src_path or "") for file in files}

    @cached_property
    def _environment(self) -> jinja2.Environment:
        environment = self._config.theme.get_env()
        inline_includes(environment)
        environment.filters["url"] = _url
        environment.bytecode_cache = CompiledTemplates(
            self._compiled, theme_dirs=self._config.theme.dirs
        )
        # A plain dictionary finds a template ten times quicker than Jinja's own cache, which keeps
        # count of what was used last; and is read so much quicker than Jinja's chain of two, which
        # every page and row goes through three times.
        environment.cache = {}
        shared = environment.globals
        environment.make_globals = lambda d: {**shared, **(d or {})}  # type: ignore[method-assign]
        return environment

    def _compile(self) -> None:
        """Compile the templates of pages, on all cores, before each process would for itself."""
        environment = self._environment
        pages = sorted(file.name for file in Path(self._config.theme.dirs[0]).glob("*.html"))

        def compiled(index: int) -> None:
            # One that is faulty, or no template at all, says so where a page needs it.
            with suppress(jinja2.TemplateError, OSError, ValueError):
                environment.get_template(pages[index])

        for _ in shared_out(len(pages), compiled, together=1):
            pass
        for index in range(len(pages)):
            compiled(index)  # from where the other processes kept it

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
        self._nav: Navigation = get_navigation(Files([]), self._config)
        self._frames = Frames(self._variables)
        self._own_parts = OwnParts(
            self._environment,
            hub=self._config.extra["hub"],
            config=text,
            theme_dirs=self._config.theme.dirs,
        )
        self._config_text = text

    def _variables(self, url: str) -> dict[str, object]:
        return {**get_context(self._nav, [], self._config, _at(url))}

    def _static_template(self, name: str) -> Iterator[Printed]:
        base_url = "/" if utils.is_error_template(name) else utils.get_relative_url(".", name)
        try:
            template = self._environment.get_template(name)
            output = template.render(get_context(self._nav, [], self._config, base_url=base_url))
        except jinja2.TemplateError as error:
            raise PressError(f"The theme's template {name} can't be printed: {error}.") from error
        if output.strip():
            yield Printed(name, output.encode())

    def _own_part(self, staged: StagedPage, before: Before, number: int) -> Own | None:
        template = str(staged.meta.get("template"))
        if staged.body or template not in before.unchanged:
            return None
        page = before.page(number)
        return None if page is None else self._own_parts.of(template, page)

    def _print(self, staged: StagedPage, files: "_KeptFiles", *, own: str | None = None) -> bytes:
        try:
            page = self._page(staged, files)
            template = self._environment.get_template(str(page.meta.get("template", "main.html")))
            output = self._frames.of(template, page).print(template, page, own=own)
        except Exception as error:  # whatever one page does to a template, the others go on
            raise PageError(
                staged.source or staged.uri, f"{type(error).__name__}: {error}"
            ) from error
        return output.encode(errors="xmlcharrefreplace")

    def _page(self, staged: StagedPage, files: "_KeptFiles") -> LightPage:
        if staged.body:
            page = self._read(staged, files)
            return LightPage(page.url, page.meta, full=lambda: page)
        url = quote(staged.output.removesuffix("index.html"))
        return LightPage(url, staged.meta, full=lambda: self._read(staged.read(), files))

    def _read(self, staged: StagedPage, files: "_KeptFiles") -> Page:
        """Make MkDocs' own page."""
        page = Page(None, _file(staged, self._config), self._config)
        if staged.body:
            page.read_source(self._config)
            page.render(self._config, files.all)
        else:
            # Without a body there is nothing for Markdown to do; this is what it would come to.
            page.meta = dict(staged.meta)
            page.markdown, page.content, page.toc = "", "", get_toc([])
        page.active = True
        return page


def _as_it_is(printed: Printed) -> Printed:
    return printed


class _KeptFiles:
    """The hand-kept pages as MkDocs knows them, for the few pages that are Markdown."""

    def __init__(self, kept: Sequence[StagedPage], config: MkDocsConfig) -> None:
        self._kept = kept
        self._config = config

    @cached_property
    def all(self) -> Files:
        return Files([_file(page, self._config) for page in self._kept])


def _file(staged: StagedPage, config: MkDocsConfig) -> File:
    inclusion = InclusionLevel.INCLUDED
    return File.generated(config, staged.uri, content=staged.text, inclusion=inclusion)


def _at(url: str) -> Page:
    """All that MkDocs asks of a page to make its context."""
    return SimpleNamespace(url=url)  # type: ignore[return-value]


@jinja2.pass_context
def _url(context: Context, value: object) -> str:
    """MkDocs' filter of this name, quicker where the way is plain."""
    page = context["page"]
    way = page.link(str(value)) if page else None
    return url_filter(context, str(value)) if way is None else way  # type: ignore[arg-type]
