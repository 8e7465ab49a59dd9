"""What the page shows: where she stands, her words before and after, her pictures, what is gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.agreement.models import Answer, Entry, Matter, Party, Representative
from cms.agreement.parts import Part, Passage, Shown
from cms.agreement.rules import Row, Stand, standing_of
from cms.agreement.sentences import Change, Same, compared, plain_of
from cms.contributions.speaking import typed_answers
from cms.publishing.models import Publication, Removal, Withdrawal
from cms.stories.models import EditorialPage
from cms.workflow import permissions, texts

FIELDS = {
    "title": gettext_lazy("In the title"),
    "summary": gettext_lazy("In the summary"),
    "lead_image_caption": gettext_lazy("Below the picture"),
}


class State(StrEnum):
    """Where she stands."""

    OPEN = "open"
    AGREED = "agreed"
    CHANGE = "change"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"
    NOTHING = "nothing"


@dataclass(frozen=True)
class ShownPassage:
    """Words of hers as they will stand there, with what became of what she said."""

    passage: Passage
    pieces: Sequence[Change | Same] = ()
    before: str = ""
    can_put_back: bool = False

    @property
    def text(self) -> str:
        return plain_of(self.passage.said)

    @property
    def label(self) -> str:
        """Say where words stand that are no part of the text."""
        return str(FIELDS.get(self.passage.where, ""))

    @property
    def changes(self) -> int:
        return sum(isinstance(piece, Change) for piece in self.pieces)


@dataclass(frozen=True)
class Gone:
    """The report of what was taken away, in her words."""

    at: datetime
    gone_at: datetime | None = None
    removal: Removal | None = None


@dataclass(frozen=True)
class OwnPart:
    """Everything the page says."""

    party: Party
    page: EditorialPage
    state: State
    digest: str = ""
    words: Sequence[ShownPassage] = ()
    pictures: Sequence[Shown] = ()
    matters: frozenset[Matter] = frozenset()
    answered_at: datetime | None = None
    is_live: bool = False
    is_on_its_way: bool = False
    gone: Gone | None = None
    writers: str = ""
    readers: str = ""
    for_whom: str = ""
    greeted: str = ""
    was_asked_before: bool = False
    entries: Sequence[Entry] = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        return Matter.WORDS in self.matters

    @property
    def has_pictures(self) -> bool:
        return Matter.PICTURE in self.matters

    @property
    def changes(self) -> int:
        return sum(passage.changes for passage in self.words)

    @property
    def can_put_back(self) -> bool:
        return any(passage.can_put_back for passage in self.words)


def own_part(party: Party, *, again: bool = False) -> OwnPart:
    """Return what somebody is shown of herself in an item.

    Args:
        party: Who she is, in which item.
        again: She said no, and would like to answer once more.
    """
    item: EditorialPage = party.item.specific
    page = texts.latest_text(item).page
    standing = standing_of(page)
    rows = standing.of(party.person_id)
    if not rows and item.live:
        page, standing = item, standing_of(item)
        rows = standing.of(party.person_id)
    part = standing.parts.get(party.person_id)
    entries = list(Entry.objects.filter(item=item.pk, person=party.person_id).order_by("pk"))
    state = State.OPEN if again and part else _state(rows, entries)
    represented = Representative.objects.filter(person=party.person_id).first()
    return OwnPart(
        party=party,
        page=page,
        state=state,
        digest=part.whole if part else "",
        words=_words(page, part, entries, is_open=party.is_open) if part else (),
        pictures=(*part.pictures, *part.crowds) if part else (),
        matters=frozenset(part.matters() if part else ()),
        answered_at=entries[-1].said_at if entries else None,
        is_live=item.live,
        is_on_its_way=Publication.objects.scheduled().filter(page=item.pk).exists(),
        gone=_gone(item, entries),
        writers=_(" and ").join(entry.person.name for entry in page.authors.all()),
        readers=_(" or ").join(user.display_name for user in permissions.approvers_of(item)),
        for_whom=party.person.name,
        greeted=represented.name if represented else party.person.name.partition(" ")[0],
        was_asked_before=any(entry.answer == Answer.YES for entry in entries),
        entries=entries,
    )


def _state(rows: Sequence[Row], entries: Sequence[Entry]) -> State:
    stands = {row.stand for row in rows}
    took_back = any(entry.withdrawn_at for entry in entries)
    newest = entries[-1].answer if entries else None
    if Stand.REFUSED in stands or (not rows and newest == Answer.NO):
        is_all = all(row.stand == Stand.REFUSED for row in rows)
        if is_all or not any(row.stand == Stand.OPEN for row in rows):
            return State.TAKEN_BACK if took_back else State.REFUSED
    if Stand.CHANGE in stands:
        return State.CHANGE
    if rows and all(row.stand.is_fine for row in rows):
        return State.AGREED
    return State.OPEN if rows else State.NOTHING


def _words(
    page: EditorialPage, part: Part, entries: Sequence[Entry], *, is_open: bool
) -> list[ShownPassage]:
    known = {**typed_answers(page), **_agreed_before(entries)}
    return [_passage(each, known.get(each.where, ""), is_open=is_open) for each in part.words]


def _agreed_before(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the words that she said yes to last, by where they stood."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry.answer == Answer.YES and entry.matter == Matter.WORDS:
            found |= {each["where"]: plain_of(each["said"]) for each in entry.shown}
    return found


def before_of(party: Party, page: EditorialPage, where: str) -> str:
    """Return what somebody said where these words stand now; nothing where nobody knows."""
    entries = Entry.objects.filter(item=party.item_id, person=party.person_id).order_by("pk")
    return {**typed_answers(page), **_agreed_before(entries)}.get(where, "")


def _passage(passage: Passage, before: str, *, is_open: bool) -> ShownPassage:
    is_block = passage.where not in FIELDS
    if not before or not is_block:
        return ShownPassage(passage)
    pieces = compared(before, plain_of(passage.said))
    return ShownPassage(passage, pieces, before=before, can_put_back=is_open)


def _gone(item: EditorialPage, entries: Sequence[Entry]) -> Gone | None:
    """Return what the press reported about what she took back: all of it, or her part."""
    taken_back = [entry.withdrawn_at for entry in entries if entry.withdrawn_at]
    if not taken_back:
        return None
    at, gone_at = _without_her(item, max(taken_back)) if item.live else _offline(item)
    if at is None:
        return None
    removal = Removal.objects.filter(item_id=item.public_id, at__gte=at).first()
    return Gone(at, gone_at=gone_at, removal=removal)


def _offline(item: EditorialPage) -> tuple[datetime | None, datetime | None]:
    withdrawal = Withdrawal.objects.filter(page=item.pk).first()
    return (withdrawal.at, withdrawal.gone_at) if withdrawal else (None, None)


def _without_her(item: EditorialPage, since: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when the item went on without her part, and when readers had it so."""
    after = Publication.objects.filter(page=item.pk, approved_at__gte=since)
    found = after.filter(state=Publication.State.PUBLISHED).order_by("pk").first()
    return (found.published_at, found.live_at) if found else (None, None)
