"""`plein prepare`: bring database, keys and assets of this home up to date."""

import argparse
import subprocess

import django
from django.core.management import call_command

from cms.config import keys
from cms.config.errors import PleinError
from cms.config.fingerprint import installation_fingerprint
from cms.config.home import Home, current_home
from cms.config.home_lock import ensure_writable
from cms.config.supervisor import plein_command


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this shape
    """Prepare the home; safe to repeat."""
    home = current_home()
    ensure_writable(home)
    fingerprint = installation_fingerprint()
    prepare(home)
    home.prepared.write_text(fingerprint, encoding="ascii")
    return 0


def prepare(home: Home) -> None:
    """Collect the assets in a second process while this one brings the database up to date."""
    keys.read_or_make_key(home.secret_key)
    collecting = subprocess.Popen(  # noqa: S603 - our own command
        plein_command("manage", "collectstatic", "--noinput", "--verbosity=0")
    )
    try:
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
    finally:
        code = collecting.wait()
    if code:
        message = "The newsroom's assets could not be collected; what went wrong stands above."
        raise PleinError(message)
