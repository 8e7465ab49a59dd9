from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import User
from cms.desk.forms import MomentForm
from cms.desk.screens.items import about, item_or_404, person_of, screen
from cms.publishing.actions import cancel, reschedule
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage
from cms.workflow.errors import WorkflowError
from cms.workflow.moments import hub_zone, in_words


class Moment(View):
    """Another time for an approved text, now, or out of the schedule."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        publication = _newest(item)
        if publication is None:
            return screen(request, "decided", about(item))
        due = publication.due_at.astimezone(hub_zone())
        form = MomentForm(initial={"day": due.date(), "at": due.time()})
        return _shown(request, item, form=form)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        publication = _newest(item)
        if publication is None:
            return screen(request, "decided", about(item))
        form = MomentForm(request.POST)
        is_cancelled = request.POST.get("answer") == "cancel"
        if not is_cancelled and not form.is_valid():
            return _shown(request, item, form=form, status=422)
        try:
            said = (
                _cancelled(publication, by=person_of(request))
                if is_cancelled
                else _moved(publication, form, by=person_of(request))
            )
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said % {"title": item.draft_title})
        return redirect("wagtailadmin_home")


def _newest(item: EditorialPage) -> Publication | None:
    newest: Publication | None = item.publications.order_by("-pk").first()
    if newest is None or newest.state == Publication.State.PUBLISHED:
        return None
    return newest


def _cancelled(publication: Publication, *, by: User) -> str:
    cancel(publication, by=by)
    return _("‘%(title)s’ has no time any more. Its approval stays.")


def _moved(publication: Publication, form: MomentForm, *, by: User) -> str:
    due_at = form.cleaned_data["due_at"]
    reschedule(publication, by=by, due_at=due_at)
    if due_at is None:
        return _("‘%(title)s’ goes live now.")
    return _("‘%(title)s’ is ready for {moment}.").replace("{moment}", in_words(due_at))


def _shown(
    request: HttpRequest, item: EditorialPage, *, form: MomentForm, status: int = 200
) -> HttpResponse:
    return screen(request, "moment", {**about(item), "form": form}, status=status)
