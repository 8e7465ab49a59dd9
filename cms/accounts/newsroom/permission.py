from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from cms.accounts import roles


def for_administrators(view: type[Any]) -> type[Any]:
    """Keep a screen for those who give out accounts."""
    guarded: type[Any] = method_decorator(_administrators_only, name="dispatch")(view)
    return guarded


def _administrators_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not roles.is_administrator(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(guarded)
