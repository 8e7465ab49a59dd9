from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from cms.desk.forms import SendBackForm
from cms.desk.screens.items import about, item_or_404, person_of, round_of, screen
from cms.workflow.actions import send_back
from cms.workflow.errors import WordsNeeded, WorkflowError


class SendBack(View):
    """What should be different: a reason and one kind sentence."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        state = item.current_workflow_task_state
        if state is None:
            return screen(request, "decided", about(item))
        form = SendBackForm(initial={"task_state": state.pk})
        return screen(request, "send_back", {**about(item), "form": form})

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        form = SendBackForm(request.POST)
        if not form.is_valid():
            return screen(request, "send_back", {**about(item), "form": form}, status=422)
        said = form.cleaned_data
        state = round_of(item, said["task_state"])
        if state is None:
            return screen(request, "decided", about(item))
        try:
            send_back(
                state, by=person_of(request), reason=said["reason"], sentence=said["sentence"]
            )
        except WordsNeeded as error:
            form.add_error("sentence", str(error))
            return screen(request, "send_back", {**about(item), "form": form}, status=422)
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("‘%(title)s’ went back.") % {"title": item.draft_title})
        return redirect("wagtailadmin_home")
