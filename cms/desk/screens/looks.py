"""Which text of an item this approver was shown last; kept in her own session, nowhere else."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from cms.stories.models import EditorialPage
from cms.workflow import edits, texts
from cms.workflow.differences import Difference, between
from cms.workflow.texts import Text

KEY = "plein_looks"
MOST = 50


@dataclass(frozen=True)
class Changes:
    """What is different from an earlier text, and since when."""

    differences: list[Difference]
    since: datetime | None = None


def since_last_look(request: HttpRequest, text: Text) -> Changes | None:
    """Return what changed since this person looked; None when she sees it for the first time."""
    digest, at = request.session.get(KEY, {}).get(str(text.page.pk), (None, None))
    if digest is None or digest == text.digest:
        return None
    shown = texts.kept(text.page, digest)
    if shown is None:
        return None
    return Changes(between(shown, text.page), since=datetime.fromisoformat(at))


def since_author_said_yes(text: Text) -> Changes | None:
    """Return what an editor made of the author's own text; None when nobody touched it."""
    accepted = edits.said_yes_to(text.page)
    differences = between(accepted, text.page) if accepted else []
    return Changes(differences) if differences else None


def remember(request: HttpRequest, text: Text) -> None:
    looks = request.session.get(KEY, {})
    looks.pop(str(text.page.pk), None)
    looks[str(text.page.pk)] = (text.digest, timezone.now().isoformat())
    request.session[KEY] = dict(list(looks.items())[-MOST:])


def preview_url(request: HttpRequest, page: EditorialPage) -> str:
    """Return where the hub itself shows exactly this text, for a quarter of an hour."""
    shown = page.create_page_preview()
    address: str = page.get_preview_url(request, shown.token)
    return address
