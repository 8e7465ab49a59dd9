"""The texts that people were shown and said yes to, kept by digest."""

from dataclasses import dataclass

from wagtail.models import Revision

from cms.documents.digest import digest_of_page
from cms.stories.models import EditorialPage
from cms.workflow.models import KeptText


@dataclass(frozen=True)
class Text:
    """An item exactly as one revision holds it."""

    page: EditorialPage
    revision: Revision
    digest: str


def text_of(revision: Revision) -> Text:
    """Return the item as this revision holds it now."""
    page: EditorialPage = revision.as_object()
    return Text(page=page, revision=revision, digest=digest_of_page(page))


def latest_text(page: EditorialPage) -> Text:
    """Return the newest text of an item as the database has it, however old `page` itself is.

    What was never saved as a revision is saved as one.
    """
    newest = EditorialPage.objects.values_list("latest_revision_id", flat=True).get(pk=page.pk)
    if newest is None:
        newest = page.save_revision(changed=False, clean=False).pk
    return text_of(Revision.objects.get(pk=newest))


def keep(text: Text) -> str:
    """Remember this text, so that it can later be said what changed since; return its digest.

    The approval page calls it with what it shows: `keep(latest_text(page))`.
    """
    KeptText.objects.get_or_create(
        item_id=text.page.pk, digest=text.digest, defaults={"content": text.revision.content}
    )
    return text.digest


def kept(page: EditorialPage, digest: str) -> EditorialPage | None:
    """Return the item as it was with this digest; None when that text was never kept."""
    found = KeptText.objects.filter(item=page.pk, digest=digest).first()
    if found is None:
        return None
    then: EditorialPage = page.specific.with_content_json(found.content)
    return then
