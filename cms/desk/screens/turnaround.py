"""How long a decision takes and why things go back: counted by rubric, never by person."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views import View

from cms.desk.screens.items import person_of
from cms.stories.ownership import hidden_from
from cms.workflow import reasons, rounds
from cms.workflow.rounds import Turnaround

PERIODS = {
    "30": gettext_lazy("30 days"),
    "91": gettext_lazy("Three months"),
    "365": gettext_lazy("A year"),
}
USUAL = "91"
FEWEST = 3
"""Decisions below which a middle says more about one person than about a rubric."""


@dataclass(frozen=True)
class Counted:
    """One rubric, with its reasons in words, most given first."""

    row: Turnaround
    reasons: list[tuple[str, int]]
    is_enough: bool


class TurnaroundScreen(View):
    """Whether authors wait long for an answer, and what house rule needs explaining."""

    def get(self, request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get("days", USUAL)
        days = chosen if chosen in PERIODS else USUAL
        until = timezone.now()
        hidden = hidden_from(person_of(request)).values_list("pk", flat=True)
        found = rounds.turnaround(
            since=until - timedelta(days=int(days)), until=until, hidden=list(hidden)
        )
        words = reasons.all_words()
        context = {
            "periods": PERIODS.items(),
            "days": days,
            "rows": [_counted(row, words) for row in found],
            "decided": sum(row.decided for row in found),
            "fewest": FEWEST,
        }
        return render(request, "desk/turnaround.html", context)


def _counted(row: Turnaround, words: dict[str, str]) -> Counted:
    said = [(words.get(key, key), number) for key, number in row.reasons.most_common()]
    return Counted(row, said, is_enough=row.decided >= FEWEST)
