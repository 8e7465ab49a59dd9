"""Pure functions from documents and a moment to the pages of the hub."""

from hub_site.pages.compose import MovedPage, Site, compose, compose_one
from hub_site.pages.sheet import image_path
from hub_site.pages.shell import KeptPage
from hub_site.pages.views import HubView, Page

__all__ = [
    "HubView",
    "KeptPage",
    "MovedPage",
    "Page",
    "Site",
    "compose",
    "compose_one",
    "image_path",
]
