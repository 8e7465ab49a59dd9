"""The status page, the mark on Today, and the receipt in the editor."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from cms.accounts.models import User
from cms.config.home import Home
from cms.core import heartbeats
from cms.core.audiences import EVERYONE
from cms.desk.times import to_the_tenth
from cms.documents.models import FeedHead
from cms.publishing import actions as publishing
from cms.publishing.errors import TextGone
from cms.publishing.models import Publication
from cms.publishing.receipts import record_release, record_removal
from cms.workflow.moments import hub_zone
from tests import factories
from tests.factories import stages

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a thumbnail to the garbage collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO"),
]

STATUS = "/newsroom/status/"
MOST_QUERIES = 45


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: object) -> Home:
    home = Home(root=settings.MEDIA_ROOT.parent / "home")
    home.heartbeats.mkdir(parents=True)
    home.press.mkdir()
    for part in heartbeats.SILENCE:
        heartbeats.write_heartbeat(home.heartbeats, part)
    settings.PLEIN_HOME = home
    return home


def words(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    page = re.sub(r"<(script|style|template).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def printed(number: int = 412, *, late: timedelta = timedelta(), **more: object) -> None:
    head = FeedHead.objects.get()
    now = timezone.now() + late
    report = {"pages": 9, "changed": 1, "started_at": now, "activated_at": now, **more}
    record_release(
        number=number,
        epoch=str(head.epoch),
        cursor=f"{head.epoch}.{head.seq}",
        **report,  # type: ignore[arg-type]
    )


def test_when_all_is_well_it_says_so(client: Client) -> None:
    stages.live(title="Zes uur")
    printed()
    client.force_login(factories.community_manager())

    said = words(client, STATUS)

    assert "Uitgave 412 staat live sinds" in said
    assert "Er is niets mis." in said
    assert "Nooit te vroeg." in said
    assert "Zes uur" in said
    assert "Veranderingen om te drukken 0" in said


def test_what_is_wrong_stands_on_the_page_and_on_today_with_what_to_do(client: Client) -> None:
    manager = factories.community_manager()
    publication = stages.due(stages.scheduled(manager=manager))
    publishing.record_failure(publication, TextGone(), now=timezone.now())
    client.force_login(manager)

    said, today = words(client, STATUS), words(client, "/newsroom/")

    assert "ging niet live" in said
    assert "keur het opnieuw goed" in said
    assert "De goedgekeurde tekst is er niet meer." in said
    assert "1 ding mislukte" in today
    assert "ging niet live" in today


def test_what_waits_is_counted_and_the_next_is_named(client: Client) -> None:
    manager = factories.community_manager()
    stages.live(manager=manager)
    due = timezone.now() + timedelta(days=1)
    publication = stages.scheduled(manager=manager, due_at=due)
    client.force_login(manager)

    said = words(client, STATUS)

    assert "heeft nog geen uitgave gemeld" in said
    assert "Berichten die klaarstaan 1" in said
    assert stages.item_of(publication).title in said


def test_the_chart_has_a_dot_for_a_publication_and_words_for_a_slow_one(client: Client) -> None:
    manager = factories.community_manager()
    stages.live(manager=manager)
    printed(late=timedelta(seconds=1))
    Publication.objects.update(live_at=timezone.now(), due_at=timezone.now() - timedelta(minutes=3))
    Publication.objects.update(approved_at=timezone.now() - timedelta(hours=1))
    client.force_login(manager)

    page = client.get(STATUS).content.decode()

    assert page.count("p-chart__dot--off") == 1
    assert "1 kwam later dan de 2 s" in page
    assert "3 min" in page


def test_more_of_everything_costs_no_more_queries(client: Client) -> None:
    manager = factories.community_manager()
    stages.live(manager=manager)
    printed()
    few = queries(client, manager)
    for _ in range(3):
        stages.live(manager=manager)
    printed(413)

    assert queries(client, manager) == few
    assert few <= MOST_QUERIES


def queries(client: Client, user: User) -> int:
    client.force_login(user)
    client.get(STATUS)
    with CaptureQueriesContext(connection) as asked:
        client.get(STATUS)
    return len(asked)


def test_a_writer_finds_no_door_to_it(client: Client) -> None:
    client.force_login(factories.ambassador())

    assert client.get(STATUS).status_code == 302
    assert STATUS not in client.get("/newsroom/").content.decode()


def test_a_machine_s_problem_is_shown_with_its_reason(client: Client, home: Home) -> None:
    (home.press / "status.json").write_text(json.dumps({"faulty_pages": ["fout.md: geen titel"]}))
    client.force_login(factories.administrator())

    said = words(client, STATUS)

    assert "De vaste pagina fout.md is weggelaten" in said
    assert "geen titel" in said


def test_the_editor_shows_the_receipt_to_the_tenth(client: Client) -> None:
    manager = factories.community_manager()
    story = stages.live(manager=manager)
    client.force_login(manager)
    edit = f"/newsroom/pages/{story.pk}/edit/"
    assert "Goedgekeurd, wordt gedrukt…" in words(client, edit)

    printed()

    live_at = Publication.objects.get().live_at
    assert live_at is not None
    local = live_at.astimezone(hub_zone())
    tenth = f"{local:%H:%M:%S},{local.microsecond // 100_000}"
    assert f"Staat online sinds {tenth} · uitgave 412" in words(client, edit)


def test_the_editor_says_what_the_press_could_not_print(client: Client) -> None:
    manager = factories.community_manager()
    story = stages.live(manager=manager)
    printed(set_aside=[{"public_id": str(story.public_id), "reason": "onbekend blok"}])
    client.force_login(manager)

    said = words(client, f"/newsroom/pages/{story.pk}/edit/")

    assert "de drukpers kon het niet drukken" in said
    assert "onbekend blok" in said


def test_the_editor_says_since_when_it_is_off_the_hub(client: Client) -> None:
    manager = factories.community_manager()
    story = stages.live(manager=manager)
    printed()
    publishing.withdraw(story, by=manager)
    client.force_login(manager)
    edit = f"/newsroom/pages/{story.pk}/edit/"
    assert "Wordt van de hub gehaald" in words(client, edit)

    printed(413)

    assert "Van de hub sinds" in words(client, edit)
    assert "uitgave 413" in words(client, edit)


def test_a_moment_of_another_day_carries_its_day_and_is_cut_off_not_rounded() -> None:
    moment = timezone.now().replace(year=2026, month=12, day=1, hour=8, minute=0, second=0)
    moment = moment.replace(microsecond=690_000)

    assert to_the_tenth(moment, now=moment) == "09:00:00,6"
    assert to_the_tenth(moment, now=moment + timedelta(days=1)).endswith("1 dec 09:00:00,6")


def test_what_a_removal_took_away_is_told_on_the_page_and_on_the_item(client: Client) -> None:
    manager = factories.community_manager()
    gone, deleted = stages.live(title="Zes uur"), stages.live(title="Hal 2")
    moved = stages.live(title="De kantine")
    publishing.withdraw(gone, by=manager, reason="Op verzoek")
    publishing.delete(deleted, by=manager)
    printed()
    client.force_login(manager)
    editor = f"/newsroom/pages/{gone.pk}/edit/"
    assert "De drukpers is nog bezig met de oude uitgaven." in words(client, editor)

    report = {"at": timezone.now(), "seconds": 1.2, "releases": [1, 2], "files": 12}
    said_on = {"still_said": ["over-deze-plek/index.html"], "scanned": 4310}
    record_removal(gone.public_id, **report, **said_on)  # type: ignore[arg-type]
    record_removal(deleted.public_id, **report, scanned=4310)  # type: ignore[arg-type]
    record_removal(factories.image().public_id, **report, scanned=1)  # type: ignore[arg-type]
    record_removal(moved.public_id, **report, scanned=9, moved_from=EVERYONE)  # type: ignore[arg-type]

    page, item = words(client, STATUS), words(client, editor)
    assert page.count("Weg: 12 bestanden, uit 2 oude uitgaven.") == 3
    no_longer = "Niet meer voor ‘Iedereen’."
    assert no_longer in page
    assert no_longer in words(client, f"/newsroom/pages/{moved.pk}/edit/")
    assert "In 4.310 bewaarde bestanden staat er niets meer van." in page
    assert "Een item dat verwijderd is" in page
    assert "Hal 2" not in page
    for said in (page, item):
        assert "Woorden ervan staan nog op /over-deze-plek/." in said
    assert "4.310 bewaarde bestanden" in item
