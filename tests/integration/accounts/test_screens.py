"""The administrator's screens about accounts, and who stays out of them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.accounts.models import AccountList, ActivationCode, OrganisationIdentity, User
from cms.accounts.signing_in import second_factor
from cms.publishing import retention
from tests import factories
from tests.integration.accounts.doors import PASSWORD, is_signed_in, sign_in, with_password

pytestmark = pytest.mark.django_db
START, DIFFERENCE = "/newsroom/accounts/", "/newsroom/accounts/difference/"


@pytest.fixture
def administrator(client: Client) -> User:
    made = factories.administrator()
    client.force_login(made)
    return made


def upload(client: Client, text: str, **words: str) -> str:
    file = SimpleUploadedFile("collegas.csv", text.encode())
    return client.post(START, {"file": file, **words}, follow=True).content.decode()


def do(client: Client) -> str:
    page = client.get(DIFFERENCE).content.decode()
    seen = re.search('name="seen" value="([0-9a-f]+)"', page)
    assert seen
    return client.post(DIFFERENCE, {"seen": seen[1]}, follow=True).content.decode()


def test_first_the_difference_then_doing_it(client: Client, administrator: User) -> None:
    shown = upload(client, "nummer;achternaam;afdeling\n10482;Lubbers;Werkplaats\n")
    before = User.objects.filter(personnel_number="10482").exists()

    done = do(client)

    assert "Lubbers" in shown
    assert "Werkplaats" in shown
    assert not before
    assert User.objects.get(personnel_number="10482").last_name == "Lubbers"
    assert "1 nieuw" in done
    assert not AccountList.objects.exists()


def test_the_log_says_how_many_and_not_who(client: Client, administrator: User) -> None:
    upload(client, "nummer;achternaam\n10482;Lubbers\n")
    do(client)

    entry = ModelLogEntry.objects.get(action="accounts.import")
    assert entry.user == administrator
    assert entry.data == {"new": 1, "changed": 0, "closed": 0}


def test_what_changed_meanwhile_is_shown_anew(client: Client, administrator: User) -> None:
    page = upload(client, "nummer;achternaam\n10482;Lubbers\n")
    seen = re.search('name="seen" value="([0-9a-f]+)"', page)
    factories.user(personnel_number="10482", last_name="Smit")

    answer = client.post(DIFFERENCE, {"seen": seen[1] if seen else ""}).content.decode()

    assert "intussen iets veranderd" in answer
    assert User.objects.get(personnel_number="10482").last_name == "Smit"


def test_a_list_with_faults_has_no_button(client: Client, administrator: User) -> None:
    page = upload(client, "nummer;geslacht\n10482;v\n")

    assert "wat de wet beschermt" in page
    assert "Voer dit door" not in page
    assert not User.objects.filter(personnel_number="10482").exists()


def test_a_list_that_was_left_lying_is_forgotten(client: Client, administrator: User) -> None:
    upload(client, "nummer\n10482\n")
    AccountList.objects.update(made_at=timezone.now() - timedelta(hours=2))

    shown = client.get(DIFFERENCE)
    retention.account_lists(timezone.now())

    assert shown["Location"] == START
    assert not AccountList.objects.exists()


def test_no_file_and_an_old_list_are_told(client: Client, administrator: User) -> None:
    assert client.post(START, {}).status_code == 200
    assert client.post(DIFFERENCE, follow=True).redirect_chain[-1][0] == START


def test_what_is_in_a_list_can_not_run(client: Client, administrator: User) -> None:
    page = upload(client, 'nummer;achternaam\n1;"<script>alert(1)</script>"\n')

    assert "<script>alert(1)" not in page


def test_letters_are_for_who_can_not_sign_in_yet(client: Client, administrator: User) -> None:
    waiting = factories.employee(personnel_number="10482", last_name="Lubbers")
    User.objects.filter(pk=waiting.pk).update(password="!unusable")
    by_organisation = factories.employee(last_name="Warsame")
    User.objects.filter(pk=by_organisation.pk).update(password="!unusable")
    OrganisationIdentity.objects.create(user=by_organisation, issuer="x", subject="y")
    factories.employee(last_name="Brouwer")

    response = client.post("/newsroom/accounts/letters/")

    sheet = response.content.decode()
    code = re.search("[0-9A-Z]{5}-[0-9A-Z]{5}", sheet)
    assert code
    assert "Lubbers" in sheet
    assert not {"Warsame", "Brouwer"} & {*re.findall(r"\w+", sheet)}
    assert "no-store" in response["Cache-Control"]
    words = {"name": "10482", "code": code[0], "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post("/login/activate/", words).status_code == 302


def test_letters_are_made_once_and_by_place(client: Client, administrator: User) -> None:
    here, there = factories.department(), factories.department()
    for department in (here, there):
        made = factories.employee(department=department)
        User.objects.filter(pk=made.pk).update(password="!unusable")

    client.post("/newsroom/accounts/letters/", {"department": here.pk})
    first = ActivationCode.objects.count()
    again = client.post("/newsroom/accounts/letters/", {"department": here.pk})

    assert first == 1
    assert ActivationCode.objects.get().user.department == here
    assert "slip__code" not in again.content.decode()


def test_one_letter_for_who_forgot_the_password(client: Client, administrator: User) -> None:
    colleague = with_password(factories.employee())

    sheet = client.post(f"/newsroom/accounts/{colleague.pk}/letter/").content.decode()

    assert colleague.display_name in sheet
    assert sign_in(Client(), colleague).status_code == 302


def test_help_for_who_lost_a_phone(client: Client, administrator: User) -> None:
    editor = with_password(factories.community_manager())
    browser = Client()
    sign_in(browser, editor)
    second_factor.app_to_set_up(editor)
    OrganisationIdentity.objects.create(user=editor, issuer="x", subject="y")
    way_in = f"/newsroom/accounts/{editor.pk}/"
    was_in = is_signed_in(browser)

    for act in ("remove_factor", "unlink", "end_sessions", "nonsense"):
        client.post(way_in, {"act": act})

    assert was_in
    assert not is_signed_in(browser)
    assert not editor.identities.exists()
    assert ModelLogEntry.objects.filter(action="accounts.way_in").count() == 3


@pytest.mark.parametrize("role", ["employee", "ambassador", "community_manager"])
def test_only_administrators_come_here(client: Client, role: str) -> None:
    colleague = factories.employee()
    client.force_login(getattr(factories, role)())

    for address in (START, DIFFERENCE, f"{START}{colleague.pk}/"):
        assert client.get(address).status_code in {302, 404, 403}
    for address in (
        f"{START}letters/",
        f"{START}{colleague.pk}/letter/",
        f"{START}{colleague.pk}/",
    ):
        client.post(address, {"act": "end_sessions"})
    upload(client, "nummer\n10482\n")

    assert not ActivationCode.objects.exists()
    assert not AccountList.objects.exists()
    assert User.objects.get(pk=colleague.pk).session_generation == 0


def test_who_has_fewer_rights_can_not_take_over_who_has_all(
    client: Client, administrator: User
) -> None:
    root = with_password(factories.user(username="root", is_superuser=True))
    words = {"username": "root", "last_name": "x", "password1": "y" * 12, "password2": "y" * 12}

    answers = [
        client.get(f"{START}{root.pk}/"),
        client.post(f"{START}{root.pk}/letter/"),
        client.post(f"/newsroom/users/edit/{root.pk}/", words),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert User.objects.get(pk=root.pk).check_password(PASSWORD)
    assert not ActivationCode.objects.exists()


def test_who_has_fewer_rights_can_not_give_all(client: Client, administrator: User) -> None:
    words = {"username": "mol", "last_name": "Mol", "is_superuser": "on"}

    client.post("/newsroom/users/new/", words)

    assert not User.objects.get(username="mol").is_superuser


def test_an_account_without_mailbox_is_made_by_hand(client: Client, administrator: User) -> None:
    words = {
        "username": "10482",
        "personnel_number": "10482",
        "last_name": "Lubbers",
        "department": factories.department().pk,
        "started": "2019-03",
    }

    client.post("/newsroom/users/new/", words)

    made = User.objects.get(personnel_number="10482")
    assert not made.has_usable_password()
    assert made.started == "2019-03"


def test_a_name_that_is_somebodys_number_is_refused_by_hand(
    client: Client, administrator: User
) -> None:
    factories.user(personnel_number="10482")

    page = client.post("/newsroom/users/new/", {"username": "10482", "last_name": "Smit"})

    assert "iemands personeelsnummer" in page.content.decode()
    assert not User.objects.filter(username="10482").exists()
