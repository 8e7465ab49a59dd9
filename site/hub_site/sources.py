"""What each file of a release is made from, the look aside: a rollback compares these."""

import hashlib
import json

from hub_site.pages import HubView
from hub_site.releases import OF_THE_LOOK


def shell_of(hub: HubView) -> str:
    """What every page's frame shows."""
    return json.dumps(hub, sort_keys=True, ensure_ascii=False)


def source_of_page(digest: str, shell: str) -> str:
    """The same hash means that only the look can differ."""
    return hashlib.sha256(f"{digest}\0{shell}".encode()).hexdigest()


def source_of_template(path: str, shell: str) -> str:
    return source_of_page("", shell) if path.endswith(".html") else OF_THE_LOOK
