"""Colleagues read the name that their hub was given, not that of the software behind it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import polib
import pytest
from django.conf import settings as project
from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from cms.accounts.signing_in.forgotten import send_way_back
from cms.accounts.signing_in.second_factor import app_to_set_up
from cms.alarms.lifeboat import Lifeboat
from cms.core.hub_name import hub_name
from cms.stories.models import HubPage
from cms.workflow import actions, agreements
from tests import factories
from tests.factories import agreeing, stages
from tests.factories.contributions import contribution, fill
from tests.factories.links import come_in, form_path, link_to_write, path_of
from tests.factories.planning import assignment
from tests.integration.contributions.test_drafts import TIP
from tests.integration.workflow.outbox import all_mails

pytestmark = pytest.mark.django_db

NAME = "De Zandbak"
CMS = Path(project.PLEIN_CHECKOUT) / "cms"
OF_THE_SOFTWARE = (
    "Plein uses this address itself.",
    "Plein keeps trying.",
    "A part of Plein stands still",
    "Plein starts it again by itself.",
    "Plein can't save anything.",
    "See whether the mail server answers.",
    "This account looks after Plein itself;",
    "Plein looks at",
    "Plein itself",
    "Was online like this before Plein kept a register.",
    "Whoever sends something back chooses one of these",
    "Empty is Plein's own.",
)
"""What managers and administrators read of the machine they work with."""
BRANDED = {"wagtailadmin/admin_base.html", "wagtailadmin/base.html"}


@pytest.fixture(autouse=True)
def zandbak() -> HubPage:
    return factories.hub_page(title=NAME)


def says(page: str) -> None:
    """Expect the name of the hub, and nowhere that of the software."""
    bare = unescape(re.sub(r"<(script|style|path)\b.*?</\1>", "", page, flags=re.DOTALL))
    assert NAME in bare
    assert re.findall(r".{,40}\bPlein\b.{,40}", bare, re.DOTALL) == []
    assert "function" not in bare


def test_no_sentence_says_plein_but_of_the_software() -> None:
    catalogue = polib.pofile(str(CMS / "locale" / "nl" / "LC_MESSAGES" / "django.po"))
    said = [entry.msgid for entry in catalogue if re.search(r"\bPlein\b", entry.msgid)]
    outside_of_sentences = {
        "/".join(file.parts[-2:])
        for file in CMS.glob("*/templates/**/*.*")
        if re.search(r"\bPlein\b", re.sub(r"{%.*?%}", "", file.read_text(), flags=re.DOTALL))
    }

    assert [words for words in said if not words.startswith(OF_THE_SOFTWARE)] == []
    assert outside_of_sentences == BRANDED


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "path",
    ["/login/", "/login/activate/", "/login/forgotten/", "/w/", "/w/AAAAA-AAAAA/", "/nowhere.x"],
)
def test_who_is_not_signed_in_reads_it_at_every_door(path: str, language: str) -> None:
    page = Client().get(path, headers={"Accept-Language": language})

    says(page.content.decode())


def test_a_sentence_has_it_in_its_midst() -> None:
    page = Client().get("/login/activate/", headers={"Accept-Language": "nl"})

    assert "Welkom op De Zandbak." in page.content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("reason", ["unreachable", "closed", "no_account", "other"])
def test_it_is_said_where_the_organisation_signs_in(reason: str, language: str) -> None:
    request = RequestFactory().get("/")
    context = {"reason": reason, "provider": SimpleNamespace(name="De Linde")}

    with override(language):
        says(render_to_string("accounts/organisation_refused.html", context, request))
        says(render_to_string("accounts/organisation_left.html", context, request))
        says(render_to_string("accounts/second_factor.html", context, request))


@pytest.mark.parametrize("path", ["/write/", "/write/planned/", "/ask/", "/follow/"])
def test_who_writes_reads_it(client: Client, path: str) -> None:
    client.force_login(factories.ambassador())

    says(client.get(path).content.decode())


def test_who_comes_by_a_link_reads_it() -> None:
    made = contribution(by=factories.ambassador())
    fill(made, TIP)
    _link, url = link_to_write(made)
    browser = come_in(url)

    says(browser.get(form_path(made.public_id)).content.decode())
    says(browser.get(f"{form_path(made.public_id)}story/").content.decode())


def test_who_is_in_an_item_reads_it_in_the_mail_and_on_her_page() -> None:
    kees = factories.person(name="Kees Brouwer", email="kees@example.test")
    page, _kees = agreeing.interviewed(who=kees)
    manager = factories.community_manager()
    agreeing.in_review(page, by=page.owner)
    agreements.ask(page, by=page.owner)

    (mail,) = [mail for mail in all_mails() if mail.to == ["kees@example.test"]]
    browser = Client()
    (line,) = [line for line in str(mail.body).splitlines() if "/w/?k=" in line]
    own = browser.get(path_of(line.strip()))["Location"]

    says(browser.get(own).content.decode())
    browser.post(own, {"answer": "yes", "digest": agreeing.digest(page, kees)})
    says(browser.get(own).content.decode())
    state = page.current_workflow_task_state
    actions.approve(state, by=manager, digest=stages.shown(page))
    done = browser.post(own, {"answer": "take-back", "sure": "1"}, follow=True)
    says(done.content.decode())


def test_every_mail_comes_from_it_and_ends_with_it() -> None:
    factories.community_manager()
    stages.submitted()

    for mail in all_mails():
        assert mail.from_email == "De Zandbak <plein@localhost>"
        assert str(mail.body).rstrip().endswith(NAME)
        says(str(mail.alternatives[0][0]))
    assert all_mails()


def test_the_mail_with_a_way_back_names_it(mailoutbox: list[EmailMultiAlternatives]) -> None:
    factories.ambassador(email="fatima@example.test")

    send_way_back.call("fatima@example.test")

    (mail,) = mailoutbox
    assert NAME in str(mail.subject)
    assert mail.from_email == "De Zandbak <plein@localhost>"


def test_a_sender_that_the_administrator_named_stays(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Redactie De Linde <redactie@linde.example>"
    factories.community_manager()

    stages.submitted()

    assert {mail.from_email for mail in all_mails()} == {settings.DEFAULT_FROM_EMAIL}


@pytest.mark.parametrize("name", ['Zand, "bak" & zo', "الساحة 🏖️", "Bcc:\r\nx@example.test"])
def test_any_name_can_send_mail(name: str, zandbak: HubPage) -> None:
    HubPage.objects.filter(pk=zandbak.pk).update(title=name)
    factories.community_manager()

    stages.submitted()

    header = all_mails()[0].message()["From"]
    (address,) = header.addresses
    assert address.addr_spec == "plein@localhost"
    assert address.display_name == " ".join(name.split())


def test_texts_for_a_message_name_it(client: Client) -> None:
    manager = factories.community_manager()
    client.force_login(manager)
    made = assignment(to=factories.ambassador(), by=manager)

    shown = client.post(f"/newsroom/requests/{made.public_id}/", {"act": "message"}, follow=True)

    says(shown.content.decode())


def test_an_app_for_codes_calls_it_by_its_name() -> None:
    address = app_to_set_up(factories.community_manager()).config_url

    assert "issuer=De%20Zandbak" in address


def test_a_new_name_is_said_at_once_and_asking_for_it_again_costs_nothing(
    zandbak: HubPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert hub_name() == NAME
    with CaptureQueriesContext(connection) as asked:
        assert hub_name() == NAME
    assert len(asked) == 0

    with django_capture_on_commit_callbacks(execute=True):
        zandbak.title = "De Werf"
        zandbak.save_revision().publish()

    assert hub_name() == "De Werf"


def test_an_alarm_without_a_database_still_names_it(
    settings: Settings, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    settings.MAILER_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    factories.administrator()
    boat, now = Lifeboat(), datetime.now(UTC)
    boat.all_is_written(now=now)

    with CaptureQueriesContext(connection) as asked:
        boat.nothing_is_written(DatabaseError("gone"), now=now)
        boat.nothing_is_written(DatabaseError("gone"), now=now + timedelta(minutes=1))

    assert len(asked) == 0
    assert [mail.from_email for mail in mailoutbox] == ["De Zandbak <plein@localhost>"]


def test_letters_with_a_code_carry_it(client: Client) -> None:
    client.force_login(factories.administrator())

    factories.employee().set_unusable_password()

    says(client.post("/newsroom/accounts/letters/").content.decode())
