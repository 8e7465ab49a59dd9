from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import User
from cms.desk.forms import MomentForm
from cms.desk.screens.items import about, item_or_404, person_of, ready_in_words, screen
from cms.publishing.actions import cancel, reschedule
from cms.publishing.models import Publication
from cms.stories.models import EditorialPage
from cms.workflow.errors import WorkflowError
from cms.workflow.moments import hub_zone, season_of


class Moment(View):
    """Another time for an approved text, now, or out of the schedule."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        publication = _newest(item)
        if publication is None:
            return screen(request, "decided", about(item))
        due = publication.due_at.astimezone(hub_zone())
        season = season_of(publication.due_at)
        form = MomentForm(initial={"day": due.date(), "at": due.time(), "season": season})
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
                _cancelled(item, publication, by=person_of(request))
                if is_cancelled
                else _moved(
                    item, publication, to=form.cleaned_data["due_at"], by=person_of(request)
                )
            )
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return redirect("wagtailadmin_home")


def _newest(item: EditorialPage) -> Publication | None:
    newest: Publication | None = item.publications.order_by("-pk").first()
    if newest is None or newest.state == Publication.State.PUBLISHED:
        return None
    return newest


def _cancelled(item: EditorialPage, publication: Publication, *, by: User) -> str:
    cancel(publication, by=by)
    words = _("‘%(title)s’ has no time any more. Its approval stays.")
    return words % {"title": item.draft_title}


def _moved(item: EditorialPage, publication: Publication, *, to: datetime | None, by: User) -> str:
    reschedule(publication, by=by, due_at=to)
    return ready_in_words(item, due_at=to)


def _shown(
    request: HttpRequest, item: EditorialPage, *, form: MomentForm, status: int = 200
) -> HttpResponse:
    return screen(request, "moment", {**about(item), "form": form}, status=status)
