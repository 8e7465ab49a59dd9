"""What pages have in common is printed once: the blocks that read nothing of a page but its place.

A theme need not say which those are. A frame is printed for a page that stands for all pages of its
place; a block that reads more of it than address, template and tab turns out to be each page's own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Never
from urllib.parse import quote

import jinja2
from jinja2.runtime import Context

from hub_site.printing.own import OWN

type Block = Callable[[Context], Iterator[str]]
type Variables = dict[str, Any]

_SHARED = ("template", "tab")
# A folder that no link leads into: stands for what the frame does not read of an address.
_ANY = "\ue000"
_ANY_QUOTED = quote(_ANY)


@dataclass(frozen=True, slots=True)
class Frame:
    """Variables and blocks that all pages of one place, template and tab begin with."""

    variables: Variables
    blocks: Mapping[str, Block]

    def print(self, template: jinja2.Template, page: object, *, own: str | None = None) -> str:
        """Print one page, byte for byte as the template alone would.

        `own` is what it would print for the page's own part, where that is known.
        """
        context = template.new_context({**self.variables, "page": page})
        for name, block in self.blocks.items():
            context.blocks[name] = [block, *context.blocks.get(name, ())]
        if own is not None:
            context.blocks[OWN] = [_same(own)]
        return "".join(template.root_render_func(context))


class Frames:
    """Makes a frame when its first page is printed.

    `variables` gives what templates read apart from the page itself, for a page at that address.
    """

    def __init__(self, variables: Callable[[str], Variables]) -> None:
        self._variables = variables
        self._frames: dict[tuple[str, ...], Frame] = {}
        self._linked = {""}  # every folder that a frame leads to, and the folders it lies in

    def of(self, template: jinja2.Template, page: Any) -> Frame:
        """The frame of a page that has `url` and `meta`."""
        while True:
            url = self._place(page.url)
            shared = {name: page.meta[name] for name in _SHARED if name in page.meta}
            if not page.meta.get("view"):
                shared["view"] = page.meta.get("view")
            key = (url, repr(shared))
            frame = self._frames.get(key)
            if frame is not None:
                return frame
            frame, linked = self._make(template, url, shared)
            if linked <= self._linked:
                self._frames[key] = frame
                return frame
            self._linked |= linked

    def _place(self, url: str) -> str:
        """The address as far as links from there depend on it."""
        known, rest = "", url
        while rest:
            folder, _, rest = rest.partition("/")
            if f"{known}{folder}/" not in self._linked:
                return f"{known}{_ANY}/" + f"{_ANY}/" * rest.count("/")
            known = f"{known}{folder}/"
        return known

    def _make(
        self, template: jinja2.Template, url: str, shared: Variables
    ) -> tuple[Frame, set[str]]:
        variables = self._variables(url)
        page = _AnyPage(url, shared)
        context = template.new_context({**variables, "page": page})
        trial = _Trial(context.blocks)
        context.blocks = trial
        try:
            for _text in template.root_render_func(context):
                pass
        except Exception:  # noqa: BLE001 - whatever it is, printing the page itself says so
            return Frame(variables, {}), set()
        return Frame(variables, trial.outcome()), page.linked_folders()


class _Trial(dict[str, list[Block]]):
    """Blocks as Jinja collects them, each headed by one that keeps what it prints."""

    def __init__(self, blocks: Mapping[str, list[Block]]) -> None:
        super().__init__()
        self._texts: dict[str, str] = {}
        self._own: set[str] = set()
        self._open: list[str] = []
        for name, found in blocks.items():
            self.setdefault(name, []).extend(found)

    def setdefault(self, name: str, default: list[Block] | None = None, /) -> list[Block]:
        if name not in self:
            self[name] = [lambda context: self._tried(name, context), *(default or ())]
        return self[name]

    def outcome(self) -> dict[str, Block]:
        """Text for what is the same everywhere; what is a page's own is printed in one piece."""
        return {
            name: _one_piece(name) if name in self._own else _same(text)
            for name, text in self._texts.items()
        }

    def _tried(self, name: str, context: Context) -> Iterator[str]:
        self._open.append(name)
        text = ""
        try:
            text = "".join(context.blocks[name][1](context))
        except Exception:  # noqa: BLE001 - not only _OwnError: a real page may never come here
            self._own |= set(self._open)
        finally:
            self._open.pop()
        if _ANY in text or _ANY_QUOTED in text or name in self._texts:
            self._own |= {name, *self._open}
        self._texts[name] = text
        yield text


def _same(text: str) -> Block:
    def block(_context: Context) -> Iterator[str]:
        yield text

    return block


def _one_piece(name: str) -> Block:
    """Hand a block up whole: every level of inheritance passes on every piece that it is given."""

    def block(context: Context) -> Iterator[str]:
        yield "".join(context.blocks[name][1](context))

    return block


class _OwnError(Exception):
    """A block reads something that is not the same for all pages of the frame."""


class _Own:
    """Something that each page has its own of: to read it is to say so."""

    def _refuse(self, *_args: object) -> Never:
        raise _OwnError

    def __getattr__(self, _name: str) -> object:
        raise _OwnError

    def __getitem__(self, _name: object) -> object:
        raise _OwnError

    def __bool__(self) -> bool:
        return True

    __iter__ = __len__ = __contains__ = __call__ = __html__ = _refuse
    __str__ = __eq__ = __ne__ = __lt__ = __gt__ = __hash__ = _refuse
    __class__ = property(_refuse)


class _AnyMeta(_Own):
    """The front matter of any page of the frame."""

    def __init__(self, shared: Variables) -> None:
        self._shared = shared

    def __getattr__(self, name: str) -> object:
        return self[name]

    def __getitem__(self, name: object) -> object:
        if isinstance(name, str) and name in self._shared:
            return self._shared[name]
        if name == "view":
            return _Own()
        raise _OwnError


class _AnyUrl(str):
    """An address that notices what it is compared with."""

    linked: set[str]

    def __eq__(self, other: object) -> bool:
        self.linked.add(str(other))
        return str(self) == other

    __hash__ = str.__hash__


class _AnyPage(_Own):
    """Any page of the frame."""

    def __init__(self, url: str, meta: Variables) -> None:
        self.url = _AnyUrl(url)
        self.url.linked = set()
        self.meta = _AnyMeta(meta)

    def link(self, path: str) -> str | None:
        """Notice what is linked to, and leave it to MkDocs to make the link."""
        self.url.linked.add(path)
        return None

    def linked_folders(self) -> set[str]:
        ways = (accumulate(f"{part}/" for part in path.split("/")) for path in self.url.linked)
        return {folder for way in ways for folder in way}
