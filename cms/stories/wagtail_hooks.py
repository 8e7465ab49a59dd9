from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.accounts.models import Person
from cms.accounts.viewsets import PersonViewSet
from cms.audiences.models import Audience
from cms.stories.audience_uses import uses_of
from cms.stories.mentions import mentions_of
from cms.stories.viewsets import AlertViewSet, OrganisationGroup

register_snippet(PersonViewSet)
register_snippet(OrganisationGroup)
register_snippet(AlertViewSet)

ENOUGH_TO_NAME = 5


@hooks.register("before_delete_snippet")
def keep_who_is_mentioned(
    request: HttpRequest, instances: Iterable[models.Model]
) -> HttpResponse | None:
    """Refuse to delete a person who is named somewhere, and say where."""
    kept = [
        (person, places)
        for person in instances
        if isinstance(person, Person) and (places := mentions_of(person))
    ]
    for person, places in kept:
        messages.error(request, _refusal(person, places))
    if not kept:
        return None
    return redirect(Person.snippet_viewset.get_url_name("list"))


@hooks.register("before_delete_snippet")
def keep_what_items_are_for(
    request: HttpRequest, instances: Iterable[models.Model]
) -> HttpResponse | None:
    """Refuse to delete an audience that something is for, and say what."""
    kept = [
        (audience, titles)
        for audience in instances
        if isinstance(audience, Audience) and (titles := uses_of(audience))
    ]
    words = _("‘%(name)s’ can't be deleted yet: it is for whom this is written: %(titles)s.")
    for audience, titles in kept:
        quoted = [_("‘%(title)s’") % {"title": title} for title in titles]
        messages.error(request, words % {"name": audience.name, "titles": _some(quoted)})
    if not kept:
        return None
    return redirect(Audience.snippet_viewset.get_url_name("list"))


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    kept, opened = gettext_lazy("Kept confidential"), gettext_lazy("Opened to the newsroom")
    actions.register_action("plein.confide", gettext_lazy("Keep confidential"), kept)
    actions.register_action("plein.open_up", gettext_lazy("Open up"), opened)


def _refusal(person: Person, places: list[str]) -> str:
    return _("%(name)s can't be deleted yet: %(name)s %(places)s.") % {
        "name": person.name,
        "places": _some(places),
    }


def _some(places: list[str]) -> str:
    """Name the first few of many."""
    named = "; ".join(places[:ENOUGH_TO_NAME])
    rest = len(places) - ENOUGH_TO_NAME
    if rest <= 0:
        return named
    return _("%(places)s; and %(number)s more") % {"places": named, "number": rest}
