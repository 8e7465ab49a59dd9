"""What links of the writing desk open."""

from datetime import timedelta

from django.urls import reverse

from cms.contributions.writers import ANSWER, WRITE
from cms.links.models import PersonalLink
from cms.links.purposes import Purpose, register


def register_purposes() -> None:
    register(Purpose(WRITE, form_of, kept=timedelta(days=30), besides={"request": request_of}))
    register(Purpose(ANSWER, form_of, kept=timedelta(days=60)))


def form_of(link: PersonalLink) -> str:
    return reverse("write:form", args=[link.thing])


def request_of(link: PersonalLink) -> str:
    return reverse("write:request", args=[link.thing])
