from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from cms.desk.forms import FirstForm
from cms.desk.screens import looks
from cms.desk.screens.checklist import checklist
from cms.desk.screens.items import SHORT_CODE, about, item_or_404, person_of, screen
from cms.publishing.emergencies import may_send_first, send_first, within
from cms.stories.models import EditorialPage
from cms.workflow import checklists, texts
from cms.workflow.errors import ChangedSinceShown, NotReady, WordsNeeded, WorkflowError
from cms.workflow.moments import in_words
from cms.workflow.readiness import problems


class SendFirst(View):
    """For the named senders: on the hub now, and a second person within the hour."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return _shown(request, _item(request, page_id))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = _item(request, page_id)
        form = FirstForm(request.POST)
        if not form.is_valid():
            return _shown(request, item, form=form, status=422)
        said = form.cleaned_data
        try:
            made = send_first(
                item, by=person_of(request), digest=said["digest"], reason=said["reason"]
            )
        except (ChangedSinceShown, NotReady, WordsNeeded) as error:
            return _shown(request, item, form=form, refusal=str(error), status=409)
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            words = _("It goes live now. A second person has to look before %(moment)s.")
            messages.success(request, words % {"moment": in_words(made.deadline)})
        return redirect("wagtailadmin_home")


def _item(request: HttpRequest, page_id: int) -> EditorialPage:
    item = item_or_404(page_id)
    if not may_send_first(person_of(request), item):
        raise Http404
    return item


def _shown(
    request: HttpRequest,
    item: EditorialPage,
    *,
    form: FirstForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    text = texts.latest_text(item)
    texts.keep(text)
    said = {"digest": text.digest, "reason": form.data.get("reason", "") if form else ""}
    blocking = [problem for problem in problems(text.page) if problem.blocking]
    context = {
        **about(item),
        "form": FirstForm(said) if form and form.errors else FirstForm(initial=said),
        "blocking": checklist(text.page, blocking, checklists.Looked([], [])) if blocking else [],
        "preview_url": looks.preview_url(request, text.page),
        "code": text.digest[:SHORT_CODE],
        "minutes": int(within().total_seconds() // 60),
        "refusal": refusal,
    }
    return screen(request, "emergency", context, status=status)
