from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import User
from cms.desk.forms import SentenceForm
from cms.desk.screens import looks
from cms.desk.screens.items import SHORT_CODE, about, item_or_404, person_of, screen
from cms.stories.models import EditorialPage
from cms.workflow import texts
from cms.workflow.actions import accept_edit, object_to_edit
from cms.workflow.errors import ChangedSinceShown, WorkflowError


class AcceptEdit(View):
    """Before and after, for the author: yes to the edited text, or no with a sentence."""

    def get(self, _request: HttpRequest, **named: Any) -> HttpResponse:
        return self._shown(self.item(**named))

    def post(self, request: HttpRequest, **named: Any) -> HttpResponse:
        item = self.item(**named)
        if request.POST.get("answer") == "no":
            return self._objected(item)
        try:
            accept_edit(item, by=self.writer(), digest=request.POST.get("digest", ""))
        except ChangedSinceShown as error:
            return self._shown(item, refusal=str(error), status=409)
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Thank you. You said yes to this text."))
        return self.afterwards()

    def item(self, **named: Any) -> EditorialPage:
        return item_or_404(named["page_id"])

    def writer(self) -> User:
        return person_of(self.request)

    def afterwards(self) -> HttpResponse:
        return redirect("wagtailadmin_home")

    def surroundings(self) -> dict[str, Any]:
        """Return what the page around it has to know besides."""
        return {}

    def not_waiting(self, item: EditorialPage) -> HttpResponse:
        """Show how something stands that waits for nobody's yes."""
        return screen(self.request, "decided", about(item))

    def _objected(self, item: EditorialPage) -> HttpResponse:
        form = SentenceForm(self.request.POST)
        if not form.is_valid():
            return self._shown(item, form=form, status=422)
        try:
            object_to_edit(item, by=self.writer(), sentence=form.cleaned_data["sentence"])
        except WorkflowError as error:
            messages.error(self.request, str(error))
        else:
            words = _("It is a draft of yours again. The editors read your sentence.")
            messages.success(self.request, words)
        return self.afterwards()

    def _shown(
        self,
        item: EditorialPage,
        *,
        form: SentenceForm | None = None,
        refusal: str = "",
        status: int = 200,
    ) -> HttpResponse:
        if item.current_workflow_task_state is None:
            return self.not_waiting(item)
        text = texts.latest_text(item)
        texts.keep(text)
        context = {
            **about(item),
            **self.surroundings(),
            "changes": looks.since_author_said_yes(text),
            "preview_url": looks.preview_url(self.request, text.page),
            "digest": text.digest,
            "code": text.digest[:SHORT_CODE],
            "editor": text.revision.user,
            "saved_at": text.revision.created_at,
            "form": form or SentenceForm(),
            "refusal": refusal,
        }
        return screen(self.request, "accept_edit", context, status=status)
