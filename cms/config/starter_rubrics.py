"""The rubrics an organisation starts with, read from `content/rubrics/`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify

from cms.accounts.models import Person
from cms.config.errors import WrongUseError
from cms.core.languages import Language
from cms.stories.models import Colour, Connection, HubPage, QuestionSet, Rubric, Tile
from cms.stories.question_versions import add_version, newest_set
from cms.stories.questions.reading import Fault, UnreadableQuestionsError, questions_of

WORDS = {"name": 120, "purpose": 250, "tone": 250, "cadence": 160}
"""What every file says in both languages, and how long it may be."""
CHOICES = {"colour": Colour, "tile": Tile, "connection": Connection}


class UnreadableRubricsError(WrongUseError):
    """Some files can't be used; the message names each fault with its file, key and remedy."""


@dataclass
class Loaded:
    """What loading did, by the names of rubrics."""

    added: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@cache
def starter_rubrics() -> dict[str, dict[str, Any]]:
    """Return every starter rubric by its id, as its file says it."""
    return read_rubrics(settings.PLEIN_CHECKOUT / "content" / "rubrics")


def read_rubrics(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the rubrics in a folder by their id.

    Raises:
        UnreadableRubricsError: Naming every file and key that is wrong, and how to mend it.
    """
    found: dict[str, dict[str, Any]] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            rubric = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            faults.append(f"{path.name}: this is no YAML in UTF-8: {' '.join(str(error).split())}")
            continue
        faults += [f"{path.name}: {fault}" for fault in _faults(rubric, path.stem)]
        if isinstance(rubric, Mapping):
            found[path.stem] = dict(rubric)
    if faults:
        raise UnreadableRubricsError("\n".join(faults))
    return found


def _faults(rubric: Any, name: str) -> Iterator[Fault]:
    if not isinstance(rubric, Mapping):
        yield Fault("id", f"Begin the file with ‘id: {name}’.")
        return
    if rubric.get("id") != name:
        yield Fault("id", f"Write ‘{name}’, as the file is called, or rename the file.")
    for key, choices in CHOICES.items():
        if rubric.get(key) not in choices.values:
            yield Fault(key, f"Choose one of: {', '.join(choices.values)}.")
    yield from _faults_in_words(rubric)
    try:
        questions_of(rubric)
    except UnreadableQuestionsError as error:
        yield from error.faults


def _faults_in_words(rubric: Mapping[str, Any]) -> Iterator[Fault]:
    for key, longest in WORDS.items():
        words = rubric.get(key)
        said = words if isinstance(words, Mapping) else {}
        for language in Language.values:
            text = said.get(language)
            if not isinstance(text, str) or not 0 < len(text) <= longest:
                yield Fault(f"{key}.{language}", f"Say it in at most {longest} characters.")


def add_rubric(
    hub: HubPage,
    wanted: dict[str, Any],
    *,
    slug: str = "",
    keeper: Person | None = None,
    approvers: Group | None = None,
) -> Rubric:
    """Put one rubric on the hub, in the hub's language, live at once, with its questions if any.

    A rubric approved by a group of its own is written by that group: it is closed to others.
    """
    introduction = (wanted.get("introduction") or "").strip()
    language = hub.language
    name = wanted["name"][language]
    rubric: Rubric = hub.add_child(
        instance=Rubric(
            title=name,
            slug=slug or slugify(name),
            language=language,
            purpose=wanted["purpose"][language],
            tone=wanted["tone"][language],
            cadence=wanted["cadence"][language],
            colour=wanted["colour"],
            tile=wanted["tile"],
            introduction=f"<p>{introduction}</p>" if introduction else "",
            keeper=keeper,
            approvers=approvers,
            open_to_ambassadors=approvers is None,
        )
    )
    if wanted.get("questions"):
        add_version(rubric, wanted, starter=wanted["id"])
    return rubric


@transaction.atomic
def load_rubrics(hub: HubPage, wanted: Mapping[str, dict[str, Any]]) -> Loaded:
    """Add what is missing, and the next version of questions that only ever came from a file."""
    loaded = Loaded()
    for name, file in wanted.items():
        rubric = _known(hub, name, file)
        if rubric is None:
            loaded.added.append(add_rubric(hub, file).title)
            continue
        before = newest_set(rubric)
        if before is not None and before.starter != name:
            loaded.kept.append(rubric.title)
            continue
        after = add_version(rubric, file, starter=name)
        if before is None or after.number != before.number:
            loaded.renewed.append(rubric.title)
    return loaded


def _known(hub: HubPage, name: str, file: Mapping[str, Any]) -> Rubric | None:
    """Find the rubric of a file: by where its questions came from, else by its address."""
    of_file = QuestionSet.objects.filter(starter=name).order_by("-number").first()
    if of_file is not None:
        return Rubric.objects.get(pk=of_file.rubric_id)
    slug = slugify(file["name"][hub.language])
    found: Rubric | None = Rubric.objects.child_of(hub).filter(slug=slug).first()
    return found
