"""What compiled templates call for every value that they print."""

from markupsafe import escape
from markupsafe._speedups import _escape_inner


def escaped(value: object) -> str:
    """The value as markup, like `markupsafe.escape`, but without marking every text as such."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)  # type: ignore[arg-type]
    if kind is int:
        return str(value)
    return escape(value)
