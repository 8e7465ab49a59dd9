"""Who writes and who reads it, in what is about mails and how a text stands."""

import pytest

from cms.accounts.models import User
from tests import factories


@pytest.fixture
def writer() -> User:
    return factories.ambassador(username="fatima", first_name="Fatima")


@pytest.fixture
def manager() -> User:
    return factories.community_manager(username="marieke", first_name="Marieke")
