"""The headers that the hub's pages have and Django doesn't know of, for what Django answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hub_site.asgi import PERMISSIONS

HEADERS = {"Permissions-Policy": PERMISSIONS, "Cross-Origin-Resource-Policy": "same-origin"}


class OfTheHub:
    """Middleware: no other site uses our files, and nothing here asks a device for anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add them to whatever the newsroom, the contract and the sign-in answer."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
