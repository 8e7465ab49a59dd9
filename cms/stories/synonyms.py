"""Words that mean the same in this organisation, a line for each meaning."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_LINES = 500
LONGEST_WORD = 60


def synonyms_in(text: str) -> list[list[str]]:
    """Read the lines as groups of words; a line that puts nothing beside each other is none."""
    groups = [
        list(dict.fromkeys(word.strip() for word in line.split(",") if word.strip()))
        for line in text.splitlines()
    ]
    return [group for group in groups if len(group) > 1]


def refuse_odd_synonyms(text: str) -> None:
    """Say which line can't be used, and how it should be written."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise ValidationError(
            _("At most %(most)s lines: search reads all of them each time.") % {"most": MOST_LINES}
        )
    for number, line in enumerate(lines, 1):
        words = [word.strip() for word in line.split(",")]
        if line.strip() and len([word for word in words if word]) < 2:  # noqa: PLR2004
            raise ValidationError(
                _("Line %(number)s has one word: put a comma between words that mean the same.")
                % {"number": number}
            )
        if any(len(word) > LONGEST_WORD for word in words):
            raise ValidationError(
                _("Line %(number)s has a word of more than %(longest)s letters.")
                % {"number": number, "longest": LONGEST_WORD}
            )
