"""Drawings and the like: what a few plain values decide is printed once for each of them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import jinja2
from jinja2 import meta, nodes
from markupsafe import Markup

_REMEMBERED = 2048
"""A drawing takes some 2 KB; the pages of one time show the same few hundred."""
_MOST_NAMES = 3
PLAIN = {str, int, bool, type(None)}
_SAME_FOR_EVER = {"namespace", "range"}
"""The functions that may be called: what they give depends on what they are given."""
_OPEN = (
    *(nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block, nodes.CallBlock),
    *(nodes.Macro, nodes.ContextReference, nodes.DerivedContextReference),
)


class Fragments:
    """Set as an environment's `fragments`: prints a partial, or gives what it came to before."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        self._remembered = lru_cache(_REMEMBERED, typed=True)(self._printed)

    def __call__(self, partial: str, names: str, *values: object) -> Markup:
        """Print `partial` with these values under these names, written with a space between."""
        return self._remembered(partial, names, *values)

    def _printed(self, partial: str, names: str, *values: object) -> Markup:
        template = self._environment.get_template(partial)
        return Markup(template.render(zip(names.split(), values, strict=True)))  # noqa: S704


def are_plain(*values: object) -> bool:
    """Set as an environment's `are_plain`: whether what is equal prints alike."""
    return all(type(value) in PLAIN for value in values)


def fragment(partial: str, names: list[str]) -> nodes.Node:
    """What stands in the place of the include of a partial that these names decide."""
    values = [nodes.Name(name, "load") for name in names]
    given = [nodes.Const(partial), nodes.Const(" ".join(names)), *values]
    included = nodes.Include(nodes.Const(partial), True, False)  # noqa: FBT003 - its fields
    remembered = nodes.Output([_call("fragments", given)])
    return nodes.If(_call("are_plain", values), [remembered], [], [included])


def _call(attribute: str, given: Sequence[nodes.Expr]) -> nodes.Call:
    return nodes.Call(nodes.EnvironmentAttribute(attribute), given, [], None, None)


def deciding_names(environment: jinja2.Environment, tree: nodes.Template) -> list[str] | None:
    """The few names that decide what this partial prints; None when it is not worth remembering.

    Only what goes round a loop is: the rest is printed sooner than it is looked up.
    """
    if tree.find(nodes.For) is None or any(isinstance(node, _OPEN) for node in _nodes(tree)):
        return None
    asked = (node for node in _nodes(tree) if isinstance(node, (nodes.Filter, nodes.Test)))
    if not all(is_steady(environment, node) for node in asked):
        return None
    read = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    if not read & environment.globals.keys() <= _SAME_FOR_EVER:
        return None
    names = sorted(meta.find_undeclared_variables(tree))
    return names if len(names) <= _MOST_NAMES and not read & {"self", "super", "caller"} else None


def _nodes(tree: nodes.Node) -> Iterator[nodes.Node]:
    return tree.find_all(nodes.Node)


def is_steady(environment: jinja2.Environment, node: nodes.Filter | nodes.Test) -> bool:
    """Whether it gives the same for the same values on every page."""
    known = environment.filters if isinstance(node, nodes.Filter) else environment.tests
    asks_for = getattr(known.get(node.name), "jinja_pass_arg", None)
    return node.name in known and node.name != "random" and asks_for != _OF_THE_PAGE


_OF_THE_PAGE = getattr(jinja2.pass_context(lambda _context: None), "jinja_pass_arg", None)
