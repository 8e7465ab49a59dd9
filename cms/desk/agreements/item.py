"""Who is in one item: ask them, hand a link over, write down what came on paper."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from cms.accounts import roles
from cms.accounts.models import Person
from cms.agreement.models import Capacity, Channel, Sensitive
from cms.core.form_fields import HubDayField
from cms.core.hub_name import hub_name
from cms.core.wall_clock import hub_zone
from cms.desk.agreements.people import people_in
from cms.desk.screens.items import about, edit_url, item_or_404, person_of, screen
from cms.desk.ways.giving import Given, Way, hand_over
from cms.media.models import Image
from cms.publishing import precautions
from cms.stories.models import EditorialPage
from cms.workflow import agreements, permissions, texts
from cms.workflow.errors import NotAllowed, WorkflowError

NOTED_BY = {"paper": Channel.PAPER, "phone": Channel.PHONE}


class ItemAgreement(View):
    """One page for everything about the people in an item."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return _shown(request, item_or_404(page_id))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        item = item_or_404(page_id)
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            answered = act(request, item)
        except WorkflowError as error:
            messages.error(request, str(error))
            answered = None
        return answered or redirect("desk:agreement", page_id=page_id)


def _shown(request: HttpRequest, item: EditorialPage) -> HttpResponse:
    user = person_of(request)
    context = {
        **about(item),
        "edit_url": edit_url(user, item),
        "people": people_in(texts.latest_text(item).page),
        "may_ask": agreements.may_ask(user, item),
        "may_note": permissions.may_place(user, item),
        "may_end": permissions.may_take_offline(user, item),
        "keeps_everything": roles.sees_everything(user),
        "kinds": Sensitive.Kind.choices,
        "capacities": [each for each in Capacity.choices if each[0] != Capacity.SELF],
        "is_live": item.live,
    }
    return screen(request, "agreements/item", context)


def _person(request: HttpRequest) -> Person:
    key = request.POST.get("person", "")
    found = Person.objects.filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _ask(request: HttpRequest, item: EditorialPage) -> None:
    key = request.POST.get("person", "")
    people = [int(key)] if key.isdecimal() else []
    asked = agreements.ask(item, by=person_of(request), people=people)
    silent = [
        party.person.name for party in asked if not agreements.addressee_of(party.person).email
    ]
    number = len(asked) - len(silent)
    words = ngettext("%(n)s person got a mail.", "%(n)s people got a mail.", number)
    if number or not silent:
        messages.success(request, words % {"n": number})
    if silent:
        words = _("No mail goes to %(names)s: hand over the link yourself.")
        messages.warning(request, words % {"names": _(" and ").join(silent)})


def _link(request: HttpRequest, item: EditorialPage) -> HttpResponse:
    """Show her link once, for who has no mailbox; a mail to her mailbox never shows it here."""
    person, user = _person(request), person_of(request)
    if not agreements.may_ask(user, item):
        raise NotAllowed
    asked = agreements.ask(item, by=user, people=[person.pk], quietly=True)
    if not asked:
        raise NotAllowed(_("There is nothing to ask now."))
    link, url = agreements.link_for(asked[0], by=user)
    words = _("You are in something for %(hub)s. Look whether it may go online like this:")
    given = Given(
        link=link,
        url=url,
        words=words % {"hub": hub_name()},
        about=_("May this go online like this?"),
        back=request.path,
    )
    way = request.POST.get("way", Way.MESSAGE)
    return hand_over(request, given, Way(way) if way in set(Way) else Way.MESSAGE)


def _note(request: HttpRequest, item: EditorialPage) -> None:
    channel = NOTED_BY.get(request.POST.get("channel", ""))
    if channel is None:
        raise NotAllowed(_("Say whether it came on paper or by telephone."))
    agreements.take_down(
        item,
        _person(request),
        by=person_of(request),
        channel=channel,
        digest=request.POST.get("digest", ""),
        until=_end_of(_day(request, "until")),
    )
    messages.success(request, _("Noted."))


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        day: date | None = HubDayField(required=False).clean(request.POST.get(name, ""))
    except ValidationError as error:
        raise NotAllowed(" ".join(error.messages)) from error
    return day


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time.max, hub_zone()) if day else None


def _take_back(request: HttpRequest, item: EditorialPage) -> None:
    channel = NOTED_BY.get(request.POST.get("channel", ""), Channel.PHONE)
    person = _person(request)
    precautions.take_back_for(item, person, channel=channel, by=person_of(request))
    messages.success(request, _("Noted. What stood on that yes is offline."))


def _sensitive(request: HttpRequest, item: EditorialPage) -> None:
    precautions.mark_sensitive(item, request.POST.get("kind", ""), by=person_of(request))
    messages.success(request, _("Noted."))


def _crowd(request: HttpRequest, _item: EditorialPage) -> None:
    key, told_on = request.POST.get("image", ""), _day(request, "told_on")
    image = Image.objects.filter(pk=key).first() if key.isdecimal() else None
    if image is None or told_on is None:
        raise NotAllowed(_("Say when and how people were told that pictures would be taken."))
    how = request.POST.get("how", "")
    precautions.note_crowd(image, told_on=told_on, how=how, by=person_of(request))
    messages.success(request, _("Noted."))


def _represent(request: HttpRequest, _item: EditorialPage) -> None:
    said: dict[str, Any] = {
        name: request.POST.get(name, "") for name in ("capacity", "name", "email")
    }
    precautions.let_answer_for(_person(request), **said, by=person_of(request))
    messages.success(request, _("Noted. From now on the link goes there."))


ACTS: dict[str, Callable[[HttpRequest, EditorialPage], HttpResponse | None]] = {
    "ask": _ask,
    "link": _link,
    "note": _note,
    "take-back": _take_back,
    "sensitive": _sensitive,
    "crowd": _crowd,
    "represent": _represent,
}
