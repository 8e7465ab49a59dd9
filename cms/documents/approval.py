"""What an approver says yes to, as one comparable whole."""

from typing import cast

from cms.core.models import HubPageBase
from cms.documents.builders import build
from cms.documents.lookup import lookup_for
from cms.documents.pictures import pictures_of
from cms.documents.shapes import JSON, Document
from cms.stories.models import EditorialPage

DECIDED_ELSEWHERE = ("replaced_by",)


def approved_content(page: HubPageBase) -> Document:
    """Return the document plus the pictures themselves; minus what other people decide.

    Whether a colleague has a page on the hub and which announcement replaces this one are not
    part of the text, so neither may undo a yes.
    """
    document = build(page, lookup_for([page]).with_everyone_shown())
    for key in DECIDED_ELSEWHERE:
        document.pop(key, None)
    pictures = pictures_of(page) if isinstance(page, EditorialPage) else []
    shown = [
        [str(picture.public_id), picture.get_file_hash(), picture.description, picture.credit]
        for picture in pictures
    ]
    return {**document, "pictures": cast("JSON", shown)}
