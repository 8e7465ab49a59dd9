from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from cms.accounts.provider import Provider
from tests.integration.accounts.organisation import GERDA
from tests.integration.accounts.provider import CLIENT, SECRET, OpenIdProvider, running_provider


@pytest.fixture(scope="module")
def served() -> Iterator[OpenIdProvider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(served: OpenIdProvider, settings: Settings) -> OpenIdProvider:
    """Return the provider as it was before another test had its way with it."""
    served.__dict__.update(OpenIdProvider(address=served.address, person=dict(GERDA)).__dict__)
    settings.PLEIN_PROVIDER = Provider(
        issuer=served.address, client_id=CLIENT, client_secret=SECRET, name="Lindeboom"
    )
    return served


@pytest.fixture
def configure(provider: OpenIdProvider, settings: Settings) -> Callable[..., None]:
    def change(**changes: object) -> None:
        settings.PLEIN_PROVIDER = replace(settings.PLEIN_PROVIDER, **changes)

    return change
