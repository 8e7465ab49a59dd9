"""Answers as they were typed, made into the little markup that the hub knows."""

import re
from collections.abc import Iterable
from html import escape, unescape

EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")
_LIST_MARK = re.compile(r"\s*(?:[-–•*]|\d{1,2}[.)])\s+")
# Everything below the space but tab and line end, and what no encoding can carry.
_UNSAYABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLOCK_KEY = re.compile(r'\s*data-block-key="[^"]*"')
_SPACE = re.compile(r"\s+")


def as_typed(text: str) -> str:
    """Return a text without what no database or page can hold; the words stay as they are."""
    return _UNSAYABLE.sub("", _LINE_ENDS.sub("\n", text))


def plain(text: str) -> str:
    """Return a text in one line, without the marks of emphasis."""
    return " ".join(EMPHASIS.sub(r"\1", text).split())


def paragraphs(text: str) -> str:
    """Return markup with a paragraph for every line; lines that begin with a dash make a list."""
    return "".join(_written(text))


def _written(text: str) -> Iterable[str]:
    items: list[str] = []
    for line in lines_of(text):
        if line.startswith(("- ", "• ", "– ")):
            items.append(line)
            continue
        if items:
            yield _list("ul", items)
            items = []
        yield f"<p>{_inline(line)}</p>"
    if items:
        yield _list("ul", items)


def numbered(text: str) -> str:
    """Return markup in which every line is a step."""
    return _list("ol", lines_of(text)) if text.strip() else ""


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _list(tag: str, lines: Iterable[str]) -> str:
    bare = (_LIST_MARK.sub("", line, count=1) or line for line in lines)
    items = "".join(f"<li>{_inline(line)}</li>" for line in bare)
    return f"<{tag}>{items}</{tag}>"


def _inline(line: str) -> str:
    return EMPHASIS.sub(r"<i>\1</i>", escape(line, quote=False))


def same_markup(one: str, other: str) -> bool:
    """Say whether two pieces of markup read alike; an editor that only opened one marks it."""
    return _bare(one) == _bare(other)


def _bare(html: str) -> str:
    marked = _BLOCK_KEY.sub("", html).replace("<em>", "<i>").replace("</em>", "</i>")
    return _SPACE.sub(" ", unescape(marked.replace("<br/>", " "))).strip()


def words_in(text: str) -> int:
    return len(text.split())
