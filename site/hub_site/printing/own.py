"""A page's own part, and what decides it besides the page: the rest may change around it.

A new name in the menu is on every page and in the text of none. What stands from `<main` to
`</main>` is cut out of the page as it was, where all that decides it is as it was: the templates it
is made with, read as Jinja reads them, and what they name of the hub.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeVisitor

from hub_site.printing.theme_files import names

OWN = "container"
"""The block, by Material's name, that a theme prints `<main>` in and nothing else."""
_BEGINNING, _END, _NAME = b"<main", b"</main>", b"main"
_BEFORE = re.compile(r"(\s*)<main\b")
_AFTER = re.compile(r"</main>(\s*)\Z")
# What MkDocs hands to templates that pages can't tell the state of.
_OF_THE_HUB = {"nav", "pages", "build_date_utc", "self"}
_SETTING = (
    *(nodes.Assign, nodes.AssignBlock, nodes.ExprStmt),
    *(nodes.Import, nodes.FromImport, nodes.Macro),
)


@dataclass(frozen=True, slots=True)
class Before:
    """Pages as they were printed before.

    Attributes:
        unchanged: the templates that make the same own part of the same page as they did then.
        page: gives the bytes of the page with this number; None where they are not there.
    """

    unchanged: AbstractSet[str]
    page: Callable[[int], bytes | None]


@dataclass(frozen=True, slots=True)
class Own:
    """A page's own part: the bytes from `<main` to `</main>`, and all that its block prints."""

    body: bytes
    printed: str


NOTHING = Before(frozenset(), lambda _number: None)


def _cut_out(page: bytes) -> bytes | None:
    """A printed page's own part; None where it can't be told from the rest."""
    start, end = page.find(_BEGINNING), page.rfind(_END)
    if start < 0 or end < start or page.find(_END, 0, start) >= 0:
        return None
    # What both have in common is looked for once.
    other = page.find(_NAME, start + len(_BEGINNING), end)
    while other >= 0:
        if page.endswith((_BEGINNING, b"</main"), 0, other + len(_NAME)):
            return None
        other = page.find(_NAME, other + 1, end)
    return None if page.find(_BEGINNING, end) >= 0 else page[start : end + len(_END)]


type _Asking = nodes.Include | nodes.Import | nodes.FromImport


class OwnParts:
    """What the own parts of pages are made with, for one theme and one hub."""

    def __init__(
        self,
        environment: jinja2.Environment,
        *,
        hub: Mapping[str, Any],
        config: str,
        theme_dirs: Iterable[str],
    ) -> None:
        """`hub` is what templates know as `config.extra.hub`, `config` all that MkDocs is told."""
        self._environment = environment
        self._hub = hub
        self._config = config
        self._dirs = theme_dirs
        self._levels: dict[str, _Level] = {}
        self._looked_at: dict[int, _Look] = {}
        self._around: dict[str, tuple[str, str]] = {}

    def key(self, template: str) -> str | None:
        """What decides the own parts of this template's pages; None where that can't be told."""
        try:
            looks = list(self._looks(list(self._levels_of(template))))
        except _UntoldError:
            return None
        fields = set[str]().union(*(look.fields for look in looks))
        told: list[object] = [(name, self._hub.get(name)) for name in sorted(fields)]
        told += [self._config] * any(look.is_open for look in looks)
        texts = [look.text for look in looks]
        return hashlib.sha256(json.dumps([texts, told], sort_keys=True).encode()).hexdigest()

    def of(self, template: str, page: bytes) -> Own | None:
        """What the block prints for a page that this template, which has a key, printed before."""
        if template not in self._around:
            self._around[template] = _around(_own_block(list(self._levels_of(template))))
        own, (before, after) = _cut_out(page), self._around[template]
        return None if own is None else Own(own, f"{before}{own.decode()}{after}")

    def _levels_of(self, template: str) -> "Iterator[_Level]":
        """A template and those that it extends, the last one extending nothing."""
        name: str | None = template
        while name is not None:
            level = self._level(name)
            yield level
            name = _told(level.parents[0].template) if level.parents else None

    def _looks(self, levels: "list[_Level]") -> "Iterator[_Look]":
        """At everything that may have a hand in it, once."""
        own = _own_block(levels)
        _around(own)
        coming: list[nodes.Node] = [
            own,
            *(node for level in levels for node in _set_in(level.tree.body)),
        ]
        seen = {f"block {OWN}"}
        while coming:
            part = coming.pop()
            if id(part) not in self._looked_at:
                self._looked_at[id(part)] = _Look.at(part)
            look = self._looked_at[id(part)]
            yield look
            for name in look.blocks:
                if f"block {name}" not in seen:
                    seen.add(f"block {name}")
                    coming += _blocks(levels, name)
            for asked in look.asked:
                new = [name for name in self._names(asked) if name not in seen]
                seen.update(new)
                coming += map(self._partial, new)

    def _partial(self, name: str) -> nodes.Template:
        level = self._level(name)
        if level.parents or level.blocks:
            raise _UntoldError
        return level.tree

    def _names(self, asked: nodes.Expr) -> Iterable[str]:
        """The templates that may be meant; of a name told while printing, all that begin so."""
        match asked:
            case nodes.Const(value=str(name)):
                return [name]
            case nodes.Concat(nodes=[nodes.Const(value=str(start)), *_]) if start.endswith("/"):
                return [name for name in self._all_names if name.startswith(start)]
        raise _UntoldError

    @cached_property
    def _all_names(self) -> list[str]:
        return names(self._dirs)

    def _level(self, name: str) -> "_Level":
        if name not in self._levels:
            loader = self._environment.loader
            if loader is None:
                raise _UntoldError
            try:
                source, file, _ = loader.get_source(self._environment, name)
                self._levels[name] = _Level.of(self._environment.parse(source, name, file))
            except (jinja2.TemplateError, OSError, ValueError) as error:
                raise _UntoldError from error
        return self._levels[name]


class _UntoldError(Exception):
    """A template is made in a way that leaves open what it prints."""


@dataclass(frozen=True, slots=True)
class _Level:
    """A template as Jinja reads it, with what it extends and the blocks in it."""

    tree: nodes.Template
    parents: Sequence[nodes.Extends]
    blocks: Sequence[nodes.Block]

    @classmethod
    def of(cls, tree: nodes.Template) -> "_Level":
        found = list(tree.find_all((nodes.Extends, nodes.Block)))
        return cls(
            tree,
            [each for each in found if isinstance(each, nodes.Extends)],
            [each for each in found if isinstance(each, nodes.Block)],
        )


@dataclass(frozen=True, slots=True)
class _Look:
    """What can be seen in a part of a template.

    Attributes:
        text: of the part as Jinja reads it.
        fields: of the hub, that it reads.
        is_open: whether it may read anything of the configuration.
        blocks: that it prints.
        asked: the templates that it includes and imports.
    """

    text: str
    fields: frozenset[str]
    is_open: bool
    blocks: Sequence[str]
    asked: Sequence[nodes.Expr]

    @classmethod
    def at(cls, part: nodes.Node) -> "_Look":
        read = _Read()
        read.visit(part)
        return cls(repr(part), frozenset(read.fields), read.is_open, read.blocks, read.asked)


class _Read(NodeVisitor):
    """Collects what a `_Look` is to tell, in one go."""

    def __init__(self) -> None:
        self.fields: set[str] = set()
        self.is_open = False
        self.blocks: list[str] = []
        self.asked: list[nodes.Expr] = []

    def visit_Block(self, node: nodes.Block) -> None:  # noqa: N802 - found by this name
        self.blocks.append(node.name)
        self.generic_visit(node)

    def visit_Include(self, node: _Asking) -> None:  # noqa: N802 - found by this name
        self.asked.append(node.template)
        self.generic_visit(node)

    visit_Import = visit_FromImport = visit_Include  # noqa: N815 - found by these names

    def visit_Getattr(self, node: nodes.Getattr) -> None:  # noqa: N802 - found by this name
        if _is_hub(node.node):
            self.fields.add(node.attr)
        elif _is_hub(node):
            self.is_open = True
        else:
            self.generic_visit(node)

    def visit_Assign(self, node: nodes.Assign) -> None:  # noqa: N802 - found by this name
        is_the_hub = isinstance(node.target, nodes.Name) and node.target.name == "hub"
        if not (is_the_hub and _is_hub(node.node)):
            self.generic_visit(node)

    def visit_Name(self, node: nodes.Name) -> None:  # noqa: N802 - found by this name
        if node.name in _OF_THE_HUB:
            raise _UntoldError
        self.is_open |= node.name in {"hub", "config"}


def _is_hub(node: nodes.Node) -> bool:
    match node:
        case nodes.Name(name="hub", ctx="load"):
            return True
        case nodes.Getattr(
            node=nodes.Getattr(node=nodes.Name(name="config"), attr="extra"), attr="hub"
        ):
            return True
    return False


def _set_in(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """What is set outside of blocks, and so is known in them; what is printed there is not."""
    for node in body:
        if isinstance(node, nodes.Scope | nodes.ScopedEvalContextModifier):
            yield from _set_in(node.body)
        elif not isinstance(node, nodes.Block) and (
            isinstance(node, _SETTING) or any(node.find(kind) for kind in _SETTING)
        ):
            yield node


def _told(name: nodes.Expr) -> str:
    if isinstance(name, nodes.Const) and isinstance(name.value, str):
        return name.value
    raise _UntoldError


def _blocks(levels: Iterable[_Level], name: str) -> list[nodes.Block]:
    return [block for level in levels for block in level.blocks if block.name == name]


def _own_block(levels: Iterable[_Level]) -> nodes.Block:
    found = _blocks(levels, OWN)
    if len(found) != 1:
        raise _UntoldError
    return found[0]


def _around(own: nodes.Block) -> tuple[str, str]:
    """The white space before `<main>` and after `</main>`, where the block has only that there."""
    match own.body:
        case [
            nodes.Output(nodes=[nodes.TemplateData(data=first), *_]),
            *_,
            nodes.Output(nodes=[*_, nodes.TemplateData(data=last)]),
        ]:
            before, after = _BEFORE.match(first), _AFTER.search(last)
            if before and after:
                return before[1], after[1]
    raise _UntoldError
