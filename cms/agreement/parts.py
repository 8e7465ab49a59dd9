"""What of whom is in an item: each person's own words and pictures, and one digest for each.

A yes is bound to this digest, not to the item's: what changes elsewhere in the item asks nobody
again, and what changes here asks the one person it is of.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from html import unescape
from typing import Any

from cms.accounts.models import Person
from cms.agreement.models import Matter
from cms.agreement.sentences import plain_of
from cms.documents.mentions import picture_key, pictures_in_gallery, raw_blocks
from cms.media.models import Image
from cms.stories.models import EditorialPage, Interview

FEWEST_WORDS = 3
"""Shorter than that, what stands between quotation marks is a name or a term, not a statement."""
QUOTED = re.compile(
    r"“[^“”]+”"
    r"|„[^„“”]+[“”]"
    r"|‘(?:[^‘’]|’(?=\w))+’(?!\w)"
    r"|«[^«»]+»"
    r'|"[^"]+"'
    r"|(?<!\w)'(?![stn]\b)(?:[^']|'(?=\w))+'(?!\w)"
)
QUOTING = {
    "heading": ("text",),
    "image": ("caption",),
    "call_out": ("title", "body"),
    "question_answer": ("question", "answer"),
    "video": ("title", "transcript"),
}
"""Of blocks that are nobody's own, the parts in which somebody may be quoted."""
SHOWING_SOMEBODY = frozenset({"image", "gallery", "video", "pull_quote"})
"""Blocks with somebody in them whom the item does not name."""
_BLOCK_KEY = re.compile(r'\s*data-block-key="[^"]*"')
_SPACE = re.compile(r"\s+")

type Keys = set[int]
type Traced = Callable[[EditorialPage], Mapping[str, int]]


@dataclass(frozen=True)
class Passage:
    """Words of somebody.

    Attributes:
        where: The id of the block, or the name of the field.
        ask: The question that they answer, if any: another question makes them say something else.
        said: Markup where the words are a whole text of hers, else plain text.
        is_apart: The block holds nothing but these words, and can be left out.
    """

    where: str
    said: str
    ask: str = ""
    is_apart: bool = False


@dataclass(frozen=True)
class Shown:
    """A picture of somebody, as it is used here."""

    image: str
    file: str
    alt: str
    caption: str
    key: int


@dataclass
class Part:
    """What is of one person in an item."""

    person: int
    words: list[Passage] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    crowds: list[Shown] = field(default_factory=list)
    """Pictures of a crowd that was told of them: shown without asking, until she asks otherwise."""
    is_asked_as_named: bool = False

    def matters(self) -> list[Matter]:
        """Return what has to be agreed on."""
        wanted = [Matter.WORDS] if self.words or self.is_asked_as_named else []
        return [*wanted, Matter.PICTURE] if self.pictures else wanted

    def digest(self, matter: Matter) -> str:
        """Return one hash for what she says yes to; the order of the parts is not hers."""
        if matter == Matter.WORDS:
            content = sorted([each.ask, _bare(each.said)] for each in self.words)
        else:
            content = sorted([one.image, one.file, one.alt, one.caption] for one in self.pictures)
        text = json.dumps([matter, content], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def whole(self) -> str:
        """Return one hash for all that she is asked about."""
        each = "".join(self.digest(matter) for matter in self.matters())
        return hashlib.sha256(each.encode()).hexdigest()

    def kept(self, matter: Matter) -> list[dict[str, Any]]:
        """Return the words, or the pictures, as the register keeps them."""
        found: list[Any] = self.words if matter == Matter.WORDS else self.pictures
        return [
            {key: kept for key, kept in asdict(each).items() if key != "is_apart"} for each in found
        ]


_tracers: list[Traced] = []


def register_tracer(tracer: Traced) -> None:
    """Name who knows which blocks are answers of whom; done when the apps are ready."""
    if tracer not in _tracers:
        _tracers.append(tracer)


def parts_of(page: EditorialPage, *, is_sensitive: bool = False) -> dict[int, Part]:
    """Return everybody's part in an item, by the key of the person.

    Args:
        page: As a revision holds it, or as it is live.
        is_sensitive: Then whoever is only named is asked as well, and crowds are asked too.
    """
    return _Reader(page, is_sensitive=is_sensitive).read()


def is_about_nobody(page: EditorialPage) -> bool:
    """Say, without a question to the database, that no colleague can be concerned."""
    blocks = raw_blocks(page)
    return not (
        getattr(page, "interviewee_id", None)
        or page.lead_image_id
        or page.people.all()
        or any(block["type"] in SHOWING_SOMEBODY for block in blocks)
    )


class _Reader:
    def __init__(self, page: EditorialPage, *, is_sensitive: bool) -> None:
        self.page = page
        self.is_sensitive = is_sensitive
        self.parts: dict[int, Part] = {}
        self.interviewee = page.interviewee_id if isinstance(page, Interview) else None
        self.named = [entry.person_id for entry in page.people.all()]
        self.names: dict[int, list[str]] | None = None

    def read(self) -> dict[int, Part]:
        blocks = raw_blocks(self.page)
        traced = self._traced(blocks)
        for field_name in ("title", "summary", "lead_image_caption"):
            self._quoted(field_name, getattr(self.page, field_name))
        for place, block in enumerate(blocks):
            where = str(block.get("id") or place)
            if where in traced:
                self._of(traced[where]).words.append(_whole(block, where))
            else:
                self._block(block, where)
        self._pictures(blocks)
        if self.is_sensitive:
            for person in {*self.named, self.interviewee or 0} - {0}:
                self._of(person).is_asked_as_named = True
        return {key: part for key, part in self.parts.items() if part.matters() or part.crowds}

    def _traced(self, blocks: list[dict[str, Any]]) -> dict[str, int]:
        if not blocks or not self.page.pk:
            return {}
        known = {str(block.get("id")): block["type"] for block in blocks}
        found = {key: who for tracer in _tracers for key, who in tracer(self.page).items()}
        whole = {"paragraph", "call_out", "question_answer"}
        return {key: who for key, who in found.items() if known.get(key) in whole}

    def _of(self, person: int) -> Part:
        return self.parts.setdefault(person, Part(person))

    def _block(self, block: dict[str, Any], where: str) -> None:
        value, answerer = block["value"], self._who_answers()
        match block["type"]:
            case "question_answer" if answerer:
                is_apart = answerer != self.interviewee
                self._of(answerer).words.append(_whole(block, where, is_apart=is_apart))
            case "pull_quote":
                speaker = value.get("speaker") or self.interviewee
                for person in [speaker] if speaker else self.named:
                    passage = Passage(where, value.get("text") or "", is_apart=bool(speaker))
                    self._of(person).words.append(passage)
            case "paragraph":
                self._quoted(where, value)
            case "gallery":
                self._quoted(where, value.get("title"))
                for each in pictures_in_gallery(value):
                    self._quoted(where, each.get("caption"))
            case kind:
                for name in QUOTING.get(kind, ()):
                    self._quoted(where, value.get(name))

    def _who_answers(self) -> int | None:
        if self.interviewee:
            return self.interviewee
        return self.named[0] if len(self.named) == 1 else None

    def _quoted(self, where: str, source: Any) -> None:
        """Give what stands between quotation marks to who is named there, else to all in it."""
        if not (self.interviewee or self.named):
            return
        text = plain_of(str(source or ""))
        passages = [found for found in QUOTED.findall(text) if _is_statement(found)]
        for person in self._speakers(text) if passages else ():
            self._of(person).words += [Passage(where, words) for words in passages]

    def _speakers(self, text: str) -> Iterable[int]:
        first = [self.interviewee] if self.interviewee else []
        everybody = list(dict.fromkeys([*first, *self.named]))
        if len(everybody) == 1:
            return everybody
        words = set(re.findall(r"\w+", text))
        named = [person for person in everybody if words & set(self._names().get(person, ()))]
        if named:
            return named
        return first or everybody

    def _names(self) -> dict[int, list[str]]:
        if self.names is None:
            everybody = {*self.named, self.interviewee or 0}
            rows = Person.objects.filter(pk__in=everybody).values_list("pk", "name")
            self.names = {key: first_and_last(name) for key, name in rows}
        return self.names

    def _pictures(self, blocks: list[dict[str, Any]]) -> None:
        uses = list(_uses(self.page, blocks))
        if not uses:
            return
        shown = Image.objects.filter(
            pk__in={key for key, _alt, _caption in uses}, people_shown__isnull=False
        ).values_list("pk", "public_id", "file_hash", "description", "people_shown", "crowd_notice")
        by_key: dict[int, list[Any]] = {}
        for row in shown.order_by("pk", "people_shown"):
            by_key.setdefault(row[0], []).append(row)
        for key, alt, caption in uses:
            for _key, image, file, description, person, notice in by_key.get(key, ()):
                use = Shown(str(image), file, alt or description, caption, key)
                part = self._of(person)
                is_crowd = notice is not None and not self.is_sensitive
                (part.crowds if is_crowd else part.pictures).append(use)


def _uses(page: EditorialPage, blocks: list[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """Yield every use of a picture: its key, the words for who can't see it, its caption."""
    if page.lead_image_id:
        yield page.lead_image_id, page.lead_image_alt, page.lead_image_caption
    for block in blocks:
        value = block["value"]
        match block["type"]:
            case "image":
                yield from _use(value)
            case "gallery":
                for each in pictures_in_gallery(value):
                    yield from _use(each)
            case "video" if value.get("poster"):
                yield value["poster"], value.get("title") or "", ""


def _use(value: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    if key := picture_key(value):
        image = value["image"] if isinstance(value["image"], dict) else {}
        yield key, image.get("alt_text") or "", value.get("caption") or ""


def _whole(block: dict[str, Any], where: str, *, is_apart: bool = False) -> Passage:
    value = block["value"]
    match block["type"]:
        case "question_answer":
            answer, ask = value.get("answer") or "", value.get("question") or ""
            return Passage(where, answer, ask=ask, is_apart=is_apart)
        case "call_out":
            return Passage(where, value.get("body") or "", ask=value.get("title") or "")
        case _:
            return Passage(where, value)


def _is_statement(words: str) -> bool:
    return len(words.split()) >= FEWEST_WORDS


def first_and_last(name: str) -> list[str]:
    words = re.findall(r"\w+", name)
    return [words[0], words[-1]] if words else []


def _bare(html: str) -> str:
    """Return markup without what an editor adds by only opening it."""
    return _SPACE.sub(" ", unescape(_BLOCK_KEY.sub("", html))).strip()
