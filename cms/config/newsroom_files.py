"""Pictures and documents as the newsroom sees them; readers get theirs from a release."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from cms.accounts.roles import may_enter_newsroom


def keep_private(response: HttpResponseBase) -> None:
    """Let nobody store it, and let nothing in it run."""
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"


@require_safe
@login_required
def newsroom_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send one stored file to somebody who works in the newsroom."""
    if not may_enter_newsroom(request.user):
        raise PermissionDenied
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    keep_private(response)
    return response


def for_newsroom(view: Any) -> Any:
    """Keep a view of Wagtail's own for those who work in the newsroom."""

    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_enter_newsroom(request.user):
            raise PermissionDenied
        response: HttpResponseBase = view(request, *args, **kwargs)
        keep_private(response)
        return response

    return guarded
