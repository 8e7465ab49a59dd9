"""What the press asks: the feed, previews, and the report of a release."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import strawberry
from django.utils import timezone

from cms.documents.builders import document_for, documents_for
from cms.documents.feed import REMOVE, UPSERT, UnreadableCursorError, read_feed
from cms.documents.shapes import moment
from cms.documents.sources import sources_of
from cms.publishing.receipts import record_release as keep_report
from cms.publishing.receipts import record_removal as keep_removal
from hub_api.context import Info
from hub_api.errors import CallerError
from hub_api.json_text import JsonText
from hub_api.preview import draft_for
from hub_api.scalars import Document, Moment

MOST_ENTRIES = 500


@strawberry.enum(description="What happened to a document.")
class Op(StrEnum):
    UPSERT = UPSERT
    REMOVE = REMOVE


@strawberry.type(description="One change of what is public.")
class FeedEntry:
    seq: int = strawberry.field(description="Its number; entries come in this order.")
    op: Op = strawberry.field(description="Whether there is a document or none any more.")
    public_id: strawberry.ID = strawberry.field(description="Of the document.")
    document: Document | None = strawberry.field(description="In its newest state, or null.")
    cut_seq: int | None = strawberry.field(
        description="The change that last took something out of it on request: who holds an older"
        " state keeps nothing of what is gone."
    )


@strawberry.type(description="Some of the colleagues, for whom something can be.")
class NamedAudience:
    key: str = strawberry.field(description="As documents and addresses have it; never changes.")
    name: str = strawberry.field(description="What it is called now.")


@strawberry.type(description="Changes, each document once.")
class Feed:
    epoch: str = strawberry.field(
        description="Changes when the newsroom was restored: start again from nothing."
    )
    cursor: str = strawberry.field(description="Opaque; pass it as `after`.")
    has_more: bool = strawberry.field(description="There is more after `cursor` right now.")
    reset: bool = strawberry.field(
        description="`after` was of another epoch: drop everything, entries start from nothing."
    )
    entries: list[FeedEntry] = strawberry.field(description="At most 500.")
    audiences: list[NamedAudience] = strawberry.field(
        description="All there are now; what is for another is for nobody. Empty unless asked for."
    )


@strawberry.type(description="A draft as it would be public, for those who may see it.")
class Preview:
    document: Document = strawberry.field(description="The item itself.")
    references: list[Document] = strawberry.field(
        description="Every document it needs, public or not, and the hub, rubrics and sections."
    )
    as_of: Moment = strawberry.field(description="When it was asked for.")


@strawberry.input(description="A document that the press could not print.")
class SetAside:
    public_id: strawberry.ID = strawberry.field(description="Of the document.")
    reason: str = strawberry.field(description="Why, in a sentence.")


@strawberry.input(description="A release that went live.")
class ReleaseInput:
    number: int = strawberry.field(description="Counts up from one.")
    epoch: str = strawberry.field(description="Of the feed it was made from.")
    cursor: str = strawberry.field(description="How far in the feed it goes.")
    started_at: Moment = strawberry.field(description="When the press began.")
    activated_at: Moment = strawberry.field(description="When readers got it.")
    pages: int = strawberry.field(description="How many it holds.")
    changed: int = strawberry.field(description="How many differ from the release before.")
    set_aside: list[SetAside] = strawberry.field(description="What was left out; may be empty.")
    rendered_at: Moment | None = strawberry.field(
        default=None, description="When its last page was printed, before the switch."
    )
    paths: list[str] = strawberry.field(
        default_factory=list,
        description="Addresses of pages that differ from the release before, at most 100.",
    )


@strawberry.input(
    description="What the press took away of a document that left the feed, or an audience."
)
class RemovalInput:
    public_id: strawberry.ID = strawberry.field(description="Of the document.")
    at: Moment = strawberry.field(description="When the press was done.")
    seconds: float = strawberry.field(description="How long it took.")
    releases: list[int] = strawberry.field(description="Those that lost something.")
    files: int = strawberry.field(description="Whose bytes are gone.")
    scanned: int = strawberry.field(description="Kept files that were searched for its words.")
    paths: list[str] = strawberry.field(
        description="Addresses where something was removed, at most 100."
    )
    still_said: list[str] = strawberry.field(
        description="Live addresses that hold words of it, at most 100."
    )
    still_live: list[str] = strawberry.field(
        description="Its own addresses where something else is live, at most 100."
    )
    moved_from: str = strawberry.field(
        default="",
        description="The audience that it is not for any more, where it still is for another.",
    )


@strawberry.type(description="A removal as the newsroom noted it.")
class Removal:
    public_id: strawberry.ID = strawberry.field(description="Of the document that left.")


@strawberry.type(description="A release as the newsroom noted it.")
class Release:
    number: int = strawberry.field(description="The one that was reported.")


def feed(
    info: Info,
    *,
    after: str | None = None,
    first: int = 200,
    audiences: Annotated[
        bool,
        strawberry.argument(
            description="Say true only if you keep each audience apart; else what is not for"
            " everyone is a removal."
        ),
    ] = False,
) -> Feed:
    info.context.require_press()
    if not 1 <= first <= MOST_ENTRIES:
        message = f"`first` is {first}; ask for 1 to {MOST_ENTRIES} at a time."
        raise CallerError(message)
    try:
        page = read_feed(after=after, first=first, by_audience=audiences)
    except UnreadableCursorError as error:
        raise CallerError(str(error)) from error
    return Feed(
        epoch=page.epoch,
        cursor=page.cursor,
        has_more=page.has_more,
        reset=page.reset,
        entries=[
            FeedEntry(
                seq=entry.seq,
                op=Op(entry.op),
                public_id=strawberry.ID(str(entry.public_id)),
                document=None if entry.text is None else Document(JsonText(entry.text)),
                cut_seq=entry.cut_seq,
            )
            for entry in page.entries
        ],
        audiences=[NamedAudience(key=key, name=name) for key, name in page.audiences.items()],
    )


def preview(info: Info, token: str) -> Preview:
    page = draft_for(info.context.caller, token)
    return Preview(
        document=Document(document_for(page)),
        references=[Document(document) for document in documents_for(sources_of(page))],
        as_of=Moment(moment(timezone.now()) or ""),
    )


def record_release(info: Info, release: ReleaseInput) -> Release:
    info.context.require_press()
    kept = keep_report(
        number=release.number,
        epoch=release.epoch,
        cursor=release.cursor,
        started_at=datetime.fromisoformat(release.started_at),
        activated_at=datetime.fromisoformat(release.activated_at),
        pages=release.pages,
        changed=release.changed,
        set_aside=[
            {"public_id": str(each.public_id), "reason": each.reason} for each in release.set_aside
        ],
        rendered_at=datetime.fromisoformat(release.rendered_at) if release.rendered_at else None,
        paths=release.paths,
    )
    return Release(number=kept.number)


def record_removal(info: Info, removal: RemovalInput) -> Removal:
    info.context.require_press()
    try:
        item_id = UUID(removal.public_id)
    except ValueError as error:
        message = "`publicId` is not the id of a document."
        raise CallerError(message) from error
    kept = keep_removal(
        item_id,
        at=datetime.fromisoformat(removal.at),
        seconds=removal.seconds,
        releases=removal.releases,
        files=removal.files,
        scanned=removal.scanned,
        paths=removal.paths,
        still_said=removal.still_said,
        still_live=removal.still_live,
        moved_from=removal.moved_from,
    )
    return Removal(public_id=strawberry.ID(str(kept.item_id)))
