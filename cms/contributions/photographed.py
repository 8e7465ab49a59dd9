"""Who is in a photo, by the names that were typed with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cms.accounts.models import Person
from cms.contributions.models import Contribution
from cms.stories.models import EditorialPage

BETWEEN = re.compile(r"[,;&/+\n]|\s(?:en|and)\s")
BESIDE = re.compile(r"\([^)]*\)")
WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True)
class Pictured:
    """The colleagues that the names mean, and the names that mean none or several."""

    people: list[int] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def pictured(names: str, *, about: Person | None) -> Pictured:
    """Return who is meant by names as they were typed, one for each.

    Whoever is meant is shown the picture and what stands with it, so nobody is guessed: of a
    visitor called Anna, the one colleague of that name has nothing to read.

    Args:
        names: With commas, lines or *and* between them; whole, as colleagues are called.
        about: Whom the item is about; a part of her name is enough, for she reads it anyway.
    """
    found = Pictured()
    for name in _names_in(names):
        person = _colleague(name, about=about)
        if person is None:
            found.strangers.append(name)
        elif person not in found.people:
            found.people.append(person)
    return found


def strangers_in(page: EditorialPage) -> list[str]:
    """Return the names typed with the photos of an item by which no colleague could be asked."""
    contribution = Contribution.objects.select_related("about").filter(item=page.pk).first()
    if contribution is None:
        return []
    keys = [photo.who_key for photo in contribution.photos.all()]
    typed = contribution.answers.filter(key__in=keys).order_by("key").values_list("text", flat=True)
    names = [name for text in typed for name in pictured(text, about=contribution.about).strangers]
    return list(dict.fromkeys(names))


def _names_in(typed: str) -> Iterator[str]:
    for piece in BETWEEN.split(BESIDE.sub("", typed)):
        if words := WORD.findall(piece):
            yield " ".join(words)


def _colleague(name: str, *, about: Person | None) -> int | None:
    wanted = _words(name)
    if about is not None and wanted <= _words(about.name):
        return about.pk
    candidates = Person.objects.all()
    for word in name.split():
        candidates = candidates.filter(name__icontains=word)
    keys = [key for key, known in candidates.values_list("pk", "name") if wanted == _words(known)]
    return keys[0] if len(keys) == 1 else None


def _words(name: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(name)}
