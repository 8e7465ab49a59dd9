"""Guessing is slowed down for who guesses, and for nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client

from cms.accounts.models import AttemptCount, User
from cms.accounts.signing_in import attempts
from cms.accounts.signing_in.attempts import ACCOUNT_ANYWHERE, ACCOUNT_HERE, ADDRESS, Attempt
from tests import factories
from tests.integration.accounts.doors import (
    ELSEWHERE,
    as_if_tried,
    is_signed_in,
    sign_in,
    with_password,
)

pytestmark = pytest.mark.django_db
OFFICE = "198.51.100.7"


@pytest.fixture
def owner() -> User:
    return with_password(factories.employee())


def guess(user: User, *, address: str) -> None:
    sign_in(Client(), user, password="wrong", address=address)
    as_if_tried(ACCOUNT_HERE.most)


def tries_left(attempt: Attempt) -> int:
    return next(number for number in range(10) if not attempts.may_try(attempt))


def test_guessing_shuts_out_who_guesses(owner: User) -> None:
    guess(owner, address=ELSEWHERE)

    assert sign_in(Client(), owner, address=ELSEWHERE).status_code == 200


def test_guessing_elsewhere_leaves_the_owner_alone(owner: User) -> None:
    guess(owner, address=ELSEWHERE)

    assert sign_in(Client(), owner, address=OFFICE).status_code == 302


def test_guessing_leaves_a_colleague_at_the_same_address_alone(owner: User) -> None:
    colleague = with_password(factories.employee())
    guess(owner, address=OFFICE)

    assert sign_in(Client(), colleague, address=OFFICE).status_code == 302


def test_guessing_from_the_owners_own_office_leaves_the_owners_browser_alone(owner: User) -> None:
    browser = Client()
    sign_in(browser, owner, address=OFFICE)
    browser.post("/logout/")
    guess(owner, address=OFFICE)

    assert sign_in(Client(), owner, address=OFFICE).status_code == 200
    assert sign_in(browser, owner, address=OFFICE).status_code == 302


def test_a_known_browser_can_not_guess_for_ever_either(owner: User) -> None:
    browser = Client()
    sign_in(browser, owner)
    browser.post("/logout/")
    sign_in(browser, owner, password="wrong")
    as_if_tried(ACCOUNT_HERE.most)

    assert sign_in(browser, owner).status_code == 200


def test_a_browser_of_somebody_else_is_not_known_to_the_account(owner: User) -> None:
    attacker, browser = with_password(factories.employee()), Client()
    sign_in(browser, attacker, address=ELSEWHERE)
    browser.post("/logout/")
    guess(owner, address=ELSEWHERE)

    assert sign_in(browser, owner, address=ELSEWHERE).status_code == 200


def test_user_name_and_number_are_counted_as_one_account(owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(personnel_number="10482")
    guess(owner, address=ELSEWHERE)

    by_number = {"username": "10482", "password": "wrong"}
    response = Client().post("/login/", by_number, REMOTE_ADDR=ELSEWHERE)

    assert "vijf minuten" in response.content.decode()


@pytest.mark.parametrize(
    ("limit", "attempt_of"),
    [
        (ACCOUNT_ANYWHERE, lambda n: Attempt("password", account="7", address=f"10.0.{n}.1")),
        (ADDRESS, lambda n: Attempt("password", account=str(n), address=ELSEWHERE)),
    ],
)
def test_many_addresses_and_many_accounts_are_limited_too(
    limit: attempts.Limit, attempt_of: Callable[[int], Attempt]
) -> None:
    attempts.may_try(attempt_of(1))
    as_if_tried(limit.most - 2)

    allowed = [attempts.may_try(attempt_of(number)) for number in range(2, 6)]

    assert allowed == [True, True, False, False]


def test_right_ones_are_not_counted_against_an_address() -> None:
    attempts.may_try(Attempt("password", account="1", address=OFFICE))
    as_if_tried(ADDRESS.most - 1)
    for number in range(2, 6):
        attempt = Attempt("password", account=str(number), address=OFFICE)
        assert attempts.may_try(attempt)
        attempts.forget(attempt)


def test_after_the_pause_one_may_try_again() -> None:
    attempt = Attempt("password", account="7", address=ELSEWHERE)
    assert tries_left(attempt) == ACCOUNT_HERE.most
    for count in AttemptCount.objects.all():
        count.since -= ACCOUNT_HERE.within
        count.save()

    assert attempts.may_try(attempt)


def test_no_count_says_whose_it_is_and_old_ones_go() -> None:
    attempts.may_try(Attempt("password", account="gerda", address=ELSEWHERE))
    kept = " ".join(AttemptCount.objects.values_list("bucket", flat=True))
    for count in AttemptCount.objects.all():
        count.since -= attempts.KEPT
        count.save()

    attempts.may_try(Attempt("password", account="bram", address=OFFICE))

    assert "gerda" not in kept
    assert ELSEWHERE not in kept
    assert AttemptCount.objects.count() == 3


def test_a_forwarded_address_of_a_stranger_is_no_way_round(owner: User) -> None:
    words = {"username": owner.username, "password": "wrong"}
    forged = {"REMOTE_ADDR": ELSEWHERE, "HTTP_X_FORWARDED_FOR": "10.1.1.1"}
    Client().post("/login/", words, **forged)  # type: ignore[arg-type]
    as_if_tried(ACCOUNT_HERE.most)

    assert sign_in(Client(), owner, address=ELSEWHERE).status_code == 200


def test_readers_behind_our_own_proxy_are_told_apart(owner: User) -> None:
    words = {"username": owner.username, "password": "wrong"}
    Client().post("/login/", words, HTTP_X_FORWARDED_FOR=f"{OFFICE}, {ELSEWHERE}")
    as_if_tried(ACCOUNT_HERE.most)
    browser = Client()

    refused = sign_in(Client(), owner, address=ELSEWHERE)
    browser.post(
        "/login/",
        {**words, "password": "korenbloem-op-dinsdag"},
        HTTP_X_FORWARDED_FOR=OFFICE,
    )

    assert refused.status_code == 200
    assert is_signed_in(browser)
