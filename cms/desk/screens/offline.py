from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from cms.desk.forms import ReasonForm
from cms.desk.screens.items import about, item_or_404, person_of, screen
from cms.publishing.actions import withdraw
from cms.workflow.errors import WorkflowError


class TakeOffline(View):
    """Asks once more, then takes an item off the hub, everywhere."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        return screen(request, "offline", {**about(item), "form": ReasonForm()})

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return screen(request, "offline", {**about(item), "form": form}, status=422)
        try:
            withdraw(item, by=person_of(request), reason=form.cleaned_data["reason"])
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("‘%(title)s’ is taken offline.") % {"title": item.draft_title}
            )
        return redirect("wagtailadmin_home")
