"""Pure functions from documents and a moment to the pages of the hub."""

from hub_site.content.slips import Slip, slip_of
from hub_site.pages.compose import Site, addresses_of, compose, compose_one
from hub_site.pages.library import Library, parted
from hub_site.pages.making import Made, MovedPage, Subject
from hub_site.pages.outward import FILES as OUTWARD_FILES
from hub_site.pages.outward import OutwardFile
from hub_site.pages.searching import SEARCH_SUBJECT
from hub_site.pages.sheet import IMAGES, image_path
from hub_site.pages.shelf import EVERYTHING
from hub_site.pages.shell import KeptPage, hub_view
from hub_site.pages.tree_shelf import FRAME
from hub_site.pages.views import HubView, Page

__all__ = [
    "EVERYTHING",
    "FRAME",
    "IMAGES",
    "OUTWARD_FILES",
    "SEARCH_SUBJECT",
    "HubView",
    "KeptPage",
    "Library",
    "Made",
    "MovedPage",
    "OutwardFile",
    "Page",
    "Site",
    "Slip",
    "Subject",
    "addresses_of",
    "compose",
    "compose_one",
    "hub_view",
    "image_path",
    "parted",
    "slip_of",
]
