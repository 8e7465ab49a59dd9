"""Two taps from the form: the questions go to who they are about, by a link of her own."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from cms.contributions.composing import is_open
from cms.contributions.errors import CannotForward, ContributionError, NameMissing
from cms.contributions.forwarding import bearer_for, forward, mail, take_back
from cms.contributions.models import Contribution, Forwarding
from cms.contributions.progress import progress_of_hers
from cms.contributions.writers import hers_of, name_of
from cms.core.hub_name import hub_name
from cms.desk.ways.giving import Given, Way, hand_over
from cms.desk.write.doors import at_the_desk, contribution_or_404, writer_of
from cms.links.actions import Bearer

LONGEST_SENTENCE = 600
WRONG = 422


@at_the_desk
class Forward(View):
    """Shows what she gets and the ways to give it to her; a button makes the link."""

    def get(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        if not is_open(contribution.item):
            return redirect("write:story", name=name)
        return render(request, "desk/write/forward.html", _about(request, contribution))

    def post(self, request: HttpRequest, name: UUID) -> HttpResponse:
        contribution = contribution_or_404(request, name)
        if number := request.POST.get("back", ""):
            return _taken_back(request, contribution, number)
        way = request.POST.get("way", "")
        try:
            bearer = _bearer(request, contribution, needs_mail=way == Way.MAIL)
            given = forward(contribution, bearer=bearer, by=writer_of(request))
        except (ContributionError, ValidationError) as error:
            words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            context = {**_about(request, contribution), "fault": words}
            return render(request, "desk/write/forward.html", context, status=WRONG)
        return _handed_over(request, *given, way=way)


def _handed_over(
    request: HttpRequest, forwarding: Forwarding, url: str, *, way: str
) -> HttpResponse:
    writer = writer_of(request)
    name = forwarding.contribution.public_id
    if way == Way.MAIL:
        sentence = request.POST.get("sentence", "").strip()[:LONGEST_SENTENCE]
        mail(forwarding, url, by=writer, sentence=sentence)
        words = _("The mail is on its way to %(name)s. Here you see how far it is.")
        messages.success(request, words % {"name": forwarding.link.first_name})
        return redirect("write:form", name=name)
    words = _("Hi %(name)s, here are the questions of %(writer)s for %(hub)s. No need to sign in:")
    named = {"name": forwarding.link.first_name, "writer": name_of(writer)}
    given = Given(
        link=forwarding.link,
        url=url,
        words=words % {**named, "hub": hub_name()},
        about=forwarding.contribution.rubric.title,
        back=reverse("write:form", args=[name]),
    )
    known = way in {Way.SHARE, Way.PICTURE, Way.PAPER}
    return hand_over(request, given, Way(way) if known else Way.MESSAGE)


def _bearer(request: HttpRequest, contribution: Contribution, *, needs_mail: bool) -> Bearer:
    """Return who it is about, else whom she typed.

    Raises:
        NameMissing: Nobody is named.
        ValidationError: What was typed is no e-mail address.
    """
    typed = request.POST.get("email", "").strip()
    bearer = bearer_for(contribution)
    if bearer is None:
        name = " ".join(request.POST.get("person", "").replace("\x00", "").split())
        if not name:
            raise NameMissing
        bearer = Bearer(name=name[:120], language=contribution.language)
    if typed and not bearer.email:
        bearer = replace(bearer, email=typed)
    if needs_mail:
        validate_email(bearer.email)
    return bearer


def _taken_back(request: HttpRequest, contribution: Contribution, number: str) -> HttpResponse:
    given = contribution.forwardings.select_related("link", "contribution")
    found = given.filter(pk=int(number)).first() if number.isdecimal() else None
    if found is not None:
        take_back(found, by=writer_of(request))
        words = _("The link of %(name)s opens nothing any more. What was written stays.")
        messages.success(request, words % {"name": found.link.first_name})
    return redirect("write:forward", name=contribution.public_id)


def _about(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    bearer = bearer_for(contribution)
    number = len(hers_of(contribution.question_set.questions.asked))
    is_confidential = contribution.item is not None and contribution.item.is_confidential
    return {
        "contribution": contribution,
        "rubric": contribution.rubric,
        "about": contribution.about,
        "bearer": bearer,
        "first_name": bearer.name.partition(" ")[0] if bearer else "",
        "typed": request.POST,
        "questions": ngettext("%(n)s question", "%(n)s questions", number) % {"n": number},
        "hers": progress_of_hers([contribution])[contribution.pk],
        "is_by_link": writer_of(request) != request.user,
        "refusal": CannotForward.message if is_confidential else "",
    }
