"""The addresses of the hub, as the press will print them."""

from cms.accounts.models import Person
from cms.stories.models import Tag

HOME = ""
STEP = 4
"""Letters of treebeard's path per level of the page tree."""


def join(*slugs: str) -> str:
    """Return the path of a page below others: no leading slash, a trailing one."""
    return "".join(f"{slug}/" for slug in slugs)


def person_path(person: Person) -> str:
    return join("collegas", person.slug)


def tag_path(tag: Tag) -> str:
    return join("onderwerp", tag.slug)


def parent_tree_path(tree_path: str) -> str:
    """Return the place in the page tree one level up; empty above the root."""
    return tree_path[:-STEP]


def order_among_siblings(tree_path: str) -> int:
    """Return where in the editors' order a page stands; treebeard counts in base 36."""
    return int(tree_path[-STEP:] or "0", 36)
