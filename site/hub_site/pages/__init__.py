"""Pure functions from documents and a moment to the pages of the hub."""

from hub_site.content.slips import Slip, slip_of
from hub_site.pages.compose import Site, addresses_of, compose, compose_one
from hub_site.pages.making import (
    MovedPage,
    Subject,
    all_subjects,
    in_time,
    make,
    subjects_touched,
)
from hub_site.pages.sheet import image_path
from hub_site.pages.shelf import EVERYTHING, Shelf
from hub_site.pages.shell import KeptPage, hub_view
from hub_site.pages.views import HubView, Page

__all__ = [
    "EVERYTHING",
    "HubView",
    "KeptPage",
    "MovedPage",
    "Page",
    "Shelf",
    "Site",
    "Slip",
    "Subject",
    "addresses_of",
    "all_subjects",
    "compose",
    "compose_one",
    "hub_view",
    "image_path",
    "in_time",
    "make",
    "slip_of",
    "subjects_touched",
]
