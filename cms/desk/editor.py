"""The editors of items and of frames: what their buttons do goes through our acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet

from cms.accounts.models import User
from cms.desk.damaged import AsksAgainWhenDamaged
from cms.desk.frames import put_online
from cms.desk.listings import FrameIndexView
from cms.desk.screens.items import person_of
from cms.desk.side_panel import PleinSidePanel
from cms.events.models import CommunityAction, Event
from cms.publishing.emergencies import may_send_first
from cms.stories.models import Announcement, Author, HubPage, Interview, Rubric, Section, Story
from cms.workflow.actions import submit
from cms.workflow.errors import NotReady, WorkflowError
from cms.workflow.readiness import Problem

type Action = tuple[str, Callable[[], HttpResponse]]

SAVE = "save"
"""Wagtail forgives missing fields under this name: nothing typed is lost, whatever was pressed."""


class PleinSidePanels:
    """Shows our panel in the place of Wagtail's own status."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        ours = PleinSidePanel(self.page, self.request)  # type: ignore[attr-defined]
        kept = [panel for panel in panels if not isinstance(panel, PageStatusSidePanel)]
        return MediaContainer([ours, *kept])


class SubmitsThroughAct(AsksAgainWhenDamaged, PleinSidePanels):
    """Saves and submits; no other button of Wagtail's does anything here."""

    request: HttpRequest
    page: Any
    is_submitting = False

    @cached_property
    def action_name_and_method(self) -> Action:
        if self.request.POST.get("action-submit"):
            return (SAVE, self.save_and_submit)
        if self.request.POST.get("action-emergency"):
            return (SAVE, self.save_and_send_first)
        if getattr(self, "is_cancelling_workflow", False):
            return ("cancel_workflow", self.cancel_workflow_action)  # type: ignore[attr-defined]
        return (SAVE, self.save_action)  # type: ignore[attr-defined]

    def save_and_submit(self) -> HttpResponse:
        self.is_submitting = True
        saved: HttpResponse = self.save_action()  # type: ignore[attr-defined]
        if self.page.pk is None:
            return saved
        return submitted(self.request, self.page)

    def save_and_send_first(self) -> HttpResponse:
        """Save, and lead a named sender to the page that puts exactly this on the hub."""
        saved: HttpResponse = self.save_action()  # type: ignore[attr-defined]
        is_saved = isinstance(saved, HttpResponseRedirect)
        if not is_saved or not may_send_first(person_of(self.request), self.page):
            return saved
        return redirect("desk:emergency", self.page.pk)

    def add_save_confirmation_message(self) -> None:
        if not self.is_submitting:
            super().add_save_confirmation_message()  # type: ignore[misc]


class CreateItem(SubmitsThroughAct, CreateView):
    pass


class EditItem(SubmitsThroughAct, EditView):
    pass


class RevertItem(SubmitsThroughAct, RevisionsRevertView):
    pass


class FrameActions(AsksAgainWhenDamaged, PleinSidePanels):
    """Saves, and puts a frame's texts on the hub at once: they are the newsroom's own."""

    request: HttpRequest
    page: Any

    @cached_property
    def action_name_and_method(self) -> Action:
        if self.request.POST.get("action-frame-online"):
            return (SAVE, self.save_and_put_online)
        return (SAVE, self.save_action)  # type: ignore[attr-defined]

    def save_and_put_online(self) -> HttpResponse:
        saved: HttpResponse = self.save_action()  # type: ignore[attr-defined]
        if self.page.pk is None:
            return saved
        try:
            put_online(type(self.page).objects.get(pk=self.page.pk), by=person_of(self.request))
        except NotReady as error:
            messages.error(self.request, in_one_message(error.problems))
        except WorkflowError as error:
            messages.error(self.request, str(error))
        else:
            words = _("‘%(title)s’ is on the hub.") % {"title": self.page.title}
            messages.success(self.request, words)
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class CreateFrame(FrameActions, CreateView):
    pass


class EditFrame(FrameActions, EditView):
    pass


class RevertFrame(FrameActions, RevisionsRevertView):
    pass


class ItemViewSet(PageViewSet):
    add_view_class = CreateItem
    edit_view_class = EditItem
    revisions_revert_view_class = RevertItem


class FrameViewSet(PageViewSet):
    index_view_class = FrameIndexView
    add_view_class = CreateFrame
    edit_view_class = EditFrame
    revisions_revert_view_class = RevertFrame


def page_viewsets() -> list[PageViewSet]:
    """Return a viewset for every type of page there is."""
    kinds = (Story, Interview, Announcement, Event, CommunityAction)
    items = [_viewset(ItemViewSet, model) for model in kinds]
    frames = [_viewset(FrameViewSet, model) for model in (HubPage, Rubric, Section)]
    return [*items, *frames]


def _viewset(base: type[PageViewSet], model: type[Any]) -> PageViewSet:
    made: PageViewSet = type(f"{model.__name__}ViewSet", (base,), {"model": model})()
    return made


def name_the_writer(page: Any, user: User) -> None:
    """Name who makes a new item as its author, if she is known as a colleague."""
    person = getattr(user, "person", None)
    if person is not None and hasattr(page, "authors"):
        page.authors.add(Author(person=person))


def submitted(request: HttpRequest, page: Any) -> HttpResponse:
    """Submit what was just saved, and say what is left to do when it is not ready."""
    item = type(page).objects.get(pk=page.pk)
    try:
        _refuse_untitled(page)
        submit(item, by=person_of(request))
    except NotReady as error:
        messages.error(request, in_one_message(error.problems))
        return redirect("wagtailadmin_pages:edit", page.pk)
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:edit", page.pk)
    words = _("Thank you: ‘%(title)s’ is submitted. You hear what becomes of it.")
    messages.success(request, words % {"title": page.title})
    return redirect("wagtailadmin_home")


def _refuse_untitled(page: Any) -> None:
    """Ask for a title of its own: a draft without one was given a name to be saved under."""
    if page.title == _("Untitled"):
        raise NotReady([Problem("title", _("Give it a title."), field="title")])


def in_one_message(problems: list[Problem]) -> str:
    """Say in one message how many things are left, and which."""
    number = len(problems)
    head = ngettext("%(number)s thing left:", "%(number)s things left:", number)
    listed = format_html_join(" ", "· {}", ((str(one.message),) for one in problems))
    return format_html("{} {}", head % {"number": number}, listed)
