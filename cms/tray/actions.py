"""The acts of the tray: take in, do something with it, and let the sender know."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.accounts import roles
from cms.accounts.models import User
from cms.documents.models import PublicDocument
from cms.planning.models import LONGEST_IDEA, Idea
from cms.stories.models import EditorialPage
from cms.tray import letters
from cms.tray.errors import AlreadySettled, AnswerNeeded
from cms.tray.models import Note
from cms.workflow import notifications
from cms.workflow.errors import NotAllowed

LONGEST = 2000
SAME_WITHIN = timedelta(hours=1)
"""The same words are the same note for so long, and until the hour is over: of who gave no name
only the hour is known."""
KEEP_SENDER = timedelta(days=90)
KEEP_NOTE = timedelta(days=365)

BECOMES_IDEA = frozenset({Note.Outcome.IDEA, Note.Outcome.REQUEST})
"""A request is made of an idea, on the screen of requests."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What came through the door.

    Attributes:
        words: What she wrote; longer than `LONGEST` is cut by the form, not here.
        kind: One of `Note.Kind`.
        page_path: Of the page it is about, from the root of the hub; empty is none.
        sender: Only of who wants to hear what is done with it.
        email: An address to tell it to, where that is not her account's.
        form: Which of the forms that were shown it was written on; empty is not known.
    """

    words: str
    kind: str
    page_path: str = ""
    sender: User | None = None
    email: str = ""
    form: str = ""

    @property
    def said(self) -> dict[str, Any]:
        return {
            "words": self.words.strip(),
            "kind": self.kind if self.kind in Note.Kind.values else Note.Kind.QUESTION,
            "page_path": self.page_path,
            "sender": self.sender,
            "sender_email": self.email,
        }

    @property
    def key(self) -> str | None:
        """What one form with these words has and no other; neither can be read from it."""
        if not self.form:
            return None
        sender = self.sender.pk if self.sender else None
        parts = [self.form, *{**self.said, "sender": sender}.values()]
        return sha256(json.dumps(parts).encode()).hexdigest()


def is_known(sent: Sent) -> bool:
    """Say whether this form was sent before with these words, and arrived."""
    return sent.key is not None and Note.objects.filter(sent_key=sent.key).exists()


@transaction.atomic
def receive(sent: Sent) -> Note:
    """Put a note in the tray and tell the community managers; sent twice, it is one note.

    What is sent twice in one moment neither of the two finds in the tray: there the database
    refuses the second, by its key.
    """
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    recent = Note.objects.waiting().filter(received_at__gte=hour - SAME_WITHIN)
    if known := recent.filter(**sent.said).first():
        return known
    # To the hour where she gave no name: a moment could be laid beside another list of moments.
    received_at = now if sent.sender is not None or sent.email else hour
    new = {**sent.said, "item": _item_at(sent.page_path), "received_at": received_at}
    if sent.key is None:
        note, is_new = Note.objects.create(**new), True
    else:
        note, is_new = Note.objects.get_or_create(sent_key=sent.key, defaults=new)
    if is_new:
        managers = User.objects.filter(groups__name=roles.COMMUNITY_MANAGERS, is_active=True)
        told = [user for user in managers if user != sent.sender]
        notifications.send(told, lambda: letters.received(note))
    return note


@transaction.atomic
def settle(note: Note, *, by: User, outcome: str, answer: str = "") -> Note:
    """Say what was done with a note; who left a name or an address hears it.

    Raises:
        NotAllowed: The tray is the newsroom's.
        AlreadySettled: Somebody was first.
        AnswerNeeded: The sender wants to hear something.
    """
    if not roles.sees_everything(by) or outcome not in Note.Outcome.values:
        raise NotAllowed
    note = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.outcome:
        raise AlreadySettled
    answer = answer.strip()
    if not answer and (note.wants_to_hear or outcome == Note.Outcome.ANSWER):
        raise AnswerNeeded
    note.outcome, note.answer = outcome, answer
    note.settled_by, note.settled_at = by, timezone.now()
    note.save(update_fields=["outcome", "answer", "settled_by", "settled_at"])
    if outcome in BECOMES_IDEA:
        # Whose it was stays with the note, and goes with it: the list of ideas names nobody.
        note.idea = Idea.objects.create(text=" ".join(note.words.split())[:LONGEST_IDEA])
        note.save(update_fields=["idea"])
    _tell(note)
    return note


def forget(now: datetime) -> int:
    """Forget who sent what was settled three months ago, and after a year the note itself."""
    settled = Note.objects.exclude(outcome="")
    named = settled.filter(settled_at__lt=now - KEEP_SENDER).exclude(sender=None, sender_email="")
    bare = named.update(sender=None, sender_email="")
    return bare + int(Note.objects.filter(received_at__lt=now - KEEP_NOTE).delete()[0])


def _tell(note: Note) -> None:
    if note.sender_email:
        notifications.send_to_address(note.sender_email, lambda: letters.settled(note))
    elif note.sender is not None:
        notifications.send([note.sender], lambda: letters.settled(note))


def _item_at(page_path: str) -> EditorialPage | None:
    """Return the item whose page this is, if it is one that everybody may know of."""
    path = page_path.strip("/")
    if not path:
        return None
    document = PublicDocument.objects.filter(path=f"{path}/").first()
    if document is None:
        return None
    return EditorialPage.objects.filter(public_id=document.pk).first()
