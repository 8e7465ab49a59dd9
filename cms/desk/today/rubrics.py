"""The rubrics: where this person can begin a story, and which fell silent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Value
from django.db.models.functions import Length, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.accounts.models import User
from cms.stories.models import EditorialPage, Interview, Rubric, Story
from cms.stories.ownership import items_of, rubrics_open_to
from cms.stories.question_versions import newest_sets

STEP = Page.steplen
SILENT_AFTER = timedelta(weeks=6)


@dataclass(frozen=True)
class Start:
    """A rubric to begin in, each kind of item one tap away."""

    rubric: Rubric
    ways: list[tuple[str, str]]


@dataclass(frozen=True)
class Silent:
    rubric: Rubric
    last: datetime | None


def starts_for(user: User) -> list[Start]:
    """Return where she can begin: first the rubrics that she wrote in before."""
    paths = items_of(user).annotate(parent_path=Substr("path", Value(1), Length("path") - STEP))
    known = set(paths.values_list("parent_path", flat=True))
    rubrics = sorted(rubrics_open_to(user), key=lambda rubric: rubric.path not in known)
    asking = newest_sets(rubrics)
    return [Start(rubric, _ways(rubric, asks=rubric.pk in asking)) for rubric in rubrics]


def _ways(rubric: Rubric, *, asks: bool) -> list[tuple[str, str]]:
    """Return the ways to begin in a rubric; by its questions first, where it has any."""
    ways = [(_("Story"), _add(Story, rubric)), (_("Interview"), _add(Interview, rubric))]
    if not asks:
        return ways
    return [(_("With questions"), reverse("write:start", args=[rubric.public_id])), *ways]


def silent_rubrics(*, now: datetime | None = None) -> list[Silent]:
    """Return the rubrics on the hub in which nothing came for six weeks, longest first."""
    since = (now or timezone.now()) - SILENT_AFTER
    newest = (
        EditorialPage.objects.filter(first_published_at__isnull=False)
        .order_by()
        .annotate(parent_path=Substr("path", Value(1), Length("path") - STEP))
        .values("parent_path")
        .annotate(last=Max("first_published_at"))
    )
    last = {row["parent_path"]: row["last"] for row in newest}
    rubrics = [Silent(rubric, last.get(rubric.path)) for rubric in Rubric.objects.live()]
    silent = [one for one in rubrics if one.last is None or one.last < since]
    return sorted(silent, key=lambda one: one.last or datetime.min.replace(tzinfo=since.tzinfo))


def _add(kind: type[EditorialPage], rubric: Rubric) -> str:
    names = (kind._meta.app_label, kind._meta.model_name)  # noqa: SLF001 - Django's own names
    return reverse("wagtailadmin_pages:add", args=[*names, rubric.pk])
