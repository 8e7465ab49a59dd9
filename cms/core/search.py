"""Wagtail's search, for whatever somebody types: `WAGTAILSEARCH_BACKENDS` names this module.

On SQLite the stock backend puts a typed quotation mark into the query unescaped (wagtail issue
13227), and it nests one call per word; so one character, or a pasted page, is a fault of the
server. Every search box, chooser and listing of the newsroom goes through here.
"""

from collections.abc import Callable
from typing import Any

from modelsearch.backends import database
from modelsearch.query import MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

MOST_WORDS = 20
"""Enough to find anything by; the databases' own limits lie far beyond it."""
_ENDS_A_WORD = str.maketrans({'"': " ", "\x00": " "})


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that is looked for
    """Return the backend of the database we have, which searches for what can be found."""
    backend = database.SearchBackend(params)
    backend.query_compiler_class = _forgiving(backend.query_compiler_class)
    backend.autocomplete_query_compiler_class = _forgiving(
        backend.autocomplete_query_compiler_class
    )
    return backend


def sayable(query: SearchQuery) -> SearchQuery:
    """Leave out what no index holds; where nothing else was typed, nothing is found."""
    if isinstance(query, PlainText | Phrase | Fuzzy):
        words = _words(query.query_string)
        return _like(query, query_string=" ".join(words)) if words else MATCH_NONE
    if isinstance(query, And | Or):
        parts = [sayable(part) for part in query.subqueries]
        said = [part for part in parts if part is not MATCH_NONE][:MOST_WORDS]
        return type(query)(said) if said else MATCH_NONE
    if isinstance(query, Not | Boost) and query is not MATCH_NONE:
        return _like(query, subquery=sayable(query.subquery))
    return query


def _words(text: str) -> list[str]:
    """Split as the backends do; a word of signs only stands in no index."""
    words = text.translate(_ENDS_A_WORD).split()
    return [word for word in words if any(map(str.isalnum, word))][:MOST_WORDS]


def _like(query: SearchQuery, **changed: Any) -> SearchQuery:
    """Return the same kind of query, with what it was made with but for this."""
    made: SearchQuery = type(query)(**{**vars(query), **changed})
    return made


def _forgiving(compiler: Callable[..., Any]) -> Callable[..., Any]:
    """Compile only what can be said."""

    def compiled(*given: Any, **options: Any) -> Any:
        made = compiler(*given, **options)
        made.query = sayable(made.query)
        return made

    return compiled
