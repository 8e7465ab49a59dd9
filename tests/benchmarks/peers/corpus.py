"""Our public documents as files that other generators read: Markdown with front matter.

A story is one file in the folder of its rubric. What only we have (people's pages, months, kinds
of items with a form of their own) is left out, which is in the peers' favour.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

LISTED = 30
"""As many items as lists of ours show."""
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
SPECIAL = str.maketrans({each: f"\\{each}" for each in "\\`*_[]<#"})

type Document = Mapping[str, Any]


@dataclass(frozen=True)
class Corpus:
    """A folder: `<rubric>.md` lists the newest stories of a rubric, `<rubric>/` holds them all."""

    folder: Path
    stories: int
    rubrics: Mapping[str, str]  # title by slug


def write_corpus(documents: Iterable[Document], folder: Path) -> Corpus:
    """Write every item, a page for each rubric, and a front page."""
    held = {str(each["id"]): each for each in documents}
    items = sorted(
        (each for each in held.values() if "body" in each),
        key=lambda each: str(each["published_at"]),
        reverse=True,
    )
    rubrics = {
        str(each["path"]).strip("/"): str(each["title"])
        for each in held.values()
        if each["kind"] in {"rubric", "section"}
    }
    for item in items:
        _write(folder / f"{str(item['path']).strip('/')}.md", _front(item, held), _body(item, held))
    for slug, title in rubrics.items():
        own = [item for item in items if str(item["path"]).startswith(f"{slug}/")]
        _write(folder / f"{slug}.md", {"title": title}, _list(own[:LISTED]))
    _write(folder / "index.md", {"title": "Plein"}, _list(items[:LISTED]))
    return Corpus(folder, len(items), rubrics)


def _write(file: Path, front: Mapping[str, object], body: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    head = yaml.safe_dump(dict(front), allow_unicode=True, sort_keys=False, width=1000)
    file.write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")


def _front(item: Document, held: Mapping[str, Document]) -> dict[str, object]:
    image = _picture(item["lead_image"], held)
    return {
        "title": item["title"],
        "date": item["published_at"],
        "description": item["summary"],
        "tags": [held[tag]["title"] for tag in item["tags"]],
        "authors": [_name(author, held) for author in item["authors"]],
        **({"image": image} if image else {}),
    }


def _name(person: Document, held: Mapping[str, Document]) -> str:
    return str(held[person["person"]]["title"] if person["person"] else person["name"])


def _picture(used: Document | None, held: Mapping[str, Document]) -> str | None:
    """The address of a picture's smallest size; its file is nobody's work here, ours neither."""
    if used is None:
        return None
    smallest = min(held[used["image"]]["renditions"], key=lambda each: int(each["width"]))
    return f"/assets/images/{smallest['hash']}.{smallest['format']}"


def _body(item: Document, held: Mapping[str, Document]) -> str:
    blocks = (_block(block["type"], block["value"], held) for block in item["body"])
    return "\n\n".join(blocks)


def _block(kind: str, value: Document, held: Mapping[str, Document]) -> str:
    match kind:
        case "paragraph":
            return markdown(value["html"], held)
        case "heading":
            return f"## {value['text'].translate(SPECIAL)}"
        case "image":
            return f"![{value['alt'].translate(SPECIAL)}]({_picture(value, held)})"
        case "pull_quote":
            return f"> {value['text'].translate(SPECIAL)}"
        case "question_answer":
            question = value["question"].translate(SPECIAL)
            return f"### {question}\n\n{markdown(value['answer_html'], held)}"
        case _:
            return _set_apart(kind, value, held)


def _set_apart(kind: str, value: Document, held: Mapping[str, Document]) -> str:
    match kind:
        case "call_out":
            title = value["title"].translate(SPECIAL)
            return f"**{title}**\n\n{markdown(value['body_html'], held)}"
        case "gallery":
            pictures = (
                f"![{each['alt'].translate(SPECIAL)}]({_picture(each, held)})"
                for each in value["images"]
            )
            return "\n\n".join(pictures)
        case "table":
            heads = [column["text"] for column in value["columns"]]
            return "\n".join(_row(cells) for cells in [heads, ["---"] * len(heads), *value["rows"]])
        case "code":
            return f"```\n{value['text']}\n```"
        case "button":
            target = held.get(value["target"] or "", {})
            address = f"{str(target['path']).strip('/')}.md" if target else value["url"]
            return f"[{value['text'].translate(SPECIAL)}]({address})"
        case "document" | "video":
            film = f"**{value['title'].translate(SPECIAL)}**"
            return f"{film}\n\n{markdown(value.get('transcript_html') or '', held)}"
        case _:
            raise AssertionError(f"This corpus knows no {kind}.")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.translate(SPECIAL).replace('|', '&#124;') for cell in cells)} |"


def _list(items: Sequence[Document]) -> str:
    """Links as MkDocs follows them: to files, so that it checks them as our verifier does."""
    lines = (
        f"- [{item['title'].translate(SPECIAL)}]({str(item['path']).strip('/')}.md)  \n"
        f"  {item['summary'].translate(SPECIAL)}"
        for item in items
    )
    return "\n".join(lines)


def markdown(html: str, held: Mapping[str, Document]) -> str:
    """Write the markup of our rich text, which is little, as Markdown."""
    writer = _Writer(held)
    writer.feed(html)
    writer.close()
    return "".join(writer.said).strip()


class _Writer(HTMLParser):
    def __init__(self, held: Mapping[str, Document]) -> None:
        super().__init__()
        self.said: list[str] = []
        self._held = held
        self._target = ""
        self._lists: list[Iterator[str]] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data.translate(SPECIAL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "ul" | "ol":
                self._lists.append(_bullets(is_numbered=tag == "ol"))
            case "li":
                self.said.append(f"\n{next(self._lists[-1])} ")
            case "br":
                self.said.append("  \n")
            case "a":
                self._target = self._address(dict(attrs).get("href") or "")
                self.said.append("[")
            case _:
                self.said.append(MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "ul" | "ol":
                self._lists.pop()
                self.said.append("\n\n")
            case "p":
                self.said.append("\n\n")
            case "a":
                self.said.append(f"]({self._target})")
            case _:
                self.said.append(MARKS.get(tag, ""))

    def _address(self, href: str) -> str:
        if not href.startswith("document:"):
            return href
        return f"/{self._held[href.removeprefix('document:')]['path']}"


def _bullets(*, is_numbered: bool) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{number}." if is_numbered else "-"
