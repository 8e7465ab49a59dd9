"""Bring a home up to date with the code: database, assets, the press's key."""

import subprocess

from django.core.management import call_command

from cms.config.database import assert_reachable
from cms.config.errors import PleinError
from cms.config.home import Home
from cms.config.press_account import ensure_press_token
from cms.config.supervisor import plein_command
from cms.config.translations import compile_catalogues


def prepare(home: Home) -> None:
    """Collect the assets in a second process while this one brings the database up to date."""
    assert_reachable()
    collecting = subprocess.Popen(  # noqa: S603 - our own command
        plein_command("manage", "collectstatic", "--noinput", "--verbosity=0")
    )
    try:
        compile_catalogues()
        call_command("migrate", interactive=False, verbosity=0)
        ensure_press_token(home)
    finally:
        code = collecting.wait()
    if code:
        message = "The newsroom's assets could not be collected; what went wrong stands above."
        raise PleinError(message)
