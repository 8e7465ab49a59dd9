from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import User
from cms.contributions.writers import written_at_desk
from cms.desk.forms import SentenceForm
from cms.desk.screens.items import about, item_or_404, person_of, screen
from cms.stories.models import EditorialPage
from cms.workflow import reasons
from cms.workflow.errors import WorkflowError
from cms.workflow.lanes import answer, round_sent_back


class Answer(View):
    """Why it came back, and two ways on: change the text, or say something about it first."""

    def get(self, _request: HttpRequest, **named: Any) -> HttpResponse:
        return self._shown(self.item(**named), SentenceForm())

    def post(self, request: HttpRequest, **named: Any) -> HttpResponse:
        item = self.item(**named)
        form = SentenceForm(request.POST)
        if not form.is_valid():
            return self._shown(item, form, status=422)
        try:
            answer(item, by=self.writer(), sentence=form.cleaned_data["sentence"])
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Your answer is sent. You can go on with your text too."))
        return redirect(request.path)

    def item(self, **named: Any) -> EditorialPage:
        return item_or_404(named["page_id"])

    def writer(self) -> User:
        return person_of(self.request)

    def onward(self, item: EditorialPage) -> str:
        """Return where she goes on: with her answers, where it was made of them."""
        name = written_at_desk(item, self.writer())
        if name is not None:
            return reverse("write:form", args=[name])
        return reverse("wagtailadmin_pages:edit", args=[item.pk])

    def surroundings(self) -> dict[str, Any]:
        """Return what the page around it has to know besides."""
        return {}

    def not_back(self, item: EditorialPage) -> HttpResponse:
        """Show how something stands that is not back with its writer, or no longer."""
        return screen(self.request, "decided", about(item))

    def _shown(self, item: EditorialPage, form: SentenceForm, *, status: int = 200) -> HttpResponse:
        state = round_sent_back(item)
        if state is None:
            return self.not_back(item)
        context = {
            **about(item),
            **self.surroundings(),
            "state": state,
            "why": reasons.words_of(state.reason),
            "edit_url": self.onward(item),
            "form": form,
        }
        return screen(self.request, "answer", context, status=status)
