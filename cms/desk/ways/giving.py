"""The ways to hand a link over: a text for a message, a picture to scan, a code on paper."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from cms.links.actions import door_address, make_code
from cms.links.models import PersonalLink
from cms.workflow.links import absolute


class Way(StrEnum):
    """How somebody gets her link."""

    MAIL = "mail"
    SHARE = "share"
    MESSAGE = "message"
    PICTURE = "picture"
    PAPER = "paper"


@dataclass(frozen=True)
class Given:
    """A link as it is about to be handed over.

    Attributes:
        link: Whose it is.
        url: Its whole address, nowhere else.
        words: What goes before the address in a message.
        about: What it opens, in a few words; stands on the paper.
        back: Where to go on afterwards.
    """

    link: PersonalLink
    url: str
    words: str
    about: str
    back: str

    @property
    def message(self) -> str:
        return f"{self.words} {self.url}"


def hand_over(request: HttpRequest, given: Given, way: Way) -> HttpResponse:
    """Show a link once, in the way that was asked for."""
    if way == Way.SHARE:
        return JsonResponse({"text": given.words, "url": given.url})
    context: dict[str, Any] = {
        "given": given,
        "link": given.link,
        "until": date_format(localtime(given.link.expires_at), "j F"),
    }
    if way == Way.PAPER:
        return render(request, "desk/ways/paper.html", {**context, **_on_paper(given.link)})
    if way == Way.PICTURE:
        context["picture"] = picture_of(given.url)
    return render(request, "desk/ways/given.html", context)


def picture_of(address: str) -> str:
    """Draw an address as a QR code, for an `img`."""
    drawn = segno.make(address, error="m", micro=False)
    return str(drawn.svg_data_uri(scale=4, border=4, dark="#000", light="#fff"))


def _on_paper(link: PersonalLink) -> dict[str, str]:
    code = make_code(link)
    by_code = absolute(reverse("way_in_by_code", args=[code]))
    bare = door_address().removeprefix("https://").removeprefix("http://").rstrip("/")
    return {"code": code, "picture": picture_of(by_code), "address": bare}
