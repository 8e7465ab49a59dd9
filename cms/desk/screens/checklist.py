"""The lines an approver reads before she says yes: what is right, what is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.workflow.checklists import Looked
from cms.workflow.readiness import Problem

TEXT = {"summary", "text", "empty-block", "question", "interviewee", "place", "asked"}
DATES = {
    *("ends-before-start", "validity", "prominence"),
    *("starts", "no-end", "end-before-start", "too-long", "long", "until"),
}
SUBJECTS = (
    (_("Title, summary and address are there"), {"title", "slug", "slug-year", "slug-taken"}),
    (_("The text is whole"), TEXT),
    (_("Pictures have a description"), {"lead-image-alt", "picture", "picture-alt", "renditions"}),
    (_("It is said who wrote it and who is in it"), {"author", "person-gone"}),
    (_("Everybody in it agrees"), {"agreement"}),
    (_("It serves a goal and connects"), {"goal", "connection"}),
    (
        _("It is clear for whom it is, and why"),
        {"audience-reason", "audience-gone", "audience-empty"},
    ),
    (_("The dates fit"), DATES),
)


@dataclass(frozen=True)
class Line:
    """One line: right, a hint, or something that stops approval."""

    text: str
    mark: str
    url: str = ""
    named: list[str] = field(default_factory=list)


def checklist(page: Page, problems: Iterable[Problem], looked: Looked) -> list[Line]:
    """Return the lines in the order of the form, what no subject knows, and what was measured."""
    left = list(problems)
    lines: list[Line] = []
    for text, keys in SUBJECTS:
        wrong = [problem for problem in left if problem.key in keys]
        left = [problem for problem in left if problem.key not in keys]
        lines += [_line(page, problem) for problem in wrong] or [Line(str(text), "right")]
    return [*lines, *(_line(page, problem) for problem in left), *_measured(looked)]


def _measured(looked: Looked) -> Iterator[Line]:
    for row in looked.measured:
        yield Line(row.said, "right" if row.is_right else "hint", named=row.named)


def _line(page: Page, problem: Problem) -> Line:
    if problem.field is None and problem.block is None:
        return Line(str(problem.message), "missing" if problem.blocking else "hint")
    where = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if problem.block:
        where += f"#block-{problem.block}-section"
    elif problem.field:
        where += f"#field-{problem.field}"
    return Line(str(problem.message), "missing" if problem.blocking else "hint", where)
