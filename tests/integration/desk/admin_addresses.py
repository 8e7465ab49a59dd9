"""Every address of the admin, with arguments filled in for things that exist."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

PREFIX = "newsroom/"


@dataclass(frozen=True)
class Address:
    """One named pattern of the admin."""

    name: str
    route: str
    arguments: tuple[str, ...]

    def filled(self, values: Mapping[str, object]) -> str:
        """Return the path with every argument replaced; unknown ones become 1."""
        path = self.route
        for argument in self.arguments:
            value = str(values.get(argument, 1))
            for converter in ("int:", "slug:", "str:", ""):
                path = path.replace(f"<{converter}{argument}>", value)
        return "/" + path


COMPARE = "wagtailadmin_pages:revisions_compare"


def addresses() -> list[Address]:
    """Return all named addresses below the newsroom, each once."""
    found = {(one.name, one.route): one for one in _walk(get_resolver().url_patterns, "", ())}
    return [one for one in found.values() if one.route.startswith(PREFIX)]


def routes_outside() -> set[str]:
    """Return the routes of everything else that Django answers, named or not."""
    found = _all_routes(get_resolver().url_patterns, "")
    return {route for route in found if not route.startswith(PREFIX) or route == "newsroom/login/"}


def _all_routes(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from _all_routes(pattern.url_patterns, route)
        else:
            yield route


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, spaces: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            own = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern.url_patterns, route, (*spaces, *own))
        elif pattern.name:
            name = ":".join([*spaces, pattern.name])
            if name == COMPARE:
                route = route.replace(r"(?P<pk>\d+)", "<pk>")
                route = f"{route.partition('compare/')[0]}compare/earliest...latest/"
            yield Address(name, route, tuple(_arguments(route)))


def _arguments(route: str) -> Iterator[str]:
    for piece in route.split("<")[1:]:
        yield piece.partition(">")[0].rpartition(":")[2]
