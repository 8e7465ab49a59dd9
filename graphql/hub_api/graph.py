"""From documents to typed objects; what they mention comes along, in a few queries for all."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

import strawberry
from django.db.models import Q

from cms.documents.models import PublicDocument
from hub_api.types import blocks, hub, images, items, people

type Content = dict[str, Any]

HOPS = 3
"""From an item to its rubric, to who keeps that, to their portrait: no chain is longer."""
IDS = ("rubric", "section", "goal", "core_value", "department", "location")
LISTS = ("tags", "departments")
PEOPLE = ("authors", "people")
PERSON = ("interviewee", "keeper", "owner", "organiser")
FILES = ("file", "captions")


class Graph:
    """The documents of one answer, each read once and made into an object once."""

    def __init__(self, contents: Iterable[Content], *, may_read: Q) -> None:
        """Read all that documents mention.

        Args:
            contents: documents that the caller may read.
            may_read: the condition under which she may read those they mention.
        """
        self._may_read = may_read
        self._contents: dict[str, Content] = {content["id"]: content for content in contents}
        self._made: dict[str, Any] = {}
        fresh: Iterable[Content] = list(self._contents.values())
        for _hop in range(HOPS):
            fresh = self._read({found for content in fresh for found in _mentioned(content)})
        self._readable = self._ids_among(self._contents.values())

    def get(self, public_id: str | None) -> Any:
        """Return the object of a public document, None when it has none."""
        if public_id is None or public_id not in self._contents:
            return None
        if public_id not in self._made:
            content = self._contents[public_id]
            self._made[public_id] = MAKERS[content["kind"]](self, content)
        return self._made[public_id]

    def several(self, public_ids: Iterable[str]) -> list[Any]:
        return [made for made in map(self.get, public_ids) if made is not None]

    def first(self, kind: str) -> Any:
        """Return the object of the one document of this kind that was read, None without it."""
        found = (each["id"] for each in self._contents.values() if each["kind"] == kind)
        return self.get(next(found, None))

    def mention(self, ref: Content | None) -> people.PersonMention | None:
        """Return who is meant by a person ref."""
        if ref is None:
            return None
        person = self.get(ref["person"])
        if ref["person"] and person is None:
            return None
        if person is None:
            return people.PersonMention(name=ref["name"], role=ref["role"], person=None)
        return people.PersonMention(name=person.name, role=person.role, person=person)

    def mentions(self, refs: Iterable[Content]) -> list[people.PersonMention]:
        return [made for made in map(self.mention, refs) if made is not None]

    def use(self, ref: Content | None) -> images.ImageUse | None:
        """Return a picture in its place."""
        if ref is None:
            return None
        return images.ImageUse(
            alt=ref["alt"],
            decorative=ref["decorative"],
            caption=ref["caption"],
            image=self.get(ref["image"]),
        )

    def known(self, public_ids: Iterable[str]) -> list[strawberry.ID]:
        """Return those of the ids that are of something the caller may read."""
        return [strawberry.ID(each) for each in public_ids if each in self._readable]

    def known_one(self, public_id: str | None) -> strawberry.ID | None:
        return next(iter(self.known([public_id] if public_id else [])), None)

    def _ids_among(self, contents: Iterable[Content]) -> set[str]:
        named = {found for content in contents for found in _named_by(content)}
        rows = PublicDocument.objects.filter(self._may_read, public_id__in=named)
        found = rows.values_list("public_id", flat=True) if named else ()
        return {str(public_id) for public_id in found}

    def _read(self, public_ids: set[str]) -> list[Content]:
        missing = [UUID(each) for each in public_ids - self._contents.keys()]
        if not missing:
            return []
        rows = PublicDocument.objects.filter(self._may_read, public_id__in=missing)
        fresh = list(rows.values_list("content", flat=True))
        self._contents.update((content["id"], content) for content in fresh)
        return fresh


def _named_by(content: Content) -> Iterator[str]:
    """Yield the ids that a document gives as no more than an id."""
    named = [content.get(key) for key in ("translation_of", "replaced_by", "result")]
    named += [block["value"].get("target") for block in content.get("body", ())]
    yield from (each for each in [*named, *content.get("replaces", ())] if each)


def _mentioned(content: Content) -> Iterator[str]:
    yield from (content[key] for key in IDS if content.get(key))
    for key in LISTS:
        yield from content.get(key, ())
    refs = [ref for key in PEOPLE for ref in content.get(key, ())]
    refs += [content.get(key) for key in (*PERSON, "lead_image", "portrait")]
    for block in content.get("body", ()):
        value = block["value"]
        refs += [value, value.get("speaker"), value.get("poster"), *value.get("images", ())]
        yield from (value[key] for key in FILES if value.get(key))
    for ref in refs:
        if ref:
            yield from (ref[key] for key in ("person", "image") if ref.get(key))


def _plain(made: type[Any], *keys: str) -> Callable[[Graph, Content], Any]:
    """Return a maker that copies keys as they are."""

    def make(_graph: Graph, content: Content) -> Any:
        return made(**{key: content[key] for key in keys})

    return make


def _named(made: type[Any]) -> Callable[[Graph, Content], Any]:
    return lambda _graph, content: made(id=content["id"], name=content["title"])


def _image(_graph: Graph, content: Content) -> images.Image:
    x, y = content["focal_point"]
    return images.Image(
        **{key: content[key] for key in ("id", "alt", "credit", "width", "height")},
        focal_point=images.FocalPoint(x=x, y=y),
        renditions=[images.Rendition(**each) for each in content["renditions"]],
    )


def _person(graph: Graph, content: Content) -> people.Person:
    same = ("id", "path", "pronouns", "role", "started", "ask_me_about", "about_html", "email")
    return people.Person(
        **{key: content[key] for key in same},
        is_newcomer_shown=content["is_newcomer_shown"],
        name=content["title"],
        department=graph.get(content["department"]),
        location=graph.get(content["location"]),
        portrait=graph.use(content["portrait"]),
    )


def _hub(graph: Graph, content: Content) -> hub.Hub:
    same = ["id", "language", "title", "organisation", "introduction", "time_zone"]
    same += ["headcount", "editors", "editors_email"]
    return hub.Hub(**{key: content[key] for key in same}, style=graph.first("style"))


def _style(_graph: Graph, content: Content) -> hub.Style:
    # A style that was public before logos were has none to tell of until it is told anew.
    own: Content = {key: content.get(key) for key in ("logo", "logo_dark")}
    own = {key: hub.Logo(**logo) if logo else None for key, logo in own.items()}
    own |= {key: content[key] or None for key in ("light", "dark", "accent")}
    own |= {key: content[key] for key in ("id", "headings", "letters")}
    return hub.Style(**own)


def _rubric(graph: Graph, content: Content) -> hub.Rubric:
    same = ("id", "path", "language", "title", "purpose", "tone", "cadence", "colour", "tile")
    return hub.Rubric(
        **{key: content[key] for key in same},
        introduction_html=content["introduction_html"],
        order=content["order"],
        keeper=graph.mention(content["keeper"]),
    )


def _goal(graph: Graph, content: Content) -> hub.Goal:
    return hub.Goal(
        **{key: content[key] for key in ("id", "code", "title", "measure")},
        owner=graph.mention(content["owner"]),
    )


def _item(graph: Graph, content: Content) -> items.Item:
    own = {key: content[key] for key in OWN_KEYS.get(content["kind"], ())}
    for key in MENTIONS & content.keys():
        own[key] = graph.mention(content[key])
    if "result" in content:
        own["result"] = graph.known_one(content["result"])
    if "replaces" in content:
        own["replaces"] = graph.known(content["replaces"])
        own["replaced_by"] = graph.known_one(content["replaced_by"])
    return ITEMS[content["kind"]](
        **{key: content[key] for key in ITEM_KEYS},
        **own,
        translation_of=graph.known_one(content["translation_of"]),
        lead_image=graph.use(content["lead_image"]),
        rubric=graph.get(content["rubric"]),
        section=graph.get(content["section"]),
        authors=graph.mentions(content["authors"]),
        people=graph.mentions(content["people"]),
        tags=graph.several(content["tags"]),
        departments=graph.several(content["departments"]),
        goal=graph.get(content["goal"]),
        core_value=graph.get(content["core_value"]),
        body=[BLOCKS[block["type"]](graph, block) for block in content["body"]],
    )


def _text_block(made: type[Any]) -> Callable[[Graph, Content], Any]:
    return lambda _graph, block: made(id=block["id"], **block["value"])


def _image_block(graph: Graph, block: Content) -> blocks.ImageBlock:
    used = graph.use(block["value"])
    assert used is not None  # noqa: S101 - a block has its value
    return blocks.ImageBlock(id=block["id"], image=used)


def _quote_block(graph: Graph, block: Content) -> blocks.PullQuoteBlock:
    return blocks.PullQuoteBlock(
        id=block["id"],
        text=block["value"]["text"],
        speaker=graph.mention(block["value"]["speaker"]),
    )


def _gallery_block(graph: Graph, block: Content) -> blocks.GalleryBlock:
    uses = (graph.use(ref) for ref in block["value"]["images"])
    images = [use for use in uses if use is not None]
    return blocks.GalleryBlock(id=block["id"], title=block["value"]["title"], images=images)


def _table_block(_graph: Graph, block: Content) -> blocks.TableBlock:
    value = block["value"]
    columns = [blocks.TableColumn(**column) for column in value["columns"]]
    return blocks.TableBlock(id=block["id"], **{**value, "columns": columns})


def _button_block(graph: Graph, block: Content) -> blocks.ButtonBlock:
    value = block["value"]
    target = graph.known_one(value["target"])
    return blocks.ButtonBlock(id=block["id"], text=value["text"], target=target, url=value["url"])


def _document_block(graph: Graph, block: Content) -> blocks.DocumentBlock:
    value = block["value"]
    return blocks.DocumentBlock(id=block["id"], title=value["title"], file=graph.get(value["file"]))


def _video_block(graph: Graph, block: Content) -> blocks.VideoBlock:
    value = block["value"]
    return blocks.VideoBlock(
        id=block["id"],
        **{key: value[key] for key in ("title", "captions_language", "transcript_html")},
        file=graph.get(value["file"]),
        poster=graph.use(value["poster"]),
        captions=graph.get(value["captions"]),
    )


ITEM_KEYS = (
    *("id", "path", "language", "title", "summary", "connection"),
    *("published_at", "updated_at", "expires_at"),
)
OWN_KEYS = {
    "announcement": ("importance", "prominent_until", "valid_from", "valid_until"),
    "event": (
        *("starts_at", "ends_at", "over_at", "place", "link", "meant_for"),
        *("is_cancelled", "cancellation"),
    ),
    "community_action": ("asked", "effort", "until"),
}
MENTIONS = {"interviewee", "organiser"}
ITEMS: dict[str, type[items.Item]] = {
    "story": items.Story,
    "interview": items.Interview,
    "announcement": items.Announcement,
    "event": items.Event,
    "community_action": items.CommunityAction,
}
BLOCKS: dict[str, Callable[[Graph, Content], blocks.Block]] = {
    "paragraph": _text_block(blocks.ParagraphBlock),
    "heading": _text_block(blocks.HeadingBlock),
    "image": _image_block,
    "pull_quote": _quote_block,
    "question_answer": _text_block(blocks.QuestionAnswerBlock),
    "call_out": _text_block(blocks.CallOutBlock),
    "gallery": _gallery_block,
    "table": _table_block,
    "code": _text_block(blocks.CodeBlock),
    "button": _button_block,
    "document": _document_block,
    "video": _video_block,
}
MAKERS: dict[str, Callable[[Graph, Content], Any]] = {
    "hub": _hub,
    "style": _style,
    "rubric": _rubric,
    "section": _plain(hub.Section, "id", "path", "title", "introduction"),
    "tag": _plain(hub.Tag, "id", "path", "title"),
    "goal": _goal,
    "core_value": _plain(hub.CoreValue, "id", "code", "title", "motto"),
    "department": _named(people.Department),
    "location": _named(people.Location),
    "person": _person,
    "image": _image,
    "file": _plain(blocks.File, "id", "title", "hash", "extension", "bytes"),
    **dict.fromkeys(ITEMS, _item),
}
