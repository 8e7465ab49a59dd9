import pytest

from tests import factories
from tests.factories.api import Asker, press_asker, session_asker


@pytest.fixture
def press(db: None) -> Asker:
    return press_asker()


@pytest.fixture
def reader(db: None) -> Asker:
    return session_asker(factories.employee())


@pytest.fixture
def stranger() -> Asker:
    return Asker()
