"""From a page as its readers get it to what a search finds it by.

An entry is made of nothing but the page's own view, in the tree where that page is. So a search
can tell a reader no more than she could have read.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub_site.search.words import LONGEST, words_of
from hub_site.trees import tree_of

_MARKUP = re.compile(r"<[^>]*>")
_MARKDOWN = re.compile(r"\]\([^)]*\)|[#*_`>|\[\]]+")
_SHY = "\N{SOFT HYPHEN}"
TEXT, TEXT_TWICE, PLACE, HEADING, SUMMARY, SUBJECT, PERSON, TITLE = range(8)
"""Where in a page a word stands, the least telling place first."""
KINDS = {
    "story.html": "story",
    "interview.html": "interview",
    "announcement.html": "announcement",
    "event.html": "event",
    "community-action.html": "community_action",
    "agenda.html": "section",
    "take-part.html": "section",
    "person.html": "person",
    "rubric.html": "rubric",
    "section.html": "section",
    "tag.html": "tag",
    "subject.html": "tag",
    "page.html": "page",
}

# A view as the theme reads it: see the contract, section 3.
type View = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page that a search can find.

    Attributes:
        tree: for whom it is.
        day: on which it appeared, as in 2026-11-19; empty for what is of no day.
        note: a sentence for a reader who looks over what was found.
        words: by the place where they stand (`TEXT` to `TITLE`), each word at its most telling.
    """

    tree: str
    kind: str
    path: str
    day: str
    language: str
    title: str
    note: str
    rubric: str
    words: tuple[str, ...]

    def to_text(self) -> str:
        return json.dumps([getattr(self, name) for name in self.__slots__], ensure_ascii=False)


def found_from(text: str) -> Found:
    """Read what `to_text` wrote."""
    values = dict(zip(Found.__slots__, json.loads(text), strict=True))
    values["words"] = tuple(values["words"])
    return Found(**values)


@dataclass(slots=True)
class _Places:
    """Collects words, and lets each stand where it tells most."""

    _best: dict[str, int] = field(default_factory=dict)

    def add(self, place: int, *texts: str | None) -> None:
        for text in texts:
            for word in words_of(text) if text else ():
                self._add(word[:LONGEST], place)

    def _add(self, word: str, place: int) -> None:
        held = self._best.get(word, -1)
        if place == TEXT and held == TEXT:
            self._best[word] = TEXT_TWICE
        elif place > held:
            self._best[word] = place

    def together(self) -> tuple[str, ...]:
        """For each place its words, in order, as one text."""
        by_place: list[list[str]] = [[] for _ in range(TITLE + 1)]
        for word, place in self._best.items():
            by_place[place].append(word)
        return tuple(" ".join(sorted(words)) for words in by_place)


def found_in(staged: str, path: str) -> Found | None:
    """What a search finds a staged page by; None for pages that only lead to others.

    Args:
        staged: its source: front matter with a line per key, and the body of a hand-kept page.
        path: its file in the release.
    """
    head, _, body = staged.removeprefix("---\n").partition("\n---\n")
    meta = {
        key: json.loads(value)
        for key, _, value in (line.partition(": ") for line in head.split("\n"))
    }
    kind = KINDS.get(meta["template"])
    if kind is None:
        return None
    view = meta["view"]
    places = _Places()
    title = str(view.get("title") or meta["title"]).replace(_SHY, "")
    note, rubric, day = str(meta["description"] or ""), "", ""
    if "blocks" in view:
        _add_item(places, view)
        day, note = view["date"]["iso"], view["standfirst"]
        rubric = view["rubric"]["title"] if view["rubric"] else ""
    elif kind == "person":
        title, note = view["person"]["name"], _work_of(view["person"])
        _add_person(places, view["person"])
    elif kind == "rubric":
        title = view["rubric"]["title"]
        places.add(TEXT, _bare(view["rubric"]["introduction_html"]))
    elif kind == "tag" and view.get("introduction_html"):
        places.add(TEXT, _bare(view["introduction_html"]))
    elif kind == "page":
        places.add(TEXT, _MARKDOWN.sub(" ", _bare(body)))
    places.add(TITLE, title.replace(_SHY, ""))
    places.add(SUMMARY, note)
    return Found(
        tree=tree_of(path),
        kind=kind,
        path=path.removesuffix("index.html"),
        day=day,
        language=meta["language"],
        title=title.replace(_SHY, ""),
        note="" if note.casefold() == title.casefold() else note,
        rubric=rubric.replace(_SHY, ""),
        words=places.together(),
    )


def _add_item(places: _Places, view: View) -> None:
    people = [*view["authors"], *view["people"], view.get("interviewee"), view.get("organiser")]
    for person in people:
        if person:
            places.add(PERSON, person["name"])
    if view["rubric"]:
        places.add(SUBJECT, view["rubric"]["title"])
    places.add(SUBJECT, *(tag["title"] for tag in view["tags"]))
    named = [*view["departments"], view["goal"], view["theme"]]
    places.add(PLACE, *(each["title"] for each in named if each), view["core_value"])
    places.add(PLACE, view.get("place"))
    places.add(TEXT, view.get("asked"), view.get("meant_for"), view.get("cancellation"))
    if view["lead_image"]:
        places.add(TEXT, view["lead_image"]["alt"], view["lead_image"]["caption"])
    for place, text in _texts_of(view["blocks"]):
        places.add(place, text)


def _texts_of(blocks: Sequence[View]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        place = HEADING if block["type"] == "heading" else TEXT
        for key in ("text", "question", "title", "caption"):
            if block.get(key):
                yield (HEADING if key == "question" else place), block[key]
        for key in ("html", "answer_html", "body_html", "transcript_html"):
            if block.get(key):
                yield TEXT, _bare(block[key])
        yield from ((TEXT, text) for text in _texts_shown_by(block))


def _texts_shown_by(block: View) -> Iterator[str]:
    """What pictures, files and tables say."""
    for image in (block.get("image"), *block.get("images", ())):
        if image:
            yield f"{image['alt']} {image['caption']}"
    if block.get("file"):
        yield block["file"]["title"]
    yield " ".join(column["text"] for column in block.get("columns", ()))
    yield from (" ".join(row) for row in block.get("rows", ()))


def _add_person(places: _Places, person: View) -> None:
    places.add(SUBJECT, person["role"], person["department"], *person["ask_me_about"])
    places.add(PLACE, person["location"])
    places.add(TEXT, _bare(person["about_html"]))


def _work_of(person: View) -> str:
    return _in_a_row((person["role"], person["department"], person["location"]))


def _in_a_row(texts: Iterable[str | None]) -> str:
    return " · ".join(text for text in texts if text)


def _bare(markup: str) -> str:
    return html.unescape(_MARKUP.sub(" ", markup)).replace(_SHY, "")
