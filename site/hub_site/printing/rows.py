"""Rows of lists: what one item decides is printed once, and shown on every page that lists it."""

import marshal
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any, cast

import jinja2
from jinja2 import meta, nodes
from jinja2.runtime import Context, Undefined
from markupsafe import Markup, escape

from hub_site.printing.fragments import PLAIN, is_steady
from hub_site.printing.light import is_plain

LINK = "url"
"""The filter that makes a way from the page to an address: a row says the same but for these."""
_REMEMBERED = 2048
"""A row takes 3 KB, and 1 KB for each place it is seen from; a publication shows a few hundred."""
_MOST_OBJECTS, _MOST_PLACES = 8, 8
_WORTH_REMEMBERING = 2  # ways in it; what has fewer is printed sooner than it is looked up
_MARK = "\ue001"
_OF_THE_PAGE = {"page", "meta", "view", "loop", "self", "super", "caller", "varargs", "kwargs"}
_TURNED_ABOUT = (
    *(nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block, nodes.CallBlock, nodes.Macro),
    *(nodes.AssignBlock, nodes.FilterBlock, nodes.ContextReference, nodes.DerivedContextReference),
)

type _Key = tuple[object, ...]
type _Values = Mapping[str, object]


class Rows:
    """Set as an environment's `rows`: prints a partial, or gives what it came to before.

    What decides a row is compared by what is in it, so that nothing need say when it changed.
    What is no plain value and not the item itself is taken to be the same for all pages, such as
    the words of the interface; where it is another on every page, nothing is remembered.
    """

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        self._remembered = OrderedDict[_Key, _Row]()
        # By who they are: a warm press shows the very same items again. They are kept, so that
        # nothing else gets their numbers.
        self._same = dict[_Key, tuple[_Row, Sequence[object]]]()
        self._objects = dict[tuple[str, str], dict[int, object]]()

    def __call__(
        self, context: Context, partial: str, names: str, items: str, *values: object
    ) -> Markup:
        """Print `partial` with these values under these names, each written with a space between.

        `items` names those of them that a loop gives; what is in an item stays as it is.
        """
        who = (partial, *[0 if isinstance(each, Undefined) else id(each) for each in values])
        same = self._same.get(who)
        seen = same[0].seen_from(context) if same else None
        if seen is not None:
            return seen
        given = {
            name: value
            for name, value in zip(names.split(), values, strict=True)
            if not isinstance(value, Undefined)
        }
        found = self._row_of(partial, given, items.split())
        if found is None:
            return self._in_full(context, partial, given)
        if len(self._same) >= _REMEMBERED:
            self._same.clear()
        self._same[who] = found, values
        return found.seen_from(context) or self._in_full(context, partial, given)

    def _row_of(self, partial: str, given: _Values, items: Sequence[str]) -> "_Row | None":
        key = self._key(partial, given, items)
        if key is None:
            return None
        row = self._remembered.get(key)
        if row is None:
            row = self._remembered[key] = self._row(partial, given)
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        else:
            self._remembered.move_to_end(key)
        return row

    def _key(self, partial: str, given: _Values, items: Sequence[str]) -> _Key | None:
        key: list[object] = [partial]
        for name, value in given.items():
            kind = type(value)
            if kind in PLAIN:
                key += (name, kind, value)
            elif name in items:
                try:
                    key += (name, marshal.dumps(cast("Any", value), 0))  # equal is written alike
                except ValueError:
                    return None
            elif self._is_known(partial, name, value):
                key += (name, id(value))
            else:
                return None
        return tuple(key)

    def _is_known(self, partial: str, name: str, value: object) -> bool:
        known = self._objects.setdefault((partial, name), {})
        if len(known) < _MOST_OBJECTS:
            known[id(value)] = value  # kept, so that nothing else gets its number
        return id(value) in known

    def _in_full(self, context: Context, partial: str, given: _Values) -> Markup:
        around = {name: context[name] for name in ("page", "base_url") if name in context}
        return self._printed(partial, {**around, **given})

    def _printed(self, partial: str, given: _Values) -> Markup:
        return Markup(self._environment.get_template(partial).render(given))  # noqa: S704

    def _row(self, partial: str, given: _Values) -> "_Row":
        page = _Listening()
        texts = self._printed(partial, {**given, "page": page}).split(_MARK)
        return _Row(texts, page.addresses, self._environment.filters[LINK])


class _Row:
    """What was printed, and where in it stands the way to which address."""

    def __init__(
        self, texts: Sequence[str], addresses: Sequence[str], link: Callable[[Context, str], object]
    ) -> None:
        self._texts = texts
        self._addresses = addresses
        self._link = link
        self._folders = {address.partition("/")[0] for address in addresses}
        self._is_plain = all(map(is_plain, addresses))
        self._seen_from: dict[str | int, Markup] = {}

    def seen_from(self, context: Context) -> Markup | None:
        """The row as a page shows it; None where it can't be told what in it is a way."""
        if len(self._texts) != len(self._addresses) + 1:
            return None
        url = getattr(context["page"], "url", None)
        if url is None or not self._is_plain:
            return self._linked(context)
        is_near = url.partition("/")[0] in self._folders
        # From a page that shares no folder with them, ways go up to the root and down again.
        place = url if is_near else url.count("/")
        seen = self._seen_from.get(place)
        if seen is None:
            if len(self._seen_from) >= _MOST_PLACES:
                self._seen_from.clear()
            seen = self._seen_from[place] = self._linked(context)
        return seen

    def _linked(self, context: Context) -> Markup:
        links = (str(escape(self._link(context, address))) for address in self._addresses)
        pieces = chain.from_iterable(zip(self._texts, links, strict=False))
        return Markup("".join([*pieces, self._texts[-1]]))  # noqa: S704 - printed by a template


class _Listening:
    """Stands for the page, and notes what is linked to."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def link(self, path: str) -> str:
        self.addresses.append(path)
        return _MARK


def row(partial: str, names: AbstractSet[str], targets: AbstractSet[str]) -> nodes.Node:
    """What stands in a loop in the place of the include of a partial that these names decide.

    `targets` are the names that the loop gives.
    """
    ordered = sorted(names)
    given = [
        nodes.ContextReference(),
        nodes.Const(partial),
        nodes.Const(" ".join(ordered)),
        nodes.Const(" ".join(sorted(targets & names))),
        *(nodes.Name(name, "load") for name in ordered),
    ]
    return nodes.Output([nodes.Call(nodes.EnvironmentAttribute("rows"), given, [], None, None)])


def row_names(
    environment: jinja2.Environment,
    tree: nodes.Template,
    *,
    targets: AbstractSet[str],
    inlined: AbstractSet[str],
) -> set[str] | None:
    """The names that decide what this partial prints, its place apart; None when it is no row.

    `targets` are the names that the loop around it gives, `inlined` the partials whose includes in
    `tree` are never more than a way out.
    """
    names = _deciding_names(environment, tree, inlined)
    return names if names is not None and targets & names else None


def _deciding_names(
    environment: jinja2.Environment, tree: nodes.Template, inlined: AbstractSet[str]
) -> set[str] | None:
    """The names that decide what this partial prints, apart from where its page stands."""
    if LINK not in environment.filters or any(tree.find(kind) for kind in _TURNED_ABOUT):
        return None
    for node in tree.find_all(nodes.Include):
        if not isinstance(node.template, nodes.Const) or node.template.value not in inlined:
            return None
    filters = list(tree.find_all(nodes.Filter))
    links = [node for node in filters if node.name == LINK]
    steady: list[nodes.Filter | nodes.Test] = [node for node in filters if node.name != LINK]
    steady += tree.find_all(nodes.Test)
    if len(links) < _WORTH_REMEMBERING:
        return None
    printed = {id(each) for output in tree.find_all(nodes.Output) for each in output.nodes}
    if any(id(link) not in printed or link.args or link.kwargs for link in links):
        return None
    if not all(is_steady(environment, node) for node in steady):
        return None
    names = meta.find_undeclared_variables(tree)
    return None if names & _OF_THE_PAGE or names & environment.globals.keys() else names
