"""The addresses of the hub, as the press will print them."""

from django.utils.text import slugify

from cms.accounts.models import Department, Person
from cms.stories.models import Goal, Tag, Theme

HOME = ""
STEP = 4
"""Letters of treebeard's path per level of the page tree."""


def join(*slugs: str) -> str:
    """Return the path of a page below others: no leading slash, a trailing one."""
    return "".join(f"{slug}/" for slug in slugs)


def person_path(person: Person) -> str:
    return join("collegas", person.slug)


def tag_path(tag: Tag) -> str:
    """Return where a tag's page is; of one without a letter or digit, by its id."""
    slug = slugify(tag.slug.replace("_", "-"))  # a second "C" is c_1 to taggit
    return join("onderwerp", slug or tag.public_id.hex[-8:])


def theme_path(theme: Theme) -> str:
    return join("thema", theme.slug)


def department_path(department: Department) -> str:
    """Return where a department's page is: by its name, because departments have no slug."""
    return join("afdeling", slugify(department.name) or department.public_id.hex[-8:])


def goal_path(goal: Goal) -> str:
    """Return where a goal's page is: its code, which no other has, and its name."""
    return join("doel", slugify(f"{goal.code} {goal.name}") or goal.public_id.hex[-8:])


def parent_tree_path(tree_path: str) -> str:
    """Return the place in the page tree one level up; empty above the root."""
    return tree_path[:-STEP]


def order_among_siblings(tree_path: str) -> int:
    """Return where in the editors' order a page stands; treebeard counts in base 36."""
    return int(tree_path[-STEP:] or "0", 36)
