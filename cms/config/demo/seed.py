"""Fills a hub with any number of stories, the same ones for the same number every time."""

import random
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cms.accounts.models import Department, Person, User
from cms.config.demo.bulk import Live, write_live
from cms.media.models import Image
from cms.stories.models import (
    Author,
    Connection,
    CoreValue,
    Goal,
    Rubric,
    Story,
    Tag,
    TaggedItem,
)

SEED = 20261122
BATCH = 250
"""Per transaction, of about two seconds: whoever saves meanwhile waits no longer than that."""
HOURS_BETWEEN_STORIES = 7
WORDS_OF_A_TITLE = (3, 8)
LENGTH_OF_A_SENTENCE = range(20, 240)
SUBJECTS = [
    *("veiligheid", "planning", "vakmanschap", "koffie", "leren", "samenwerken", "onderhoud"),
    *("klanten", "techniek", "duurzaamheid", "kantine", "vervoer", "gezondheid", "jubileum"),
]


class NoHubError(Exception):
    """There is no rubric to put stories in."""


def seed(stories: int, *, say: Callable[[str], None] = print) -> None:
    """Publish that many stories in the rubrics that are there, the newest one hour ago.

    Raises:
        NoHubError: when the hub has no rubric or nobody who may be named as the author.
    """
    supplies = _Supplies(random.Random(SEED + Story.objects.count()))  # noqa: S311 - chance that repeats
    newest = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    for start in range(0, stories, BATCH):
        numbers = range(start, min(start + BATCH, stories))
        with transaction.atomic():
            write_live(
                [
                    supplies.live(number, newest - timedelta(hours=HOURS_BETWEEN_STORIES * age))
                    for number in numbers
                    for age in [stories - 1 - number]
                ],
                approver=supplies.approver,
            )
        say(f"{numbers.stop} of {stories} stories are in.")


class _Supplies:
    """What seeded stories are made of: sentences of the demo, and whatever the hub already has."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.sentences = list(_sentences())
        self.rubrics = list(Rubric.objects.live().order_by("path"))
        self.people = list(Person.objects.on_hub().order_by("slug"))
        self.images = list(Image.objects.order_by("pk"))
        self.departments = list(Department.objects.all())
        self.goals = list(Goal.objects.filter(is_archived=False))
        self.values = list(CoreValue.objects.all())
        self.tags = [_tag(subject) for subject in SUBJECTS]
        self._first_slug = Story.objects.count()
        approver = User.objects.filter(is_active=True).order_by("pk").first()
        if not (self.rubrics and self.people and approver):
            message = (
                "There is no rubric with colleagues yet: run `plein demo` first, or make them."
            )
            raise NoHubError(message)
        self.approver = approver

    def live(self, number: int, at: datetime) -> Live:
        """Return one story, with where and since when it is public."""
        story = self._story(number)
        story.owner = self.approver
        return Live(story=story, rubric=self.chance.choice(self.rubrics), at=at)

    def _story(self, number: int) -> Story:
        chance = self.chance
        image = chance.choice([*self.images, None]) if self.images else None
        story = Story(
            title=self._title(),
            slug=f"verhaal-{self._first_slug + number + 1:05d}",
            live=False,
            summary=chance.choice(self.sentences)[:300],
            lead_image=image,
            connection=chance.choice(list(Connection)).value,
            goal=chance.choice([*self.goals, None]),
            core_value=chance.choice([*self.values, None]),
            body=[
                {"type": kind, "value": value, "id": self._block_id()}
                for kind, value in self._body()
            ],
        )
        story.authors.set([Author(person=chance.choice(self.people))])
        # Saying that there are none saves asking for them, story by story.
        story.people.set([])
        story.wagtail_admin_comments.set([])
        tags = chance.sample(self.tags, k=chance.randint(1, 3))
        story.tagged_items.set([TaggedItem(tag=tag) for tag in tags])
        story.departments.set(chance.sample(self.departments, k=min(1, len(self.departments))))
        return story

    def _block_id(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def _title(self) -> str:
        words = self.chance.choice(self.sentences).split()
        wanted = self.chance.randint(*WORDS_OF_A_TITLE)
        return " ".join(words[:wanted]).strip(" ,.:;\u2018\u2019")[:120] or "Zonder titel"

    def _body(self) -> Iterator[tuple[str, object]]:
        for part in range(self.chance.randint(2, 4)):
            if part:
                yield "heading", {"text": self._title()}
            for _paragraph in range(self.chance.randint(1, 3)):
                sentences = self.chance.sample(self.sentences, k=self.chance.randint(3, 6))
                yield "paragraph", f"<p>{' '.join(sentences)}</p>"
        speaker = self.chance.choice(self.people)
        yield (
            "pull_quote",
            {"text": self.chance.choice(self.sentences)[:200], "speaker": speaker.pk},
        )


def _tag(subject: str) -> Tag:
    made, _is_new = Tag.objects.get_or_create(slug=slugify(subject), defaults={"name": subject})
    return made


def _sentences() -> Iterator[str]:
    """Take the sentences of the demo's Dutch paragraphs, without markup."""
    for path in sorted((settings.PLEIN_CHECKOUT / "content" / "demo" / "items").glob("*.yaml")):
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
        if facts["language"] != "nl" or facts["state"] != "live":
            continue
        for block in facts.get("body") or []:
            text = re.sub(r"<[^>]+>", " ", block.get("html") or block.get("answer_html") or "")
            for sentence in re.split(r"(?<=[.?!])\s+", " ".join(text.split())):
                if "<" not in sentence and len(sentence) in LENGTH_OF_A_SENTENCE:
                    yield sentence.replace("&amp;", "en").replace("&nbsp;", " ")
