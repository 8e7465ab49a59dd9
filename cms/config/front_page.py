"""Puts the hub where Wagtail has its welcome page."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cms.stories.models import HubPage

HTTPS_PORT = 443
HTTP_PORT = 80


def add_front_page(hub: HubPage) -> HubPage:
    """Make this the one site's front page; the page that Wagtail comes with goes."""
    Page.get_first_root_node().add_child(instance=hub)
    address = urlsplit(settings.PUBLIC_URL)
    usual_port = HTTPS_PORT if address.scheme == "https" else HTTP_PORT
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or usual_port,
            "root_page": hub,
            "site_name": hub.title,
        },
    )
    for welcome in Page.objects.exact_type(Page).filter(depth=hub.depth):
        welcome.delete()
    return hub
