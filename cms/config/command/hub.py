"""`plein build`, `releases` and `export`: the printed hub, by hand."""

import argparse
from pathlib import Path

from cms.config.errors import PleinError
from cms.config.home import current_home
from cms.config.press import press_settings
from hub_site.errors import PressError
from hub_site.press import build_once, export, list_releases
from hub_site.settings import PressSettings


def run(arguments: argparse.Namespace) -> int:
    """Do one of the three."""
    acts = {"build": _build, "releases": _list, "export": _export}
    try:
        acts[arguments.act](press_settings(current_home()), arguments)
    except PressError as error:
        raise PleinError(str(error)) from error
    return 0


def _build(settings: PressSettings, arguments: argparse.Namespace) -> None:  # noqa: ARG001 - as the others
    build = build_once(settings)
    if build.is_new:
        print(f"Release {build.release.number} is live, with {build.release.pages} pages.")
    else:
        print(f"Nothing changed: release {build.release.number} stays live.")
    for each in build.set_aside:
        print(f"Set aside: {each.public_id}: {each.reason}")


def _list(settings: PressSettings, arguments: argparse.Namespace) -> None:  # noqa: ARG001 - as the others
    releases = list_releases(settings)
    if not releases:
        print("There is no release yet. `plein build` makes one.")
    for place, release in enumerate(releases):
        live = "  live" if place == 0 else ""
        when = f"{release.activated_at.astimezone():%Y-%m-%d %H:%M:%S}"
        print(f"{release.number:>6}  {when}  {release.pages:>6} pages{live}")


def _export(settings: PressSettings, arguments: argparse.Namespace) -> None:
    folder = Path(arguments.directory).resolve()
    count = export(settings, folder)
    print(f"{count} files are in {folder}.")
