"""Uploads are for those who work in the newsroom."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload() -> str:
    folder = Path(settings.MEDIA_ROOT) / "images"
    folder.mkdir(parents=True)
    (folder / "las.webp").write_bytes(b"RIFF....WEBP")
    return "/media/images/las.webp"


def test_an_editor_sees_an_upload_and_nobody_stores_it(client: Client, upload: str) -> None:
    client.force_login(factories.ambassador())

    response = client.get(upload)

    assert response.getvalue() == b"RIFF....WEBP"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]


def test_an_employee_does_not(client: Client, upload: str) -> None:
    client.force_login(factories.employee())

    assert client.get(upload).status_code == 403


def test_a_stranger_is_asked_who_he_is(client: Client, upload: str) -> None:
    assert client.get(upload)["Location"] == f"/login/?next={upload}"


@pytest.mark.parametrize("path", ["../keys/secret_key", "%2e%2e/keys/secret_key", "images/"])
def test_nothing_else_of_the_home_can_be_reached(client: Client, path: str) -> None:
    client.force_login(factories.administrator())

    assert client.get(f"/media/{path}").status_code in {400, 404}


def test_an_upload_is_not_changed_by_asking(client: Client, upload: str) -> None:
    client.force_login(factories.administrator())

    assert client.post(upload).status_code == 405


def test_documents_are_for_the_newsroom_too(client: Client) -> None:
    client.force_login(factories.employee())

    assert client.get("/media/documents/1/handboek.pdf").status_code == 403
