"""The house rules that no linter knows."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import graphql as graphql_core
import jinja2
import pytest
from graphql import GraphQLInterfaceType, build_schema
from jinja2 import nodes

from cms.config.home import CHECKOUT
from cms.stories.blocks import BodyBlock
from hub_site.content.blocks import BLOCK_TYPES
from tests.unit.hub_site import samples

LONGEST_FILE, LONGEST_FUNCTION = 400, 50
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service"}
BLOCKS = sorted(BodyBlock().child_blocks)


def tracked(suffix: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [CHECKOUT / line for line in listed.stdout.splitlines() if line.endswith(suffix)]
    return sorted(path for path in paths if path.exists())


def name_of(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


SOURCES = [path for path in tracked(".py") if "migrations" not in path.parts]
TEMPLATES = [path for path in tracked(".html") if "themes" in path.parts]


def types_in(blocks: Any) -> Iterator[str]:
    if isinstance(blocks, dict):
        if set(blocks) == {"type", "id", "value"}:
            yield str(blocks["type"])
        for value in blocks.values():
            yield from types_in(value)
    elif isinstance(blocks, list | tuple):
        for value in blocks:
            yield from types_in(value)


def unescaped(node: nodes.Node, *, is_safe: bool = False) -> Iterator[str]:
    """Find what is printed outside `{% autoescape true %}`, which does not reach into includes."""
    if isinstance(node, nodes.ScopedEvalContextModifier):
        is_safe = any(each.key == "autoescape" for each in node.options)
    elif isinstance(node, nodes.Output) and not is_safe:
        for printed in node.nodes:
            if not isinstance(printed, nodes.TemplateData | nodes.Const) and not is_super(printed):
                yield f"line {printed.lineno}"
    for child in node.iter_child_nodes():
        yield from unescaped(child, is_safe=is_safe)


def is_super(node: nodes.Node) -> bool:
    """Tell `super()`: what it prints was escaped where it was written."""
    return isinstance(node, nodes.Call) and getattr(node.node, "name", "") == "super"


@pytest.mark.parametrize("folder", ["graphql", "site"])
def test_nothing_lies_loose_where_python_would_find_it(folder: str) -> None:
    assert not list((CHECKOUT / folder).glob("*.py"))


def test_graphql_is_still_the_library() -> None:
    assert graphql_core.__version__


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_has_a_graphql_type(block: str) -> None:
    printed = (CHECKOUT / "graphql" / "schema.graphql").read_text(encoding="utf-8")
    schema = build_schema(printed)
    interface = schema.type_map["Block"]
    assert isinstance(interface, GraphQLInterfaceType)
    names = {each.name for each in schema.get_possible_types(interface)}

    assert f"{block.title().replace('_', '')}Block" in names


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_can_be_read_by_the_press(block: str) -> None:
    assert block in BLOCK_TYPES


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_has_a_partial(block: str) -> None:
    assert (CHECKOUT / "themes" / "hub" / "blocks" / f"{block}.html").is_file()


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_shows_itself_before_it_is_chosen(block: str) -> None:
    shown = CHECKOUT / "cms" / "desk" / "templates" / "desk" / "blocks" / f"{block}.html"

    assert shown.is_file()


def test_every_block_has_a_sample() -> None:
    assert set(types_in(samples.sample_hub())) >= set(BLOCKS)


def test_every_block_has_a_preview_icon_and_group() -> None:
    bare = [
        name
        for name, block in BodyBlock().child_blocks.items()
        if not (block.is_previewable and block.meta.icon and block.meta.group)
    ]

    assert not bare


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_every_template_of_the_hub_escapes(template: Path) -> None:
    environment = jinja2.Environment()  # noqa: S701 - nothing is rendered, only read
    tree = environment.parse(template.read_text(encoding="utf-8"))

    assert not list(unescaped(tree))


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_no_file_or_function_is_too_long_to_read(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    long = [
        f"{node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert not long
    assert text.count("\n") <= LONGEST_FILE


def test_every_file_name_says_what_is_in_it() -> None:
    assert not [name_of(path) for path in SOURCES if path.stem in EMPTY_NAMES]


def test_no_registry_address_is_committed() -> None:
    locks = [*CHECKOUT.glob("requirements*.txt"), CHECKOUT / ".ci" / "uv.txt"]

    assert not [name_of(path) for path in locks if "://" in path.read_text(encoding="utf-8")]
    assert not list(CHECKOUT.glob("uv.lock")) + list(CHECKOUT.glob("pylock*.toml"))


def test_every_requirement_is_pinned_by_hash() -> None:
    for path in [*CHECKOUT.glob("requirements*.txt"), CHECKOUT / ".ci" / "uv.txt"]:
        blocks = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()

        assert not [line for line in blocks if line.strip() and "--hash=sha256:" not in line]
