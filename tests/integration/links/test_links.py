"""A personal link opens one thing, for one purpose, while it is good; and nothing else ever."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cms.accounts.models import User
from cms.contributions.writers import ANSWER, WRITE
from cms.links import keys
from cms.links.actions import Bearer, make_code, make_link, renew, revoke
from cms.links.models import LinkKey, PersonalLink
from cms.links.purposes import purpose_of
from tests import factories
from tests.factories.contributions import contribution
from tests.factories.links import come_in, form_path, forwarded, link_to_write, path_of
from tests.integration.workflow.outbox import all_mails

pytestmark = pytest.mark.django_db


def test_a_link_opens_the_first_question_in_one_go_and_signs_nobody_in() -> None:
    made = contribution(starter="spotlight")
    _link, url = link_to_write(made)

    browser = Client()
    opened = browser.get(path_of(url))

    assert opened["Location"] == form_path(made.public_id)
    assert browser.get(opened["Location"]).status_code == 200
    assert browser.get("/write/").status_code == 302
    assert browser.get("/newsroom/")["Location"].startswith("/login/")
    assert settings.SESSION_COOKIE_NAME not in browser.cookies
    cookie = browser.cookies[settings.PLEIN_LINK_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_opening_a_link_only_reads() -> None:
    made = contribution()
    link, url = link_to_write(made)
    code = make_code(link)

    for path in [path_of(url)] * 3 + [f"/w/{code}/"] * 3:
        Client().get(path)

    link.refresh_from_db()
    assert link.first_used_at is None
    assert not LinkKey.objects.exclude(used_at=None).exists()


def test_nothing_of_a_key_is_kept_that_could_open_anything() -> None:
    link, url = link_to_write(contribution())
    code = make_code(link)
    key = url.partition("k=")[2]

    kept = str(list(LinkKey.objects.values())) + str(list(PersonalLink.objects.values()))

    assert len(key) * 6 >= 128
    assert key not in kept
    assert code.replace("-", "") not in kept


def test_what_opens_nothing_is_answered_alike(client: Client) -> None:
    made = contribution()
    link, url = link_to_write(made)
    old, old_url = forwarded(made)
    PersonalLink.objects.filter(pk=old.link_id).update(expires_at=timezone.now())
    revoke(link, by=None)

    pages = {}
    for name, path in {
        "revoked": path_of(url),
        "expired": path_of(old_url),
        "guessed": "/w/?k=" + "x" * 24,
        "nonsense": "/w/?k=%00%ff",
    }.items():
        answer = client.get(path)
        text = answer.content.decode()
        pages[name] = (answer.status_code, re.sub(r'value="[^"]*"', "", text))
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"

    assert len(set(pages.values())) == 1
    assert pages["guessed"][0] == 404


@pytest.mark.parametrize("end", ["revoked", "expired", "closed account"])
def test_an_open_page_shuts_at_once_when_its_link_ends(end: str) -> None:
    made = contribution()
    link, url = link_to_write(made)
    browser = come_in(url)
    form = form_path(made.public_id)
    assert browser.get(form).status_code == 200

    if end == "revoked":
        revoke(link, by=None)
    elif end == "expired":
        PersonalLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    else:
        User.objects.filter(pk=made.author_id or 0).update(is_active=False)

    assert browser.get(form).status_code == 404
    sent = browser.post(f"{form}answer/", {"key": "moment"}, headers={"Accept": "application/json"})
    assert sent.status_code == 401


def test_a_link_is_for_one_thing_and_one_purpose() -> None:
    mine, theirs = contribution(starter="spotlight"), contribution(starter="tip-from-hr")
    _link, url = link_to_write(mine)
    guest = come_in(forwarded(mine)[1])

    writer = come_in(url)

    for browser in (writer, guest):
        assert browser.get(form_path(theirs.public_id)).status_code == 302
        assert browser.get(form_path(mine.public_id)).status_code == 200
    for page in ("story", "about", "forward", "request"):
        assert guest.get(f"{form_path(mine.public_id)}{page}/").status_code == 404
        assert guest.post(f"{form_path(mine.public_id)}{page}/").status_code == 404


def test_a_link_to_somebody_elses_desk_opens_nothing() -> None:
    made = contribution()
    _link, url = link_to_write(made, user=factories.ambassador())

    browser = come_in(url)

    assert browser.get(form_path(made.public_id)).status_code == 404


def test_a_cookie_that_is_not_ours_opens_nothing() -> None:
    made = contribution()
    link, _url = link_to_write(made)
    for value in ("", "x", str(link.public_id), '["' + str(link.public_id) + '"]:a:b'):
        browser = Client()
        browser.cookies[settings.PLEIN_LINK_COOKIE] = value
        assert browser.get(form_path(made.public_id)).status_code == 302


def test_a_code_works_once_however_it_is_typed() -> None:
    made = contribution()
    link, _url = forwarded(made)
    code = make_code(link.link)
    browser = Client()
    shown = browser.get(f"/w/{code.lower()}/").content.decode()
    assert code.lower() in shown

    first = browser.post("/w/", {"code": f" {code.replace('-', ' ').lower()}"})
    again = Client().post("/w/", {"code": code})

    assert first["Location"] == form_path(made.public_id)
    assert browser.get(first["Location"]).status_code == 200
    assert again.status_code == 422


def test_an_old_code_and_one_whose_time_is_over_open_nothing() -> None:
    link, _url = forwarded(contribution())
    first = make_code(link.link)
    second = make_code(link.link)

    assert keys.exchange(first) is None
    LinkKey.objects.filter(is_code=True).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert keys.exchange(second) is None


def test_guessing_codes_is_slowed_down_and_right_ones_do_not_count() -> None:
    made, _url = forwarded(contribution())
    browser = Client()
    for _each in range(3):
        assert browser.post("/w/", {"code": make_code(made.link)}).status_code == 302
    for _each in range(30):
        assert browser.post("/w/", {"code": "00000-00000"}).status_code == 422

    refused = browser.post("/w/", {"code": make_code(made.link)})

    assert refused.status_code == 429


def test_guessing_links_is_slowed_down_and_shuts_nobody_out() -> None:
    _made, url = forwarded(contribution())
    browser = Client()
    answers = [browser.get(f"/w/?k={number:024}").status_code for number in range(31)]

    assert answers == [404] * 30 + [429]
    assert browser.get(path_of(url)).status_code == 302


def test_a_new_link_goes_to_the_old_address_only_and_nobody_learns_of_it(client: Client) -> None:
    made, url = forwarded(contribution(), email="kees@example.test")
    PersonalLink.objects.update(expires_at=timezone.now())

    told = {
        key: client.post("/w/new/", {"k": key, "email": "thief@example.test"}).content
        for key in (url.partition("k=")[2], "x" * 24, "")
    }

    assert len(set(told.values())) == 1
    (mail,) = all_mails()
    assert mail.to == ["kees@example.test"]
    found = re.search(r"http\S+/w/\?k=\S+", str(mail.body))
    assert found
    assert come_in(found[0]).get(form_path(made.contribution.public_id)).status_code == 200


def test_what_was_taken_back_is_not_sent_anew(client: Client) -> None:
    made, url = forwarded(contribution())
    revoke(made.link, by=None)

    client.post("/w/new/", {"k": url.partition("k=")[2]})

    assert all_mails() == []
    assert renew(made.link) is None


def test_no_more_than_three_mails_an_hour_go_to_one_address(client: Client) -> None:
    _made, url = forwarded(contribution())

    for _each in range(5):
        client.post("/w/new/", {"k": url.partition("k=")[2]})

    assert len(all_mails()) == 3


def test_the_same_bearer_has_one_link_with_several_addresses() -> None:
    made = contribution()

    first, one = forwarded(made)
    second, other = forwarded(made)
    third, _another = forwarded(made, name="Bas Smit", email="bas@example.test")

    assert first.link == second.link != third.link
    assert one != other
    for url in (one, other):
        assert come_in(url).get(form_path(made.public_id)).status_code == 200


def test_a_link_survives_a_change_of_the_installations_key() -> None:
    _made, url = forwarded(contribution())
    old = settings.SECRET_KEY

    with override_settings(SECRET_KEY="another" * 8, SECRET_KEY_FALLBACKS=[old]):
        assert keys.link_by_key(url.partition("k=")[2]) is not None
    with override_settings(SECRET_KEY="another" * 8, SECRET_KEY_FALLBACKS=[]):
        assert keys.link_by_key(url.partition("k=")[2]) is None


def test_what_nobody_registered_is_no_purpose() -> None:
    with pytest.raises(LookupError):
        purpose_of("publish")
    with pytest.raises(LookupError):
        make_link("publish", contribution().public_id, bearer=Bearer(name="Kees"), by=None)
    assert {purpose_of(word).word for word in (WRITE, ANSWER)} == {WRITE, ANSWER}


@given(text=st.text(max_size=80))
def test_no_text_is_a_key_or_a_code(text: str) -> None:
    assert keys.link_by_key(text) is None
    assert keys.exchange(text) is None


def test_a_browser_can_be_let_forget() -> None:
    made, url = forwarded(contribution())
    browser = come_in(url)
    done = f"{form_path(made.contribution.public_id)}done/"
    assert browser.get(done).status_code == 200

    browser.post(done, {"go": "leave"})

    assert browser.get(done).status_code == 302


def test_who_is_signed_in_as_a_reader_comes_in_by_link_as_well() -> None:
    made, url = forwarded(contribution(starter="spotlight"))
    browser = Client()
    browser.force_login(factories.employee())
    form = form_path(made.contribution.public_id)
    assert browser.get(form).status_code == 403

    come_in(url, browser)

    assert browser.get(form).status_code == 200
    assert browser.get("/write/").status_code == 403
