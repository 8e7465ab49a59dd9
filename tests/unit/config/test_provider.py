"""The organisation's own sign-in, as the environment tells it."""

import pytest

from cms.accounts.provider import LinkBy
from cms.config import environment
from cms.config.errors import WrongUseError
from cms.config.provider import provider_of_environment

ALL = {
    "PLEIN_OIDC_ISSUER": "https://id.example/",
    "PLEIN_OIDC_CLIENT_ID": "plein",
    "PLEIN_OIDC_CLIENT_SECRET": "only-for-tests",
}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in ALL.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_without_an_issuer_there_is_none() -> None:
    assert provider_of_environment() is None


def test_three_words_are_enough(told: pytest.MonkeyPatch) -> None:
    provider = provider_of_environment()

    assert provider is not None
    assert (provider.issuer, provider.name) == ("https://id.example/", "id.example")
    assert provider.scopes == ("openid", "profile", "email")
    assert provider.link_by is LinkBy.EMAIL
    assert not provider.trusts_email


def test_groups_are_pairs(told: pytest.MonkeyPatch) -> None:
    told.setenv("PLEIN_OIDC_GROUPS", "redactie=Community managers, helpers=Ambassadors")
    told.setenv("PLEIN_OIDC_SCOPES", "email,groups")
    provider = provider_of_environment()

    assert provider is not None
    assert provider.groups == {"redactie": "Community managers", "helpers": "Ambassadors"}
    assert provider.scopes == ("openid", "email", "groups")


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("PLEIN_OIDC_ISSUER", "http://id.example", "only asked over https"),
        ("PLEIN_OIDC_ISSUER", "id.example", "calls itself"),
        ("PLEIN_OIDC_CLIENT_ID", "", "PLEIN_OIDC_CLIENT_ID is needed too"),
        ("PLEIN_OIDC_CLIENT_SECRET", "", "PLEIN_OIDC_CLIENT_SECRET is needed too"),
        ("PLEIN_OIDC_GROUPS", "redactie", "is no pair"),
        ("PLEIN_OIDC_LINK", "name", "use email or number or nothing"),
    ],
)
def test_half_of_it_is_refused_with_what_to_do(
    told: pytest.MonkeyPatch, name: str, value: str, fault: str
) -> None:
    told.setenv(name, value)

    with pytest.raises(WrongUseError, match=fault):
        provider_of_environment()


def test_networks_are_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEIN_TRUSTED_PROXIES", "10.0.0.5, 192.168.4.0/24")
    read = environment.networks("PLEIN_TRUSTED_PROXIES", [])
    monkeypatch.setenv("PLEIN_TRUSTED_PROXIES", "proxy.example")

    assert [str(network) for network in read] == ["10.0.0.5/32", "192.168.4.0/24"]
    with pytest.raises(WrongUseError, match="PLEIN_TRUSTED_PROXIES"):
        environment.networks("PLEIN_TRUSTED_PROXIES", [])
