"""One parser per kind of document; `KINDS` is the list of what this press can print."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from hub_site.content.blocks import block
from hub_site.content.documents import (
    Alert,
    Announcement,
    Audience,
    Block,
    Call,
    CommunityAction,
    Document,
    Event,
    File,
    Front,
    Hub,
    Image,
    ImageRef,
    Importance,
    Interview,
    Language,
    Person,
    PersonRef,
    Placement,
    Redirect,
    Rubric,
    Section,
    Story,
    Style,
    Tag,
    Term,
    Theme,
    Urgency,
)
from hub_site.content.fields import DocumentError, Fields
from hub_site.content.pictures import hash_of, logo, rendition
from hub_site.content.references import image_ref, person_ref

COLOURS = {name: name for name in ["teal", "rust", "blue", "plum", "green", "amber", "violet"]}
TILES = {
    name: name
    for name in (
        *("bend", "stair", "person", "rings", "pennant", "bowl"),
        *("corner", "arch", "wave", "diamond", "gate", "bars"),
    )
}
CONNECTIONS = {name: name for name in ("organisation", "work", "each-other", "practical")}
_IMPORTANCES: dict[str, Importance] = {"important": "important", "information": "information"}
_PLACEMENTS: dict[str, Placement] = {"lead": "lead", "pinned": "pinned"}
_URGENCIES: dict[str, Urgency] = {"danger": "danger", "notice": "notice"}
FILES = {
    name: name
    for name in (
        *("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt"),
        *("mp4", "webm", "vtt"),
    )
}
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_WEB = re.compile(r"https?://[\w.:\[\]-]+")
_LINK = re.compile(r"https?://[^\s<>\"]+")
_MONTH = re.compile(r"(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])")


class Base(TypedDict):
    """What every document passes on to its dataclass."""

    id: str
    kind: str
    language: Language
    audience: str
    path: str | None
    title: str


class ItemKeys(Base):
    summary: str
    lead_image: ImageRef | None
    rubric: str | None
    section: str | None
    authors: tuple[PersonRef, ...]
    people: tuple[PersonRef, ...]
    tags: tuple[str, ...]
    departments: tuple[str, ...]
    connection: str | None
    goal: str | None
    core_value: str | None
    translation_of: str | None
    theme: str | None
    placement: Placement | None
    placed_until: datetime | None
    published_at: datetime
    updated_at: datetime | None
    expires_at: datetime | None
    body: tuple[Block, ...]


def _hub(fields: Fields, base: Base) -> Document:
    time_zone = fields.text("time_zone")
    try:
        ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError) as error:
        raise DocumentError(f"'{time_zone}' is not a time zone.") from error
    return Hub(
        **base,
        organisation=fields.text("organisation"),
        introduction=fields.text("introduction"),
        time_zone=time_zone,
        headcount=fields.number_or_none("headcount"),
        editors=fields.text("editors"),
        editors_email=fields.text_or_none("editors_email"),
        # Documents of before this field are read until the sweep has made them anew.
        ask="ask" in fields.values and fields.claim("ask"),
        # Documents that were kept before there were synonyms have none.
        synonyms=fields.text_lists("synonyms") if "synonyms" in fields.values else (),
        # And none that stands in no feed.
        address=_address(fields.text("address")) if fields.has("address") else "",
    )


def _address(address: str) -> str:
    if not _WEB.fullmatch(address):
        raise DocumentError(f"'{address}' is not where a hub can be.")
    return address


def _rubric(fields: Fields, base: Base) -> Document:
    return Rubric(
        **base,
        purpose=fields.text("purpose"),
        tone=fields.text("tone"),
        cadence=fields.text("cadence"),
        keeper=fields.optional("keeper", person_ref),
        colour=fields.one_of("colour", COLOURS),
        tile=fields.one_of("tile", TILES),
        introduction_html=fields.text("introduction_html"),
        order=fields.number("order"),
    )


def _section(fields: Fields, base: Base) -> Document:
    return Section(
        **base,
        introduction=fields.text("introduction"),
        holds=fields.text("holds"),
        order=fields.number("order"),
    )


def _item(fields: Fields, base: Base) -> ItemKeys:
    connection = None if fields.is_null("connection") else fields.one_of("connection", CONNECTIONS)
    return ItemKeys(
        **base,
        summary=fields.text("summary"),
        lead_image=fields.optional("lead_image", image_ref),
        rubric=fields.identity_or_none("rubric"),
        section=fields.identity_or_none("section"),
        authors=tuple(person_ref(author) for author in fields.each("authors")),
        people=tuple(person_ref(person) for person in fields.each("people")),
        tags=fields.identities("tags"),
        departments=fields.identities("departments"),
        connection=connection,
        goal=fields.identity_or_none("goal"),
        core_value=fields.identity_or_none("core_value"),
        translation_of=fields.identity_or_none("translation_of"),
        theme=fields.identity("theme") if fields.has("theme") else None,
        placement=fields.one_of("placement", _PLACEMENTS) if fields.has("placement") else None,
        placed_until=fields.moment("placed_until") if fields.has("placed_until") else None,
        published_at=fields.moment("published_at"),
        updated_at=fields.moment_or_none("updated_at"),
        expires_at=fields.moment_or_none("expires_at"),
        body=tuple(block(part) for part in fields.each("body")),
    )


def _story(fields: Fields, base: Base) -> Document:
    return Story(**_item(fields, base))


def _interview(fields: Fields, base: Base) -> Document:
    interviewee = fields.optional("interviewee", person_ref)
    return Interview(**_item(fields, base), interviewee=interviewee)


def _announcement(fields: Fields, base: Base) -> Document:
    return Announcement(
        **_item(fields, base),
        importance=fields.one_of("importance", _IMPORTANCES),
        prominent_until=fields.moment_or_none("prominent_until"),
        valid_from=fields.moment_or_none("valid_from"),
        valid_until=fields.moment_or_none("valid_until"),
        replaces=fields.identities("replaces"),
        replaced_by=fields.identity_or_none("replaced_by"),
    )


def _event(fields: Fields, base: Base) -> Document:
    starts_at, over_at = fields.moment("starts_at"), fields.moment("over_at")
    ends_at, link = fields.moment_or_none("ends_at"), fields.text_or_none("link")
    if over_at <= starts_at or (ends_at is not None and ends_at <= starts_at):
        raise DocumentError("An event should end after it starts.")
    if link is not None and not _LINK.fullmatch(link):
        raise DocumentError("The 'link' of an event should begin with http:// or https://.")
    return Event(
        **_item(fields, base),
        starts_at=starts_at,
        ends_at=ends_at,
        over_at=over_at,
        place=fields.text("place"),
        link=link,
        organiser=fields.optional("organiser", person_ref),
        meant_for=fields.text("meant_for"),
        is_cancelled=fields.claim("is_cancelled"),
        cancellation=fields.text("cancellation"),
    )


def _community_action(fields: Fields, base: Base) -> Document:
    return CommunityAction(
        **_item(fields, base),
        asked=fields.text("asked"),
        effort=fields.text("effort"),
        until=fields.moment_or_none("until"),
        result=fields.identity_or_none("result"),
    )


def _person(fields: Fields, base: Base) -> Document:
    started = fields.text_or_none("started")
    if started is not None and not _MONTH.fullmatch(started):
        raise DocumentError("'started' should be a month such as 2019-03.")
    return Person(
        **base,
        pronouns=fields.text_or_none("pronouns"),
        role=fields.text("role"),
        department=fields.identity_or_none("department"),
        location=fields.identity_or_none("location"),
        started=started,
        portrait=fields.optional("portrait", image_ref),
        ask_me_about=fields.texts("ask_me_about"),
        about_html=fields.text("about_html"),
        email=fields.text_or_none("email"),
        is_newcomer_shown=fields.claim("is_newcomer_shown"),
    )


def _term(fields: Fields, base: Base) -> Document:
    return Term(**base, order=fields.number("order"))


def _goal(fields: Fields, base: Base) -> Document:
    return Term(
        **base,
        order=fields.number("order"),
        measure=fields.text("measure"),
        owner=fields.optional("owner", person_ref),
    )


def _theme(fields: Fields, base: Base) -> Document:
    return Theme(
        **base,
        introduction_html=fields.text("introduction_html"),
        owner=fields.optional("owner", person_ref),
        people=tuple(person_ref(person) for person in fields.each("people")),
        order=fields.number("order"),
    )


def _front(fields: Fields, base: Base) -> Document:
    return Front(
        **base,
        rubrics=fields.identities("rubrics"),
        shows_newcomers=fields.claim("shows_newcomers"),
        call=fields.optional("call", _call),
    )


def _style(fields: Fields, base: Base) -> Document:
    return Style(
        **base,
        light=_colour(fields, "light"),
        dark=_colour(fields, "dark"),
        accent=_colour(fields, "accent"),
        headings=fields.one_of("headings", {"eczar": "eczar", "schibsted": "schibsted"}),
        letters=fields.one_of("letters", {"literata": "literata", "schibsted": "schibsted"}),
        logo=fields.optional("logo", logo) if fields.has("logo") else None,
        logo_dark=fields.optional("logo_dark", logo) if fields.has("logo_dark") else None,
    )


def _colour(fields: Fields, key: str) -> str:
    """What is printed in a stylesheet is a colour and nothing else."""
    text = fields.text(key)
    if text and not _COLOUR.fullmatch(text):
        raise DocumentError(f"'{key}' should be a colour such as #0b5c3c, or empty.")
    return text


def _call(fields: Fields) -> Call:
    return Call(
        title=fields.text("title"),
        text=fields.text("text"),
        button=fields.text("button"),
        target=fields.identity_or_none("target"),
        until=fields.moment_or_none("until"),
    )


def _alert(fields: Fields, base: Base) -> Document:
    return Alert(
        **base,
        text=fields.text("text"),
        importance=fields.one_of("importance", _URGENCIES),
        target=fields.identity_or_none("target"),
        changed_at=fields.moment("changed_at"),
        expires_at=fields.moment("expires_at"),
    )


def _file(fields: Fields, base: Base) -> Document:
    return File(
        **base,
        hash=hash_of(fields),
        extension=fields.one_of("extension", FILES),
        bytes=fields.number("bytes"),
    )


def _audience(_fields: Fields, base: Base) -> Document:
    return Audience(**base)


def _tag(_fields: Fields, base: Base) -> Document:
    return Tag(**base)


def _image(fields: Fields, base: Base) -> Document:
    return Image(
        **base,
        width=fields.number("width"),
        height=fields.number("height"),
        focal_point=fields.fraction_pair("focal_point"),
        alt=fields.text("alt"),
        credit=fields.text("credit"),
        renditions=tuple(rendition(each) for each in fields.each("renditions")),
    )


def _redirect(fields: Fields, base: Base) -> Document:
    return Redirect(**base, target=fields.identity("target"))


KINDS: dict[str, Callable[[Fields, Base], Document]] = {
    "hub": _hub,
    "audience": _audience,
    "rubric": _rubric,
    "section": _section,
    "story": _story,
    "interview": _interview,
    "announcement": _announcement,
    "event": _event,
    "community_action": _community_action,
    "person": _person,
    "department": _term,
    "location": _term,
    "goal": _goal,
    "core_value": _term,
    "theme": _theme,
    "front": _front,
    "style": _style,
    "alert": _alert,
    "file": _file,
    "tag": _tag,
    "image": _image,
    "redirect": _redirect,
}
