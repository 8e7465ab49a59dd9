"""The demo organisation: its items stand where the newsroom's own acts would have put them."""

import shutil
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.conf import settings
from django.utils import timezone

from cms.config.demo import loader
from cms.config.demo.dates import Shift
from cms.config.demo.items import Items
from cms.config.demo.organisation import Organisation
from cms.config.demo.requests import Requests
from cms.documents.models import PublicDocument
from cms.planning.models import Assignment
from cms.planning.standing import Stage, standings_of
from cms.publishing.status import StatusKey, status_of
from cms.stories.models import EditorialPage, HubPage

DEMO = settings.PLEIN_CHECKOUT / "content" / "demo"
REFERENCE_DAY = date(2026, 11, 22)
EXPECTED = {
    "10-reiskosten": StatusKey.LIVE,
    "11-carnaval": StatusKey.LIVE,
    "16-praatstoel-offline": StatusKey.WITHDRAWN,
    "19-twee-minuten-stil": StatusKey.EXPIRED,
    "34-vrije-dagen-over": StatusKey.SCHEDULED,
    "40-freesmachine": StatusKey.SUBMITTED,
    "42-opening-in-zeist": StatusKey.DRAFT,
    "44-zwarte-middag": StatusKey.DRAFT,
}
COSTLY = {"image", "gallery", "document", "video", "button"}
"""Parts that need pictures, files or another item."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the demo with a few of its items and one of its portraits: each costs ten sizes."""
    for name in ("organisation.yaml", "images.yaml"):
        shutil.copy(DEMO / name, tmp_path)
    people = yaml.safe_load((DEMO / "people.yaml").read_text(encoding="utf-8"))
    for person in people[1:]:
        person["portrait"] = None
    (tmp_path / "people.yaml").write_text(yaml.safe_dump(people))
    (tmp_path / "images").symlink_to(DEMO / "images")
    (tmp_path / "items").mkdir()
    for name in EXPECTED:
        item = yaml.safe_load((DEMO / "items" / f"{name}.yaml").read_text(encoding="utf-8"))
        item["lead_image"] = None
        item["body"] = [block for block in item["body"] or [] if block["type"] not in COSTLY]
        (tmp_path / "items" / f"{name}.yaml").write_text(yaml.safe_dump(item))
    return tmp_path


@pytest.mark.django_db
def test_every_item_is_in_its_own_state_and_only_what_is_live_is_public(folder: Path) -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    organisation = Organisation(folder, Shift(REFERENCE_DAY, timezone.now(), zone))
    organisation.load(password="geheim")

    loaded = Items(organisation)
    count = loaded.load(folder / "items")

    assert count == len(EXPECTED)
    numbers = {int(name.partition("-")[0]): status for name, status in EXPECTED.items()}
    pages = {n: EditorialPage.objects.get(pk=page.pk) for n, page in loaded.pages.items()}
    assert {n: status_of(page).key for n, page in pages.items()} == numbers
    assert Requests(organisation).load(DEMO / "requests.yaml") == len(Stage) - 1
    asked = standings_of(Assignment.objects.whole())
    assert {each.stage for each in asked.values()} == set(Stage) - {Stage.HANDED_IN}
    public = set(PublicDocument.objects.values_list("public_id", flat=True))
    live = {page.public_id for n, page in pages.items() if numbers[n] == StatusKey.LIVE}
    assert live == public & {page.public_id for page in pages.values()}


@pytest.mark.django_db
def test_the_demo_never_mixes_with_somebody_s_own_hub() -> None:
    root = HubPage.get_root_nodes().get()
    root.add_child(instance=HubPage(title="Van onszelf", slug="eigen"))

    with pytest.raises(loader.NotEmptyError):
        loader.load(password="geheim", say=lambda _line: None)
