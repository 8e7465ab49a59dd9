"""The sidebar: what this person can use, and nothing else."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea

from cms.accounts import roles

FOR_WRITERS = {"today", "items", "images"}


def today() -> MenuItem:
    return MenuItem(
        _("Today"), reverse("wagtailadmin_home"), name="today", icon_name="home", order=1
    )


def requests() -> MenuItem:
    return MenuItem(
        _("Requests"),
        reverse("desk:requests"),
        name="requests",
        icon_name="clipboard-list",
        order=5,
    )


def status() -> MenuItem:
    return MenuItem(
        _("Is all well?"), reverse("desk:status"), name="status", icon_name="check", order=9000
    )


def register() -> MenuItem:
    return MenuItem(
        _("Agreement"), reverse("desk:register"), name="agreement", icon_name="success", order=8500
    )


def house_rules() -> MenuItem:
    return MenuItem(
        _("House rules"),
        reverse("desk:house_rules"),
        name="house-rules",
        icon_name="list-ul",
        order=330,
    )


def tray() -> MenuItem:
    return MenuItem(_("Tray"), reverse("desk:tray"), name="tray", icon_name="mail", order=95)


def log() -> MenuItem:
    return MenuItem(_("Log"), reverse("desk:log"), name="log", icon_name="history", order=10)


def turnaround() -> MenuItem:
    return MenuItem(
        _("Turn-around"), reverse("desk:turnaround"), name="turnaround", icon_name="time", order=20
    )


def front() -> MenuItem:
    return MenuItem(
        _("Front page"), reverse("desk:front"), name="front", icon_name="view", order=310
    )


def style() -> MenuItem:
    return MenuItem(
        _("House style"), reverse("desk:style"), name="style", icon_name="image", order=320
    )


def search_area() -> SearchArea:
    return SearchArea(
        _("Stories"),
        reverse("desk_items:index"),
        name="items",
        icon_name="doc-full-inverse",
        order=1,
    )


def reduce_sidebar(request: HttpRequest, items: list[Any]) -> None:
    """Leave a writer three doors."""
    if not roles.sees_everything(request.user):
        items[:] = [item for item in items if item.name in FOR_WRITERS]
