"""The log: every step of every item, by whom and when; to look through and to take along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.models import Page, PageLogEntry

from cms.core import spreadsheets
from cms.core.form_fields import HubDayField
from cms.core.wall_clock import zone_in_words
from cms.desk.screens.items import person_of
from cms.publishing import on_request
from cms.publishing.retention import KEEP_LOG
from cms.stories.models import EditorialPage, Rubric
from cms.stories.ownership import about_hidden
from cms.workflow import reasons
from cms.workflow.moments import hub_zone

ROWS = 50
STEPS = {
    "wagtail.workflow.start": gettext_lazy("Submitted"),
    "wagtail.workflow.resume": gettext_lazy("Submitted again"),
    "wagtail.workflow.approve": gettext_lazy("Approved"),
    "wagtail.workflow.reject": gettext_lazy("Sent back to its author"),
    "wagtail.workflow.cancel": gettext_lazy("Taken back"),
    "plein.answer": gettext_lazy("Answered"),
    "plein.accept_edit": gettext_lazy("Said yes to an edit"),
    "plein.object_to_edit": gettext_lazy("Said no to an edit"),
    "plein.small_change": gettext_lazy("Approved as a small correction"),
    "plein.schedule": gettext_lazy("Scheduled"),
    "plein.cancel": gettext_lazy("Taken out of the schedule"),
    "wagtail.publish": gettext_lazy("Live"),
    "plein.send_first": gettext_lazy("Live in an emergency, with one yes"),
    "plein.confirm": gettext_lazy("Emergency message confirmed"),
    "plein.take_down": gettext_lazy("Emergency message taken offline"),
    "plein.expire": gettext_lazy("Came to its end"),
    "plein.withdraw": gettext_lazy("Taken offline"),
    "plein.fail": gettext_lazy("Failed"),
    "wagtail.delete": gettext_lazy("Removed"),
}
"""The steps of an item, in the words of the newsroom; saving and looking are no steps."""


class LogFilter(forms.Form):
    """Which part of the log."""

    step = forms.ChoiceField(label=gettext_lazy("Step"), required=False)
    rubric: forms.ModelChoiceField[Rubric] = forms.ModelChoiceField(
        label=gettext_lazy("Rubric"),
        queryset=Rubric.objects.order_by("title"),
        required=False,
        empty_label=gettext_lazy("All"),
    )
    since = HubDayField(label=gettext_lazy("From"), required=False)
    until = HubDayField(label=gettext_lazy("Up to and including"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", _("All")), *STEPS.items()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Row:
    """One step as it is told."""

    at: datetime
    title: str
    place: str
    step: str
    person: str
    note: str
    page_id: int | None


class Log(View):
    """The steps of all items that whoever looks may know of, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        form = LogFilter(request.GET)
        found = _found(form.cleaned_data if form.is_valid() else {}, request)
        if request.GET.get("export") == "csv" and form.is_valid():
            return _exported(found)
        page = Paginator(found, ROWS).get_page(request.GET.get("p"))
        asked = request.GET.copy()
        asked.pop("p", None)
        context = {
            "form": form,
            "page": page,
            "rows": list(_rows(list(page.object_list))),
            "asked": asked.urlencode(),
            "years": KEEP_LOG.days // 365,
            "zone": zone_in_words(),
        }
        return render(request, "desk/log.html", context)


def _found(said: dict[str, Any], request: HttpRequest) -> QuerySet[PageLogEntry]:
    steps = [said["step"]] if said.get("step") else list(STEPS)
    entries: QuerySet[PageLogEntry] = PageLogEntry.objects.filter(action__in=steps)
    entries = entries.exclude(about_hidden(person_of(request)))
    if rubric := said.get("rubric"):
        items = EditorialPage.objects.filter(path__startswith=rubric.path)
        entries = entries.filter(page__in=items.values("pk"))
    if since := said.get("since"):
        entries = entries.filter(timestamp__gte=_start_of(since))
    if until := said.get("until"):
        entries = entries.filter(timestamp__lt=_start_of(until + timedelta(days=1)))
    return entries.select_related("user").order_by("-timestamp", "-pk")


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=hub_zone())


def _rows(entries: list[PageLogEntry]) -> Iterator[Row]:
    """Put entries into words, in two queries for any number of them."""
    keys = {entry.page_id for entry in entries}
    paths = dict(Page.objects.filter(pk__in=keys).values_list("pk", "path"))
    parents = {path[: -Page.steplen] for path in paths.values()}
    # What the hub itself hangs under is a page of Wagtail's, no place.
    frames = Page.objects.filter(path__in=parents, depth__gt=1)
    places = dict(frames.values_list("path", "title"))
    words = {**reasons.all_words(), on_request.REASON: _("on request")}
    for entry in entries:
        path = paths.get(entry.page_id, "")
        yield Row(
            at=entry.timestamp,
            title=entry.label,
            place=places.get(path[: -Page.steplen], ""),
            step=str(STEPS.get(entry.action, entry.action)),
            person=entry.user.display_name if entry.user else _("Plein itself"),
            note=_note(entry.data or {}, words),
            page_id=entry.page_id if path else None,
        )


def _note(data: dict[str, Any], words: dict[str, str]) -> str:
    """Return what a person said with a step."""
    said = data.get("sentence") or data.get("comment") or data.get("failure") or ""
    reason = str(data.get("reason") or "")
    return " · ".join(part for part in (words.get(reason, reason), str(said)) if part)


def _exported(found: QuerySet[PageLogEntry]) -> StreamingHttpResponse:
    head = [_("Moment"), _("Item"), _("Rubric"), _("Step"), _("By"), _("Said with it")]
    body = spreadsheets.lines(head, _cells(found))
    answer = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="plein-log.csv"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def _cells(found: QuerySet[PageLogEntry]) -> Iterator[list[str]]:
    """Yield the whole log in portions: nobody holds years of it in memory."""
    zone = hub_zone()
    portion: list[PageLogEntry] = []
    for entry in found.iterator(chunk_size=500):
        portion.append(entry)
        if len(portion) == 500:  # noqa: PLR2004 - as many as are read at once
            yield from _written(portion, zone)
            portion = []
    yield from _written(portion, zone)


def _written(entries: list[PageLogEntry], zone: Any) -> Iterator[list[str]]:
    for row in _rows(entries):
        moment = row.at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
        yield [moment, row.title, row.place, row.step, row.person, row.note]
