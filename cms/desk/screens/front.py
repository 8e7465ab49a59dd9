"""The front page: what stands on it, what will, and what is beside it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from cms.core.wall_clock import zone_in_words
from cms.desk.front_forms import FrontForm, PlaceForm
from cms.desk.screens.items import item_or_404, person_of, screen
from cms.publishing.models import Publication
from cms.publishing.placing import compose, place
from cms.publishing.sections import add_section, lacking_sections
from cms.stories.models import EditorialPage, FrontPage, Section
from cms.stories.ownership import hidden_from
from cms.workflow.errors import WorkflowError

WHY = {
    Section.Holds.ANNOUNCEMENT: gettext_lazy(
        "This hub has no page for announcements. With one, everybody finds them together."
    ),
    Section.Holds.EVENT: gettext_lazy(
        "This hub has no agenda. With one, events stand together by month, and colleagues can"
        " follow them in their own calendar."
    ),
    Section.Holds.COMMUNITY_ACTION: gettext_lazy(
        "This hub has no page to take part. With one, calls to colleagues stand together."
    ),
}
"""What a hub misses that began before it could have this."""


class Front(View):
    """One quiet screen: places, what is to come, and the parts of the page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _shown(request, PlaceForm(), _front_form())

    def post(self, request: HttpRequest) -> HttpResponse:
        match request.POST.get("act"):
            case "place":
                return _placed(request, PlaceForm(request.POST))
            case "free":
                return _freed(request)
            case "section":
                return _sectioned(request)
            case _:
                return _composed(request, _front_form(request.POST))


def _front_form(data: Any = None) -> FrontForm:
    return FrontForm(data, instance=FrontPage.current())


def _placed(request: HttpRequest, form: PlaceForm) -> HttpResponse:
    if not form.is_valid():
        return _shown(request, form, _front_form(), status=422)
    said = form.cleaned_data
    try:
        item = place(
            said["item"],
            by=person_of(request),
            placement=said["placement"],
            until=form.placed_until,
        )
    except WorkflowError as error:
        messages.error(request, str(error))
    else:
        words = _("‘%(title)s’ has its place on the front page.")
        messages.success(request, words % {"title": item.title})
    return redirect("desk:front")


def _freed(request: HttpRequest) -> HttpResponse:
    key = str(request.POST.get("item") or "")
    item = item_or_404(int(key) if key.isdecimal() else 0)
    try:
        place(item, by=person_of(request), placement="")
    except WorkflowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The front page chooses by itself again."))
    return redirect("desk:front")


def _sectioned(request: HttpRequest) -> HttpResponse:
    holds = request.POST.get("holds")
    if holds not in Section.Holds.values:
        raise Http404
    try:
        add_section(Section.Holds(holds), by=person_of(request))
    except WorkflowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The page is there, and among the tabs within a minute."))
    return redirect("desk:front")


def _composed(request: HttpRequest, form: FrontForm) -> HttpResponse:
    if not form.is_valid():
        return _shown(request, PlaceForm(), form, status=422)
    try:
        compose(form.instance, by=person_of(request), rubrics=[*form.cleaned_data["rubrics"]])
    except WorkflowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The front page is changed."))
    return redirect("desk:front")


def _shown(
    request: HttpRequest, form: PlaceForm, front: FrontForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "front": front,
        "online": _online(),
        "coming": _coming(request),
        "lacking": [{"holds": each, "why": WHY[each]} for each in lacking_sections()],
        "zone": zone_in_words(),
    }
    return screen(request, "front", context, status=status)


def _online() -> list[EditorialPage]:
    """Return what has a place now, what opens the page first, the newest of those on top."""
    placed = EditorialPage.objects.filter(live=True).exclude(placement="")
    holding = placed.exclude(placed_until__lte=timezone.now())
    return list(holding.order_by("placement", "-first_published_at"))


def _coming(request: HttpRequest) -> list[Publication]:
    """Return what goes live with a place, soonest first; nothing that this person may not see."""
    waiting = Publication.objects.scheduled().exclude(page__placement="").order_by("due_at")
    hidden = hidden_from(person_of(request)).values("pk")
    return list(waiting.exclude(page__in=hidden).select_related("page"))
