"""Brings a newsroom to a number of public documents, by telling stories again under other ids."""

import json
import sys
from itertools import count, cycle, islice
from uuid import UUID

from django.db import transaction

from cms.documents.models import FeedHead, PublicDocument

TOGETHER = 500


@transaction.atomic
def main(wanted: str) -> None:
    """Add what is missing; only the feed knows of it, no page and no reference is made."""
    missing = max(0, int(wanted) - PublicDocument.objects.count())
    head = FeedHead.objects.select_for_update().get(pk=FeedHead.ONLY)
    stories = list(PublicDocument.objects.filter(kind="story"))
    numbered = zip(count(1), cycle(stories), strict=False)
    PublicDocument.objects.bulk_create(
        (
            _again(story, number, seq=head.seq + number)
            for number, story in islice(numbered, missing)
        ),
        batch_size=TOGETHER,
    )
    head.seq += missing
    head.save()
    sys.stdout.write(json.dumps({"documents": PublicDocument.objects.count()}) + "\n")


def _again(story: PublicDocument, number: int, *, seq: int) -> PublicDocument:
    public_id = UUID(int=story.public_id.int ^ (number << 16))
    path = f"{str(story.path).rstrip('/')}-{number}/"
    columns = {field.attname: getattr(story, field.attname) for field in story._meta.fields}
    content = {**story.content, "id": str(public_id), "path": path}
    own = {"public_id": public_id, "path": path, "seq": seq, "content": content}
    return PublicDocument(**{**columns, **own})
