"""Deciding on more than one way: together, at a glance, in an emergency, and answering back."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.publishing.emergencies import SENDERS
from cms.publishing.models import Emergency, Publication
from cms.stories.models import Story
from cms.workflow import actions, rounds
from cms.workflow.models import ApprovalState, Checklist, Reason
from tests import factories
from tests.factories import stages
from tests.integration.workflow.outbox import mails_to

pytestmark = pytest.mark.django_db

TICKED = re.compile(r'name="yes" value="([^"]+)"')


@pytest.fixture
def writer() -> User:
    return factories.ambassador(first_name="Fatima")


@pytest.fixture
def manager(client: Client) -> User:
    made = factories.community_manager(first_name="Marieke")
    client.force_login(made)
    return made


def test_short_items_are_approved_together_each_bound_to_what_was_shown(
    client: Client, writer: User, manager: User
) -> None:
    kept, changed, left = (
        stages.submitted(by=writer, title=title)[0] for title in ("Eén", "Twee", "Drie")
    )
    long = stages.ready_story(
        by=writer, title="Lang", body=[{"type": "paragraph", "value": f"<p>{'woord ' * 200}</p>"}]
    )
    actions.submit(long, by=writer)
    page = client.get("/newsroom/approve/").content.decode()
    shown = {value.partition(":")[0]: value for value in TICKED.findall(page)}
    assert set(shown) == {str(one.pk) for one in (kept, changed, left)}
    stages.edit(changed, by=writer, summary="Iets anders.")

    answer = client.post(
        "/newsroom/approve/",
        {"when": "now", "yes": [shown[str(kept.pk)], shown[str(changed.pk)]]},
    ).content.decode()

    assert [stages.fresh(one).live for one in (kept, changed, left)] == [True, False, False]
    assert "‘Eén’ gaat nu live." in answer
    assert "dit is veranderd sinds je keek" in answer


def test_nothing_ticked_or_made_up_approves_nothing(client: Client, manager: User) -> None:
    story, state = stages.submitted()

    for said in ([], ["nonsense"], [f"{story.pk}:{state.pk}:0000"], ["1:2", "²:²:x"]):
        client.post("/newsroom/approve/", {"when": "now", "yes": said})

    assert not Publication.objects.exists()


def test_a_small_correction_is_one_button(client: Client, writer: User, manager: User) -> None:
    story = stages.live(by=writer, manager=manager, summary="Het rolliuk gaat omhoog.")
    edited = stages.edit(story, by=writer, summary="Het rolluik gaat omhoog.")
    state = actions.submit(edited, by=writer)
    page = client.get(f"/newsroom/approve/{story.pk}/").content.decode()
    assert "Kleine wijziging in een live verhaal" in page
    assert "Wanneer gaat het live?" not in page

    client.post(
        f"/newsroom/approve/{story.pk}/small/",
        {"digest": stages.shown(story), "task_state": state.pk},
    )

    assert stages.fresh(story).summary == "Het rolluik gaat omhoog."


def test_what_is_not_small_gets_the_whole_page(client: Client, writer: User, manager: User) -> None:
    story = stages.live(by=writer, manager=manager)
    state = actions.submit(stages.edit(story, by=writer, summary="Heel anders."), by=writer)

    answer = client.post(
        f"/newsroom/approve/{story.pk}/small/",
        {"digest": stages.shown(story), "task_state": state.pk},
    )

    assert answer.status_code == 409
    assert "Wanneer gaat het live?" in answer.content.decode()


def test_an_emergency_message_from_screen_to_second_yes(
    client: Client, writer: User, manager: User
) -> None:
    writer.groups.add(Group.objects.get(name=SENDERS))
    story = stages.ready_story(by=writer, title="Hal 3 is dicht")
    assert client.get(f"/newsroom/emergency/{story.pk}/").status_code == 404
    client.force_login(writer)
    page = client.get(f"/newsroom/emergency/{story.pk}/").content.decode()
    assert "Binnen 60 minuten" in page
    said = {"digest": stages.shown(story), "reason": ""}
    refused = client.post(f"/newsroom/emergency/{story.pk}/", said)
    assert refused.status_code == 422
    above, _title, _below = refused.content.decode().partition("<h1")
    # On a phone the field lies a screen below the button.
    assert '<a href="#id_reason">Zeg in één zin waarom het niet kan wachten.</a>' in above

    client.post(f"/newsroom/emergency/{story.pk}/", {**said, "reason": "Gaslucht."})

    assert stages.fresh(story).live
    client.force_login(manager)
    page = client.get(f"/newsroom/approve/{story.pk}/").content.decode()
    assert "Live met één ja" in page
    assert "Gaslucht." in page
    state = stages.fresh(story).current_workflow_task_state
    assert state is not None
    yes = {"digest": stages.shown(story), "task_state": state.pk, "when": "now", "read": "on"}
    client.post(f"/newsroom/approve/{story.pk}/", yes)
    assert Emergency.objects.get().state == Emergency.State.CONFIRMED


def test_the_author_answers_and_who_sent_it_back_reads_it(
    client: Client, writer: User, manager: User
) -> None:
    story, state = stages.submitted(by=writer)
    actions.send_back(state, by=manager, reason="missing", sentence="Wie is Bas?")
    client.force_login(writer)
    page = client.get(f"/newsroom/answer/{story.pk}/").content.decode()
    assert "Er mist iets" in page
    assert "Wie is Bas?" in page

    client.post(f"/newsroom/answer/{story.pk}/", {"sentence": "Bas is de nieuwe chef."})

    assert "Bas is de nieuwe chef." in mails_to(manager)[-1].body
    actions.submit(stages.fresh(story), by=writer)
    assert client.get(f"/newsroom/answer/{story.pk}/").status_code == 200
    client.force_login(manager)
    assert "Bas is de nieuwe chef." in client.get(f"/newsroom/approve/{story.pk}/").content.decode()


def test_the_house_keeps_its_own_reasons(client: Client, manager: User) -> None:
    reasons = list(Reason.objects.all())
    rows: dict[str, object] = {
        "form-TOTAL_FORMS": len(reasons) + 1,
        "form-INITIAL_FORMS": len(reasons),
    }
    for number, reason in enumerate(reasons):
        rows |= {f"form-{number}-id": reason.pk, f"form-{number}-words": ""}
        if reason.key != "tone":
            rows[f"form-{number}-is_used"] = "on"
    rows["form-0-words"] = "Er ontbreekt een naam"
    last = f"form-{len(reasons)}"
    rows |= {f"{last}-id": "", f"{last}-words": "Te veel reclame", f"{last}-is_used": "on"}

    assert client.post("/newsroom/house-rules/", rows).status_code == 302

    story, _state = stages.submitted()
    page = client.get(f"/newsroom/approve/{story.pk}/send-back/").content.decode()
    assert "Er ontbreekt een naam" in page
    assert "Te veel reclame" in page
    assert "Toon past niet" not in page
    none_left = {key: value for key, value in rows.items() if not key.endswith("is_used")}
    assert client.post("/newsroom/house-rules/", none_left).status_code == 422


def test_a_rubric_has_its_own_checklist(client: Client, manager: User) -> None:
    rubric = factories.rubric(tone="Licht en warm")
    story, _state = stages.submitted(parent=rubric)
    page = client.get(f"/newsroom/approve/{story.pk}/").content.decode()
    assert "Leest makkelijk" in page
    assert "De toon past: Licht en warm" in page

    answer = client.post(
        f"/newsroom/house-rules/{rubric.pk}/",
        {"measured": ["length"], "fewest_words": 300, "own_rows": "Staat er een datum in?\n\n"},
    )

    assert answer.status_code == 302
    page = client.get(f"/newsroom/approve/{story.pk}/").content.decode()
    assert "Leest makkelijk" not in page
    assert "kort, 300 is hier gewoon" in page
    assert "Staat er een datum in?" in page
    wrong = {"fewest_words": 9, "most_words": 3}
    assert client.post(f"/newsroom/house-rules/{rubric.pk}/", wrong).status_code == 422
    assert Checklist.objects.get().own_rows.strip() == "Staat er een datum in?"


def test_the_log_tells_every_step_and_goes_along_as_safe_csv(
    client: Client, writer: User, manager: User
) -> None:
    _story, state = stages.submitted(by=writer, title="=1+1 in de kantine")
    actions.send_back(state, by=manager, reason="tone", sentence="@Fatima, mag het lichter?")
    other = factories.rubric(title="Ergens anders")

    page = client.get("/newsroom/log/").content.decode()
    assert "Teruggestuurd" in page
    assert "Ingestuurd" in page
    elsewhere = client.get("/newsroom/log/", {"rubric": other.pk}).content.decode()
    assert "kantine" not in elsewhere
    sent_back = {"step": "wagtail.workflow.reject", "export": "csv"}
    exported = client.get("/newsroom/log/", sent_back)

    text = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]
    head, *rows = text.splitlines()
    assert head.startswith('\ufeff"Moment"')
    assert len(rows) == 1
    assert '"\'=1+1 in de kantine"' in rows[0]
    assert '"\'@Fatima, mag het lichter?"' in rows[0]
    assert "kantine" not in client.get("/newsroom/log/", {"until": "2020-01-01"}).content.decode()


def test_what_is_confidential_stands_in_nobodys_log(client: Client, writer: User) -> None:
    outside = factories.community_manager()
    story = stages.ready_story(by=writer, title="De sluiting van Assen")
    Story.objects.filter(pk=story.pk).update(is_confidential=True)
    actions.begin_review(stages.fresh(story), by=writer)
    client.force_login(outside)

    assert "Assen" not in client.get("/newsroom/log/").content.decode()


def test_turnaround_is_counted_by_rubric_and_names_nobody(
    client: Client, writer: User, manager: User
) -> None:
    rubric = factories.rubric(title="Tip van HR")
    for _ in range(3):
        _story, state = stages.submitted(by=writer, parent=rubric)
        actions.send_back(state, by=manager, reason="tone", sentence="Lichter?")
    ApprovalState.objects.update(started_at=timezone.now() - timedelta(days=2))

    page = client.get("/newsroom/turnaround/").content.decode()

    assert "2,0 dagen" in page
    assert "Toon past niet (3)" in page
    main = page[page.index("p-today") :]
    assert writer.first_name not in main
    now = timezone.now()
    assert rounds.turnaround(since=now - timedelta(days=9), until=now - timedelta(days=5)) == []


def test_the_works_council_decides_on_its_own_rubric_at_every_door(
    client: Client, writer: User, manager: User
) -> None:
    council = factories.approver()
    rubric = factories.rubric(approvers=council.groups.get())
    story, state = stages.submitted(by=writer, parent=rubric)
    shown = {"digest": stages.shown(story), "task_state": state.pk}
    yes = f"{story.pk}:{state.pk}:{shown['digest']}"

    client.post("/newsroom/approve/", {"when": "now", "yes": [yes]})
    client.post(f"/newsroom/approve/{story.pk}/small/", shown)
    now = {**shown, "when": "now", "read": "on", "confirmed": "on"}
    client.post(f"/newsroom/approve/{story.pk}/", now)
    said = {"task_state": state.pk, "reason": "tone", "sentence": "Liever niet."}
    client.post(f"/newsroom/approve/{story.pk}/send-back/", said)
    assert stages.fresh(story).current_workflow_task_state == state
    later = {**shown, "day": "2040-05-07", "at": "09:00", "when": "at", "read": "on"}
    client.force_login(council)
    client.post(f"/newsroom/approve/{story.pk}/", later)
    client.force_login(manager)
    client.post(f"/newsroom/moment/{story.pk}/", {"day": "2040-05-08", "at": "9:00", "when": "at"})

    publication = Publication.objects.get()
    assert (publication.approved_by, publication.due_at.day) == (council, 8)


@pytest.mark.parametrize("screen", ["approve", "agreements"])
def test_where_she_decides_a_way_leads_to_the_text(
    client: Client, writer: User, manager: User, screen: str
) -> None:
    story, _state = stages.submitted(by=writer)

    page = client.get(f"/newsroom/{screen}/{story.pk}/").content.decode()

    assert f'<a href="/newsroom/pages/{story.pk}/edit/">Pas de tekst aan</a>' in page


def test_the_log_says_of_the_hub_itself_no_place(client: Client, manager: User) -> None:
    hub = factories.hub_page(title="De Zandbak")
    log(instance=hub, action="wagtail.publish", user=manager)

    page = client.get("/newsroom/log/").content.decode()

    assert "De Zandbak" in page
    assert "Root" not in page
