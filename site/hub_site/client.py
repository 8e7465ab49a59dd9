"""The press's only way to the newsroom: its GraphQL contract over HTTP. JSON enters here, once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx

from hub_site.content.documents import SetAside
from hub_site.content.feed import FeedEntry, FeedPage, PreviewAnswer
from hub_site.content.fields import DocumentError, Fields
from hub_site.content.store import Position
from hub_site.errors import NewsroomUnreachableError, PressError, PreviewRefusedError
from hub_site.releases import Removal
from hub_site.settings import PressSettings

MOST_PATHS = 100
"""The newsroom keeps so many with a release."""
LARGEST_FILE = 500 * 1024 * 1024
"""A film: the newsroom takes none that is larger."""
BEGINNING = 64
"""Bytes by which a file is known for what it is."""
_FEED = """query Feed($after: String, $first: Int) {
  feed(after: $after, first: $first, audiences: true) {
    epoch cursor hasMore reset entries { seq op publicId document cutSeq } audiences { key name }
  }
}"""
_PREVIEW = """query Preview($token: String!) {
  preview(token: $token) { document references asOf }
}"""
_RECORD = """mutation RecordRelease($release: ReleaseInput!) {
  recordRelease(release: $release) { number }
}"""

_RECORD_REMOVAL = """mutation RecordRemoval($removal: RemovalInput!) {
  recordRemoval(removal: $removal) { publicId }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the newsroom is told about a release that went live."""

    number: int
    epoch: str
    cursor: str
    started_at: datetime
    activated_at: datetime
    pages: int
    changed: int
    set_aside: tuple[SetAside, ...]
    rendered_at: datetime | None = None
    paths: tuple[str, ...] = ()


class Newsroom:
    """The newsroom as the press sees it; every call has a time-out."""

    def __init__(self, settings: PressSettings) -> None:
        self._settings = settings
        self._http = httpx.Client(
            timeout=settings.timeout_seconds,
            verify=settings.verify_tls,
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def feed(self, position: Position | None) -> Iterator[FeedPage]:
        """Everything that changed since `position`, page by page, until there is no more."""
        after = position.cursor if position else None
        epoch = position.epoch if position else None
        while True:
            page = self._feed_page(after)
            if epoch is not None and page.epoch != epoch and not page.is_reset:
                # Another newsroom than the one we know: start again from nothing.
                after = epoch = None
                continue
            if epoch is None and not page.is_reset and after is None:
                page = replace(page, is_reset=True)
            yield page
            if not page.has_more:
                return
            if page.cursor == after:
                raise NewsroomUnreachableError("The newsroom's feed does not move on.")
            after, epoch = page.cursor, page.epoch

    def _feed_page(self, after: str | None) -> FeedPage:
        variables = {"after": after, "first": self._settings.feed_page_size}
        data = self._ask(_FEED, variables)
        try:
            return _feed_page(data.inner("feed"))
        except DocumentError as error:
            raise NewsroomUnreachableError(
                f"The newsroom's feed is not as agreed: {error}"
            ) from error

    def preview(self, token: str) -> PreviewAnswer:
        """The draft that this token is for, with every document it needs."""
        data = self._ask(_PREVIEW, {"token": token}, refused=PreviewRefusedError)
        if data.is_null("preview"):
            raise PreviewRefusedError("This preview is no longer valid.")
        try:
            answer = data.inner("preview")
            references = tuple(reference.values for reference in answer.each("references"))
            document = answer.inner("document").values
            return PreviewAnswer(document, references, answer.moment("asOf"))
        except DocumentError as error:
            raise NewsroomUnreachableError(f"The preview is not as agreed: {error}") from error

    def record_release(self, receipt: Receipt) -> None:
        """Tell the newsroom which release is live, up to which change, and what was set aside."""
        release = {
            "number": receipt.number,
            "epoch": receipt.epoch,
            "cursor": receipt.cursor,
            "startedAt": receipt.started_at.isoformat(),
            "activatedAt": receipt.activated_at.isoformat(),
            "pages": receipt.pages,
            "changed": receipt.changed,
            "setAside": [
                {"publicId": each.public_id, "reason": each.reason} for each in receipt.set_aside
            ],
            "renderedAt": receipt.rendered_at.isoformat() if receipt.rendered_at else None,
            "paths": list(receipt.paths[:MOST_PATHS]),
        }
        self._ask(_RECORD, {"release": release})

    def record_removal(self, removal: Removal) -> None:
        """Tell the newsroom what is gone of a document that left the feed, or an audience."""
        public_id, _, moved_from = removal.public_id.partition(" ")
        told = {
            "publicId": public_id,
            "movedFrom": moved_from,
            "at": removal.at,
            "seconds": removal.seconds,
            "releases": list(removal.releases),
            "files": len(removal.blobs),
            "scanned": removal.scanned,
            "paths": list(removal.paths[:MOST_PATHS]),
            "stillSaid": list(removal.still_said[:MOST_PATHS]),
            "stillLive": list(removal.still_live[:MOST_PATHS]),
        }
        self._ask(_RECORD_REMOVAL, {"removal": told})

    @contextmanager
    def picture(
        self, digest: str, *, preview: str | None = None, part: range | None = None
    ) -> Iterator[Iterator[bytes] | None]:
        """The bytes of a picture or a film as they come; None when there is none for us.

        Of a part that begins within the file, only those.

        Raises:
            NewsroomUnreachableError: It does not answer, or stops, or does not stop sending.
        """
        with self._media(digest, preview, part) as response:
            yield None if response is None else self._bounded(response)

    def beginning(self, digest: str, *, preview: str) -> tuple[bytes, int] | None:
        """How a file of a draft begins, and its size in bytes; None when there is none for us.

        Raises:
            NewsroomUnreachableError: It does not answer, or as if it knew no parts.
        """
        with self._media(digest, preview, range(BEGINNING)) as response:
            if response is None:
                return None
            _unit, _slash, size = response.headers.get("content-range", "").rpartition("/")
            if not size.isdecimal():
                raise NewsroomUnreachableError("The newsroom sends no part of a file.")
            return b"".join(self._bounded(response)), int(size)

    @contextmanager
    def _media(
        self, digest: str, preview: str | None, part: range | None
    ) -> Iterator[httpx.Response | None]:
        address = urljoin(self._settings.api_url, f"media/{digest}")
        params = {"preview": preview} if preview else {}
        headers = self._headers()
        if part is not None:
            headers["Range"] = f"bytes={part.start}-{part.stop - 1}"
        try:
            with self._http.stream("GET", address, params=params, headers=headers) as response:
                if response.status_code == httpx.codes.NOT_FOUND:
                    yield None
                else:
                    response.raise_for_status()
                    yield response
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error

    def _bounded(self, response: httpx.Response) -> Iterator[bytes]:
        room = LARGEST_FILE
        try:
            for piece in response.iter_bytes():
                room -= len(piece)
                if room < 0:
                    raise NewsroomUnreachableError("The newsroom sends a file of more than 500 MB.")
                yield piece
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error

    def _ask(
        self,
        query: str,
        variables: Mapping[str, object],
        *,
        refused: type[PressError] = NewsroomUnreachableError,
    ) -> Fields:
        try:
            response = self._http.post(
                self._settings.api_url,
                json={"query": query, "variables": variables},
                headers=self._headers(),
            )
            if response.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
                raise refused(
                    "The newsroom does not accept the press's token: renew it and write it to"
                    f" {self._settings.token_file}."
                )
            response.raise_for_status()
            answer = response.json()
        except (httpx.HTTPError, ValueError, RecursionError) as error:
            raise self._unreachable(error) from error
        return _data_of(answer, refused)

    def _headers(self) -> dict[str, str]:
        try:
            token = self._settings.token_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            raise PressError(
                f"The press can't read its token in {self._settings.token_file}: {error}."
            ) from error
        return {"Authorization": f"Bearer {token}"} if token else {}

    def _unreachable(self, error: Exception) -> NewsroomUnreachableError:
        reason = str(error) or type(error).__name__
        return NewsroomUnreachableError(
            f"The newsroom at {self._settings.api_url} does not answer as it should: {reason}."
        )


def _data_of(answer: object, refused: type[PressError]) -> Fields:
    match answer:
        case {"errors": [{"message": str(message)}, *_]}:
            raise refused(f"The newsroom refuses: {message}")
        case {"data": dict(data)}:
            return Fields(data)
        case _:
            raise NewsroomUnreachableError("The newsroom's answer is not GraphQL.")


def _feed_page(feed: Fields) -> FeedPage:
    return FeedPage(
        epoch=feed.text("epoch"),
        cursor=feed.text("cursor"),
        has_more=feed.claim("hasMore"),
        is_reset=feed.claim("reset"),
        entries=tuple(_feed_entry(entry) for entry in feed.each("entries")),
        audiences={each.text("key"): each.text("name") for each in feed.each("audiences")},
    )


def _feed_entry(entry: Fields) -> FeedEntry:
    # What is wrong inside a document is found when it is parsed: that sets it aside by name.
    document = entry.values.get("document")
    is_removal = entry.text("op").upper() == "REMOVE"
    body = document if isinstance(document, dict) else {}
    return FeedEntry(
        entry.number("seq"),
        entry.identity("publicId"),
        None if is_removal else body,
        cut_seq=entry.number_or_none("cutSeq"),
    )
