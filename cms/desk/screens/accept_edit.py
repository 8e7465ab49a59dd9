from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from cms.desk.forms import SentenceForm
from cms.desk.screens import looks
from cms.desk.screens.items import SHORT_CODE, about, item_or_404, person_of, screen
from cms.stories.models import EditorialPage
from cms.workflow import texts
from cms.workflow.actions import accept_edit, object_to_edit
from cms.workflow.errors import ChangedSinceShown, WorkflowError


class AcceptEdit(View):
    """Before and after, for the author: yes to the edited text, or no with a sentence."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return _shown(request, item_or_404(page_id))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        if request.POST.get("answer") == "no":
            return _objected(request, item)
        try:
            accept_edit(item, by=person_of(request), digest=request.POST.get("digest", ""))
        except ChangedSinceShown as error:
            return _shown(request, item, refusal=str(error), status=409)
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Thank you. You said yes to this text."))
        return redirect("wagtailadmin_home")


def _objected(request: HttpRequest, item: EditorialPage) -> HttpResponse:
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return _shown(request, item, form=form, status=422)
    try:
        object_to_edit(item, by=person_of(request), sentence=form.cleaned_data["sentence"])
    except WorkflowError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("It is a draft of yours again. The editors read your sentence.")
        )
    return redirect("wagtailadmin_home")


def _shown(
    request: HttpRequest,
    item: EditorialPage,
    *,
    form: SentenceForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    if item.current_workflow_task_state is None:
        return screen(request, "decided", about(item))
    text = texts.latest_text(item)
    texts.keep(text)
    context = {
        **about(item),
        "changes": looks.since_author_said_yes(text),
        "preview_url": looks.preview_url(request, text.page),
        "digest": text.digest,
        "code": text.digest[:SHORT_CODE],
        "editor": text.revision.user,
        "saved_at": text.revision.created_at,
        "form": form or SentenceForm(),
        "refusal": refusal,
    }
    return screen(request, "accept_edit", context, status=status)
