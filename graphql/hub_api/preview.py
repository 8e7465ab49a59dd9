"""Drafts, for whoever holds a fresh token of the newsroom's preview."""

from datetime import timedelta

from django.core.signing import BadSignature
from wagtail_headless_preview.models import PagePreview

from cms.stories.models import EditorialPage
from hub_api.callers import Caller
from hub_api.errors import PreviewOverError

LONGEST = timedelta(minutes=15)
OVER = "This preview is over. Open it again in the newsroom."


def page_of_preview(token: str) -> EditorialPage | None:
    """Return the draft a token stands for, None when it is no token of ours or an old one."""
    try:
        EditorialPage.get_preview_signer().unsign(token, max_age=LONGEST)
    except BadSignature:
        return None
    kept = PagePreview.objects.filter(token=token).first()
    page = kept.as_page() if kept else None
    return page if isinstance(page, EditorialPage) else None


def draft_for(caller: Caller, token: str) -> EditorialPage:
    """Return the draft for the press, or for somebody who may edit it.

    Raises:
        PreviewOverError: for any other token or caller; which of the two is not told.
    """
    page = page_of_preview(token)
    if page is None or not (caller.is_press or _may_edit(caller, page)):
        raise PreviewOverError(OVER)
    return page


def _may_edit(caller: Caller, page: EditorialPage) -> bool:
    return bool(page.pk and page.permissions_for_user(caller.user).can_edit())
