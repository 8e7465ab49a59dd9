"""One hash for one content: equal when a reader would see the same."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from cms.core.models import HubPageBase
from cms.documents.approval import approved_content, approved_contents
from cms.documents.lookup import Lookup
from cms.documents.shapes import JSON

MOMENTS = frozenset({"published_at", "updated_at", "format"})


def digest_of(document: Mapping[str, JSON]) -> str:
    """Return the hash of a document, apart from when it was published and in which format."""
    content = {key: value for key, value in document.items() if key not in MOMENTS}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def digest_of_page(page: HubPageBase, lookup: Lookup | None = None) -> str:
    """Return the hash of everything an approver says yes to: text, names, dates and pictures."""
    return digest_of(approved_content(page, lookup))


def digests_of_pages(pages: Sequence[HubPageBase]) -> list[str]:
    """Return the same for many pages, in as many queries as one needs."""
    return [digest_of(content) for content in approved_contents(pages)]
