from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from cms.desk.forms import CircleForm
from cms.desk.screens.items import about, item_or_404, person_of, screen
from cms.stories.confiding import AlreadyOnlineError, confide, open_up
from cms.stories.models import EditorialPage
from cms.stories.policy import may_see
from cms.workflow.permissions import approvers_of


class Circle(View):
    """Keep an item confidential until it is published: who sees its title and text."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = _item(request, page_id)
        return _shown(request, item, CircleForm(initial={"people": _names(item)}))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item, user = _item(request, page_id), person_of(request)
        if "open" in request.POST:
            open_up(item, by=user)
            messages.success(request, _("The newsroom sees it again."))
            return redirect("wagtailadmin_pages:edit", item.pk)
        form = CircleForm(request.POST)
        if not form.is_valid():
            return _shown(request, item, form, status=422)
        try:
            confide(item, circle=form.cleaned_data["people"], by=user)
        except AlreadyOnlineError:
            messages.error(request, _("It is on the hub already, so it can't be confidential."))
            return redirect("wagtailadmin_pages:edit", item.pk)
        _tell(request, EditorialPage.objects.get(pk=item.pk))
        return redirect("wagtailadmin_pages:edit", item.pk)


def _item(request: HttpRequest, page_id: int) -> EditorialPage:
    item = item_or_404(page_id)
    if not may_see(person_of(request), item):
        raise Http404
    return item


def _shown(
    request: HttpRequest, item: EditorialPage, form: CircleForm, *, status: int = 200
) -> HttpResponse:
    return screen(request, "circle", {**about(item), "form": form}, status=status)


def _names(item: EditorialPage) -> str:
    names = item.circle.order_by("username").values_list("username", flat=True)
    return "\n".join(names) if item.is_confidential else ""


def _tell(request: HttpRequest, item: EditorialPage) -> None:
    """Say who sees it now, and what is missing: somebody else in it has to be able to approve."""
    number = item.circle.count()
    words = ngettext(
        "Confidential: %(number)s person sees it, until it is published.",
        "Confidential: %(number)s people see it, until it is published.",
        number,
    )
    messages.success(request, words % {"number": number})
    if not approvers_of(item).exclude(pk=person_of(request).pk).exists():
        messages.warning(request, _("Nobody else in the circle can approve it. Add somebody."))
