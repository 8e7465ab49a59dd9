"""Bring a home up to date with the code: database, assets, the press's key."""

import logging
import subprocess

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from cms.accounts.signing_in import second_factor
from cms.config import keys
from cms.config.database import assert_reachable
from cms.config.errors import PleinError, WrongUseError
from cms.config.home import Home
from cms.config.press_account import ensure_press_token
from cms.config.supervisor import plein_command
from cms.config.translations import compile_catalogues
from cms.media.tasks import make_what_is_missing
from cms.stories.models import HubPage

logger = logging.getLogger(__name__)


def refuse_hub_of_another_home(home: Home) -> None:
    """See that a home without keys is not set up on the hub of a home that has them.

    It would take over: the press of that hub would lose its token, and its mail would stay here.

    Raises:
        WrongUseError: The database is not in this home, and holds a hub that this home has no
            key to.
    """
    if settings.DATABASES["default"]["NAME"] == home.database or keys.read_key(home.press_token):
        return
    if HubPage._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001
        return
    if HubPage.objects.exists():
        message = (
            f"The database holds a hub already, and {home.root} has no key to it. Name the home"
            " of that hub in PLEIN_HOME, or an empty database in PLEIN_DATABASE_URL. Nothing was"
            " changed."
        )
        raise WrongUseError(message)


def tell_lost(lost: int) -> None:
    """Say that second factors were sealed with a key that this home does not have."""
    if lost:
        logger.warning(
            "%s second factors can't be opened with the keys in this home, so their codes are"
            " refused. Put the key they were sealed with on the second line of keys/secret_key, or"
            " take the code off each account with `plein accounts without-code`.",
            lost,
        )


def prepare(home: Home) -> None:
    """Collect the assets in a second process while this one brings the database up to date."""
    assert_reachable()
    refuse_hub_of_another_home(home)
    collecting = subprocess.Popen(  # noqa: S603 - our own command
        plein_command("manage", "collectstatic", "--noinput", "--verbosity=0")
    )
    try:
        compile_catalogues()
        call_command("migrate", interactive=False, verbosity=0)
        ensure_press_token(home)
        tell_lost(second_factor.seal_anew())
        make_what_is_missing()
    finally:
        code = collecting.wait()
    if code:
        message = "The newsroom's assets could not be collected; what went wrong stands above."
        raise PleinError(message)
