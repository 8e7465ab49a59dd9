from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from cms.contributions.models import Contribution
from cms.desk.forms import SentenceForm
from cms.desk.screens.items import about, item_or_404, person_of, screen
from cms.stories.models import EditorialPage
from cms.workflow import reasons
from cms.workflow.errors import WorkflowError
from cms.workflow.lanes import answer, round_sent_back


class Answer(View):
    """Why it came back, and two ways on: change the text, or say something about it first."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return _shown(request, item_or_404(page_id), SentenceForm())

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        form = SentenceForm(request.POST)
        if not form.is_valid():
            return _shown(request, item, form, status=422)
        try:
            answer(item, by=person_of(request), sentence=form.cleaned_data["sentence"])
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Your answer is sent. You can go on with your text too."))
        return redirect("desk:answer", item.pk)


def _shown(
    request: HttpRequest, item: EditorialPage, form: SentenceForm, *, status: int = 200
) -> HttpResponse:
    state = round_sent_back(item)
    if state is None:
        return screen(request, "decided", about(item))
    context = {
        **about(item),
        "state": state,
        "why": reasons.words_of(state.reason),
        "edit_url": _edit_url(item, request),
        "form": form,
    }
    return screen(request, "answer", context, status=status)


def _edit_url(item: EditorialPage, request: HttpRequest) -> str:
    """Return where she goes on: with her answers, where it was made of them."""
    hers = Contribution.objects.of(person_of(request)).filter(item=item.pk).first()
    if hers is not None:
        return reverse("write:form", args=[hers.public_id])
    return reverse("wagtailadmin_pages:edit", args=[item.pk])
