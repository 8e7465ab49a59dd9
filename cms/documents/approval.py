"""What an approver says yes to, as one comparable whole."""

from collections.abc import Sequence
from typing import cast

from cms.core.models import HubPageBase
from cms.documents.builders import build
from cms.documents.lookup import Lookup, lookup_for
from cms.documents.mentions import mentions_of, mentions_of_all
from cms.documents.shapes import JSON, Document
from cms.media.models import Document as File
from cms.media.models import Image

DECIDED_ELSEWHERE = ("replaced_by", "placement", "placed_until")
ADDED_LATER = ("theme",)
"""Left out where there is none, so that a yes from before an update still counts."""


def approved_content(page: HubPageBase, lookup: Lookup | None = None) -> Document:
    """Return the document plus the pictures themselves; minus what other people decide.

    Whether a colleague has a page on the hub, which announcement replaces this one and where it
    stands on the front page are not part of the text, so none of them may undo a yes.
    """
    (content,) = approved_contents([page], lookup)
    return content


def approved_contents(pages: Sequence[HubPageBase], lookup: Lookup | None = None) -> list[Document]:
    """Return the same of many pages, in as many queries as one needs.

    Args:
        pages: what is approved.
        lookup: what they mention, where that was looked up already.
    """
    lookup = (lookup or lookup_for(pages)).with_everyone_shown()
    mentioned = mentions_of_all(pages)
    pictures = Image.objects.in_bulk(mentioned.images)
    files = File.objects.in_bulk(mentioned.files) if mentioned.files else {}
    contents = []
    for page in pages:
        document = build(page, lookup)
        for key in DECIDED_ELSEWHERE:
            document.pop(key, None)
        for key in ADDED_LATER:
            if document.get(key) is None:
                document.pop(key, None)
        shown = [pictures[key] for key in sorted(mentions_of(page).images) if key in pictures]
        document["pictures"] = cast("JSON", [_seen(each) for each in shown])
        handed = [files[key] for key in sorted(mentions_of(page).files) if key in files]
        if handed:
            document["files"] = [[str(each.public_id), each.content_hash] for each in handed]
        contents.append(document)
    return contents


def _seen(picture: Image) -> list[str]:
    return [
        str(picture.public_id),
        picture.get_file_hash(),
        picture.description,
        picture.credit,
    ]
