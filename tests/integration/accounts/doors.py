"""What tests of the door share: people with a password, and browsers of their own."""

from django.http import HttpResponseBase
from django.test import Client

from cms.accounts.models import AttemptCount, User

PASSWORD = "korenbloem-op-dinsdag"
ELSEWHERE = "203.0.113.9"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(
    client: Client, user: User, *, password: str = PASSWORD, address: str = "", **words: str
) -> HttpResponseBase:
    """Sign in through the door, perhaps from an address of its own."""
    there = {"REMOTE_ADDR": address} if address else {}
    posted = {"username": user.username, "password": password, **words}
    return client.post("/login/", posted, **there)  # type: ignore[arg-type]


def as_if_tried(times: int) -> None:
    """Let whatever was tried once have been tried this often."""
    AttemptCount.objects.update(count=times)


def is_signed_in(client: Client) -> bool:
    return client.get("/login/account/").status_code == 200
