"""A home that is new takes over nobody's hub."""

from pathlib import Path

import pytest

from cms.config import keys
from cms.config.errors import WrongUseError
from cms.config.home import Home
from cms.config.preparation import refuse_hub_of_another_home
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_new_home_is_refused_a_database_that_holds_a_hub(tmp_path: Path) -> None:
    factories.hub_page()

    with pytest.raises(WrongUseError, match="has no key to it"):
        refuse_hub_of_another_home(Home(tmp_path))


def test_a_home_that_has_the_key_goes_on(tmp_path: Path) -> None:
    factories.hub_page()
    home = Home(tmp_path)
    keys.write_key(home.press_token, "sleutel")

    refuse_hub_of_another_home(home)


def test_a_new_home_takes_an_empty_database(tmp_path: Path) -> None:
    refuse_hub_of_another_home(Home(tmp_path))
