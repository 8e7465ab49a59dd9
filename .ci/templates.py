"""Compile every template, and refuse markup that a strict content policy would refuse too."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import jinja2
from django.template import TemplateSyntaxError
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[1]
REFUSED = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*(\bsrc=|application/(ld\+)?json))", re.IGNORECASE
    ),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
}


def wrong_with_newsroom() -> Iterator[str]:
    """Compile the newsroom's templates with Django."""
    for path in sorted((ROOT / "cms").glob("*/templates/**/*.html")):
        folder = next(parent for parent in path.parents if parent.name == "templates")
        try:
            get_template(str(path.relative_to(folder)))
        except TemplateSyntaxError as error:
            yield f"{path.relative_to(ROOT)}: {error}"
        yield from wrong_with_markup(path)


def wrong_with_theme() -> Iterator[str]:
    """Parse the hub's templates with Jinja."""
    environment = jinja2.Environment(autoescape=True)
    for path in sorted((ROOT / "themes").glob("**/*.html")):
        try:
            environment.parse(path.read_text(encoding="utf-8"), filename=str(path))
        except jinja2.TemplateSyntaxError as error:
            yield f"{path.relative_to(ROOT)}:{error.lineno}: {error.message}"
        yield from wrong_with_markup(path)


def wrong_with_markup(path: Path) -> Iterator[str]:
    """Point at inline styles and scripts; a mail can have no others."""
    if "mail" in path.parts:
        return
    markup = path.read_text(encoding="utf-8")
    for name, pattern in REFUSED.items():
        for found in pattern.finditer(markup):
            line = markup.count("\n", 0, found.start()) + 1
            yield f"{path.relative_to(ROOT)}:{line}: {name}"


def main() -> int:
    """Check them all."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.test")
    django.setup()
    wrong = [*wrong_with_newsroom(), *wrong_with_theme()]
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
