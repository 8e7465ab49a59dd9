"""What an approver says yes to, as one comparable whole."""

from collections.abc import Sequence
from typing import cast

from cms.core.models import HubPageBase
from cms.documents.builders import build
from cms.documents.lookup import Lookup, lookup_for
from cms.documents.mentions import mentions_of, mentions_of_all
from cms.documents.shapes import JSON, Document
from cms.media.models import Image

DECIDED_ELSEWHERE = ("replaced_by",)


def approved_content(page: HubPageBase, lookup: Lookup | None = None) -> Document:
    """Return the document plus the pictures themselves; minus what other people decide.

    Whether a colleague has a page on the hub and which announcement replaces this one are not
    part of the text, so neither may undo a yes.
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
    pictures = Image.objects.in_bulk(mentions_of_all(pages).images)
    contents = []
    for page in pages:
        document = build(page, lookup)
        for key in DECIDED_ELSEWHERE:
            document.pop(key, None)
        shown = [pictures[key] for key in sorted(mentions_of(page).images) if key in pictures]
        contents.append({**document, "pictures": cast("JSON", [_seen(each) for each in shown])})
    return contents


def _seen(picture: Image) -> list[str]:
    return [
        str(picture.public_id),
        picture.get_file_hash(),
        picture.description,
        picture.credit,
    ]
