"""The headers of what Django answers: the newsroom is as strict as Wagtail lets it be."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


def policy_of(client: Client, path: str) -> dict[str, str]:
    rules = client.get(path).headers["Content-Security-Policy"].split("; ")
    return dict(rule.partition(" ")[::2] for rule in rules)


def test_newsroom_has_every_header(client: Client) -> None:
    client.force_login(factories.community_manager())

    headers = client.get("/newsroom/").headers

    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_newsroom_s_policy_has_the_exceptions_that_are_listed_and_no_more(client: Client) -> None:
    client.force_login(factories.community_manager())

    policy = policy_of(client, "/newsroom/")

    assert {name for name, sources in policy.items() if "unsafe" in sources} == {
        "script-src-elem",
        "style-src",
    }
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe-eval" not in str(policy)


@pytest.mark.parametrize("path", ["/login/", "/graphql/"])
def test_sign_in_and_contract_have_no_exceptions(client: Client, path: str) -> None:
    policy = policy_of(client, path)

    assert policy["default-src"] == "'none'"
    assert "unsafe" not in str(policy)
