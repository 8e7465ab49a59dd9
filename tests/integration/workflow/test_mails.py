"""Who hears what, at every transition, in which language."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from wagtail.users.models import UserProfile

from cms.publishing import actions as publishing
from cms.publishing import news
from cms.stories.confiding import confide
from cms.workflow import actions, agreements, letters, notifications
from tests import factories
from tests.factories import agreeing, stages
from tests.integration.workflow.outbox import all_mails, mails_to

pytestmark = pytest.mark.django_db


def test_submitting_asks_the_approvers_and_thanks_the_author() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    bystander = factories.ambassador()

    story, _task_state = stages.submitted(by=author, title="Om zes uur op")

    (asked,), (thanked,) = mails_to(manager), mails_to(author)
    assert asked.subject == "Lees en beslis: ‘Om zes uur op’"
    assert "/newsroom/" in asked.body
    assert f"/{story.pk}/" in asked.body
    assert thanked.body.splitlines()[2].startswith("Dank je wel")
    assert manager.display_name in thanked.body
    assert mails_to(bystander) == []


def test_a_rubric_of_its_own_asks_only_its_own_approvers() -> None:
    council = factories.approver()
    rubric = factories.rubric(approvers=council.groups.first())
    manager = factories.community_manager()

    stages.submitted(parent=rubric)

    assert len(mails_to(council)) == 1
    assert mails_to(manager) == []


def test_a_mail_is_in_the_language_of_who_gets_it_in_two_forms() -> None:
    manager = factories.community_manager(first_name="Alex")
    profile = UserProfile.get_for_user(manager)
    profile.preferred_language = "en"
    profile.save()

    stages.submitted(title="Om <zes> uur op")

    (mail,) = mails_to(manager)
    ((html, kind),) = mail.alternatives
    assert mail.subject == "Read and decide: “Om <zes> uur op”"
    assert mail.body.startswith("Hi Alex,")
    assert kind == "text/html"
    assert isinstance(html, str)
    assert "Om &lt;zes&gt; uur op" in html
    assert html.count("<a ") == 1


def test_the_language_of_who_is_at_work_is_not_that_of_who_gets_the_mail() -> None:
    manager = factories.community_manager()

    with override("en"):
        stages.submitted(title="Om zes uur op")

    (mail,) = mails_to(manager)
    assert mail.subject == "Lees en beslis: ‘Om zes uur op’"


def test_no_word_of_a_mail_is_in_the_language_of_who_is_at_work() -> None:
    kees = factories.person(name="Kees Brouwer", email="kees@example.test")
    writers = [factories.person(name=name) for name in ("Magda Kowalczyk", "Noor Hiemstra")]
    page, _person = agreeing.interviewed(who=kees, authors=writers)
    agreeing.in_review(page, by=page.owner)

    with override("en"):
        agreements.ask(page, by=page.owner)
        notifications.send_to_address("iemand@example.test", lambda: letters.live(page))

    asked, to_nobody = (
        next(mail for mail in all_mails() if mail.to == [address])
        for address in ("kees@example.test", "iemand@example.test")
    )
    assert "Magda Kowalczyk en Noor Hiemstra" in asked.body
    assert to_nobody.body.startswith("Dag collega,")


def test_what_is_confidential_is_not_named() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    outside = factories.community_manager()
    story = stages.ready_story(by=author, title="De sluiting van Assen")
    confide(story, circle=[manager], by=author)

    actions.submit(stages.fresh(story), by=author)

    (mail,) = mails_to(manager)
    assert "Assen" not in f"{mail.subject} {mail.body}"
    assert mails_to(outside) == []


def test_sending_back_says_thank_you_first_then_the_reason_and_the_sentence() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    _story, task_state = stages.submitted(by=author)

    actions.send_back(task_state, by=manager, reason="missing", sentence="Wie is Bas?\nVertel!")

    mail = mails_to(author)[-1]
    assert mail.subject.startswith("Terug bij jou")
    assert mail.body.index("Dank je wel") < mail.body.index("er mist iets")
    assert "Wie is Bas?" in mail.body
    assert mails_to(manager)[1:] == []


def test_accepting_an_edit_calls_the_approver() -> None:
    author, manager = factories.ambassador(), factories.community_manager()
    story, _task_state = stages.submitted(by=author)
    stages.edit(story, by=manager, summary="Korter.")

    actions.accept_edit(story, by=author, digest=stages.shown(story))

    assert mails_to(manager)[-1].subject.startswith(f"Beslis: {author.display_name}")


def test_scheduling_tells_the_author_the_moment_and_going_live_where_to_read_it() -> None:
    author = factories.ambassador()
    publication = stages.scheduled(by=author)
    mail = mails_to(author)[-1]
    assert mail.subject.startswith("Klaargezet voor ")
    assert "(tijd in Amsterdam)" in mail.body  # it may be read in another zone than the hub's

    publishing.publish(stages.due(publication))
    news.tell()

    mail = mails_to(author)[-1]
    assert mail.subject.startswith("Live: ")
    assert publication.page is not None
    assert f"/{publication.page.slug}/" in mail.body
    assert "/hub/" not in mail.body


def test_approving_for_now_is_one_mail_to_the_author() -> None:
    author = factories.ambassador()

    stages.live(by=author)
    assert (news.tell(), news.tell()) == (1, 0)

    subjects = [mail.subject for mail in mails_to(author)]
    assert len(subjects) == 2  # thank you, and live
    assert subjects[-1].startswith("Live: ")


def test_taking_offline_tells_the_author() -> None:
    author = factories.ambassador()
    story = stages.live(by=author)

    publishing.withdraw(story, by=factories.community_manager(), reason="Op verzoek")

    assert mails_to(author)[-1].subject.startswith("Offline gehaald: ")


def test_taking_it_out_of_the_schedule_tells_the_author() -> None:
    author = factories.ambassador()
    publication = stages.scheduled(by=author)

    publishing.cancel(publication, by=factories.community_manager())

    assert mails_to(author)[-1].subject.startswith("Niet meer klaargezet")


def test_nobody_without_an_address_or_an_open_account_is_written_to() -> None:
    factories.community_manager(email="")
    factories.community_manager(is_active=False)
    author = factories.ambassador()

    stages.submitted(by=author)

    assert [mail.to for mail in all_mails()] == [[author.email]]


def test_wagtails_own_workflow_mails_stay_away(mailoutbox: list[object]) -> None:
    manager = factories.community_manager(is_superuser=True)
    story, task_state = stages.submitted()
    actions.send_back(task_state, by=manager, reason="tone", sentence="Mag het lichter?")
    again = actions.submit(story, by=story.owner)
    actions.approve(
        again,
        by=manager,
        digest=stages.shown(story),
        due_at=timezone.now() + timedelta(hours=1),
    )

    assert mailoutbox == []


def test_what_is_loaded_with_an_old_date_is_no_news() -> None:
    author = factories.ambassador()
    publication = stages.due(stages.scheduled(by=author), ago=timedelta(days=30))

    publishing.publish(publication)

    assert not mails_to(author)[-1].subject.startswith("Live: ")
