"""Compiles a template together with its partials, so that printing includes nothing.

An `{% include %}` costs a look-up, a context and an escaping scope, and a page has some hundred.
They are put into the tree of the template that asks for them before Jinja makes Python of it: the
theme stays one small file per component, and prints what Jinja itself would print.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, override

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from hub_site.printing.fragments import Fragments, are_plain, deciding_names, fragment
from hub_site.printing.rows import Rows, row, row_names

# A name told while printing becomes a choice among the templates there are; a long one is slower
# than Jinja's own look-up.
_LONGEST_CHOICE = 16

type SteadyPart = partial[nodes.Node]


def inline_includes(environment: jinja2.Environment) -> None:
    """Let this environment compile templates that way; call it before any is asked for."""
    environment.code_generator_class = InliningGenerator
    environment.extend(
        fragments=Fragments(environment),
        are_plain=are_plain,
        rows=Rows(environment),
        steady_parts={},
    )


class InliningGenerator(CodeGenerator):
    """Makes Python of a template in which everything is in its place."""

    @override
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        whole = _Branches().visit(_Escaping().visit(_Includes(self.environment).visit(node)))
        self.writeline("from hub_site.printing.values import escaped")
        super().visit_Template(whole, frame)

    @override
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Views are plain dictionaries: look there first, where Jinja would look last."""
        if hasattr(dict, node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write(f"(v[{node.attr!r}] if type(v := ")
        self.visit(node.node, frame)
        self.write(f") is dict and {node.attr!r} in v")
        self.write(f" else environment.getattr(v, {node.attr!r}))")

    @override
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escaped(")


class _Includes(NodeTransformer):
    """Puts what is included in the place of the include."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        # A partial that is remembered stands in many templates, and is the dearest to recognise.
        self._steady: dict[tuple[str, frozenset[str]], SteadyPart] = environment.steady_parts  # type: ignore[attr-defined]
        self._within: list[str] = []
        self._targets: frozenset[str] = frozenset()  # what the innermost loop here gives
        self._fragments: set[str] = set()

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - found by this name
        before, self._targets = self._targets, frozenset(_names_of(node.target))
        self.generic_visit(node)
        self._targets = before
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - found by this name
        if not node.with_context or node.ignore_missing:
            return node
        match node.template:
            case nodes.Const(value=str(name)):
                return self._inlined(name, targets=self._targets) or node
            case nodes.Concat(nodes=[nodes.Const(value=str(start)), asked, nodes.Const(value=end)]):
                return self._choice(node, f"{start}{{}}{end}", asked)
        return node

    def _inlined(self, name: str, *, targets: frozenset[str] = frozenset()) -> nodes.Node | None:
        """What to put there; None where Jinja has to include it, or say what is amiss.

        `targets` are what a loop gives that may go round the same on other pages.
        """
        loader = self._environment.loader
        if name in self._within or loader is None:
            return None
        steady = self._steady.get((name, targets))
        if steady is None:
            tree = self._tree(name, loader)
            if tree is None:
                return None
            self._within.append(name)
            self.generic_visit(tree)
            self._within.pop()
            steady = self._steady_part(name, tree, targets=targets)
            if steady is None:
                return self._in_full(name, tree)
            self._steady[name, targets] = steady
        if steady.func is fragment:
            self._fragments.add(name)
        return steady()

    def _tree(self, name: str, loader: jinja2.BaseLoader) -> nodes.Template | None:
        """What is included; None where that has to be done, or said to be amiss, by Jinja."""
        try:
            source, file, _ = loader.get_source(self._environment, name)
            tree = self._environment.parse(source, name, file)
        except (jinja2.TemplateNotFound, jinja2.TemplateSyntaxError):
            return None
        is_part = tree.find(nodes.Extends) is None and tree.find(nodes.Block) is None
        return tree if is_part else None

    def _steady_part(
        self, name: str, tree: nodes.Template, *, targets: frozenset[str]
    ) -> SteadyPart | None:
        """What makes the node of a partial that is remembered by what decides it; else nothing."""
        names = deciding_names(self._environment, tree)
        if names is not None:
            return partial(fragment, name, names)
        as_row = row_names(self._environment, tree, targets=targets, inlined=self._fragments)
        return None if as_row is None else partial(row, name, as_row, targets)

    def _in_full(self, name: str, tree: nodes.Template) -> nodes.Node:
        escaping = self._environment.autoescape
        is_escaping = escaping(name) if callable(escaping) else escaping
        return nodes.Scope([_escaping(tree.body, is_escaping=is_escaping)])

    def _choice(self, node: nodes.Include, pattern: str, asked: nodes.Expr) -> nodes.Node:
        known = sorted(_names(self._environment.loader, pattern))
        found = [(name, self._inlined(pattern.format(name))) for name in known]
        branches = [(name, body) for name, body in found if body is not None]
        if not 0 < len(branches) <= _LONGEST_CHOICE:
            return node
        first, *others = (_when(asked, name, body) for name, body in branches)
        first.elif_, first.else_ = others, [node]
        return first


def _names_of(target: nodes.Node) -> Iterator[str]:
    """The names that a loop gives with each turn."""
    yield from ([target.name] if isinstance(target, nodes.Name) else ())
    yield from (name.name for name in target.find_all(nodes.Name))


def _names(loader: object, pattern: str) -> Iterator[str]:
    """What may stand in the pattern's open place."""
    start, _, end = pattern.partition("{}")
    if isinstance(loader, jinja2.FileSystemLoader) and start.endswith("/"):
        for folder in loader.searchpath:
            for file in Path(folder, start).glob(f"*{end}"):
                yield file.name.removesuffix(end)


def _when(asked: nodes.Expr, name: str, body: nodes.Node) -> nodes.If:
    test = nodes.Compare(asked, [nodes.Operand("eq", nodes.Const(name))])
    return nodes.If(test, [body], [], [])


def _escaping(body: list[nodes.Node], *, is_escaping: bool) -> nodes.ScopedEvalContextModifier:
    # An include starts with the environment's own escaping, whatever holds where it stands.
    return nodes.ScopedEvalContextModifier(
        [nodes.Keyword("autoescape", nodes.Const(is_escaping))], body
    )


class _Branches(NodeTransformer):
    """Makes a choice between texts a choice between pieces of the template, which cost nothing."""

    def visit_Output(self, node: nodes.Output) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - found by this name
        if not any(isinstance(each, nodes.CondExpr) for each in node.nodes):
            return node
        return [_branch(each) for each in node.nodes]


def _branch(value: nodes.Expr) -> nodes.Node:
    if not isinstance(value, nodes.CondExpr):
        return nodes.Output([value])
    otherwise = [] if value.expr2 is None else [_branch(value.expr2)]
    return nodes.If(value.test, [_branch(value.expr1)], [], otherwise)


class _Escaping(NodeTransformer):
    """Leaves out turns of escaping that change nothing: each copies a dictionary twice."""

    def __init__(self) -> None:
        self._is_on: bool | None = False  # None: told by whoever calls

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802 - found by this name
        return self._visited(node, is_on=False)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802 - found by this name
        return self._visited(node, is_on=None)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802 - found by this name
        return self._visited(node, is_on=None)

    def visit_ScopedEvalContextModifier(  # noqa: N802 - found by this name
        self, node: nodes.ScopedEvalContextModifier
    ) -> nodes.Node | list[nodes.Node]:
        turned = _turned(node)
        if turned is None:
            return self._visited(node, is_on=None)
        is_overruled = all(_is_all_turned(child) for child in node.body)
        if is_overruled or turned == self._is_on:
            self.generic_visit(node)
            return node.body
        return self._visited(node, is_on=turned)

    def _visited(self, node: nodes.Node, *, is_on: bool | None) -> nodes.Node:
        before, self._is_on = self._is_on, is_on
        self.generic_visit(node)
        self._is_on = before
        return node


def _turned(node: nodes.Node) -> bool | None:
    """What the scope turns escaping to; None when that, or more, is only known while printing."""
    match node:
        case nodes.ScopedEvalContextModifier(
            options=[nodes.Keyword(key="autoescape", value=nodes.Const(value=bool(turned)))]
        ):
            return turned
    return None


def _is_all_turned(node: nodes.Node) -> bool:
    """Tell whether everything in a scope stands in turns of its own."""
    inside: Iterable[nodes.Node] = node.body if isinstance(node, nodes.Scope) else ()
    return bool(inside) and all(_turned(child) is not None for child in inside)
