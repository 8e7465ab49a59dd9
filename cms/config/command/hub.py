"""`plein build`, `releases`, `rollback`, `verify` and `export`: the printed hub, by hand."""

import argparse
from datetime import datetime
from pathlib import Path

from cms.config.errors import PleinError
from cms.config.home import current_home
from cms.config.press import press_settings
from hub_site.build import open_releases
from hub_site.errors import NewsroomUnreachableError, PressError
from hub_site.press import bring_web_root, build_once, export, list_releases
from hub_site.releases import Release, Releases
from hub_site.settings import PressSettings

SHOWN_FAULTS = 20
NO_RELEASE = "There is no release yet. `plein run` makes one."


def run(arguments: argparse.Namespace) -> int:
    """Do one of the five."""
    settings = press_settings(current_home())
    try:
        if arguments.act == "build":
            return _build(settings)
        acts = {
            "releases": _list,
            "rollback": _roll_back,
            "verify": _verify,
            "export": _export,
        }
        return acts[arguments.act](settings, arguments)
    except NewsroomUnreachableError as error:
        message = f"{error} Start it with `plein run`, or this part of it alone with `plein web`."
        raise PleinError(message) from error
    except PressError as error:
        raise PleinError(str(error)) from error


def _build(settings: PressSettings) -> int:
    build = build_once(settings)
    if build.is_new:
        print(f"Release {build.release.number} is live, with {build.release.pages} pages.")
    else:
        print(f"Nothing changed: release {build.release.number} stays live.")
    for each in build.set_aside:
        print(f"Set aside: {each.public_id}: {each.reason}")
    return 0


def _list(settings: PressSettings, arguments: argparse.Namespace) -> int:
    if arguments.removals:
        return _list_removals(open_releases(settings))
    kept = list_releases(settings)
    if not kept:
        print(NO_RELEASE)
    for place, release in enumerate(kept):
        print(_line(release, is_live=place == 0))
    hold = open_releases(settings).hold()
    if hold:
        print(
            f"Since {_in_local(hold.since)} the hub has the look of release {hold.number}. That"
            " stays until `plein rollback --lift`, or until there is a new theme."
        )
    return 0


def _line(release: Release, *, is_live: bool) -> str:
    live = "  live" if is_live else ""
    back = f"  look of release {release.rolled_back_to}" if release.rolled_back_to else ""
    when = _in_local(release.activated_at)
    return (
        f"{release.number:>6}  {when}  {release.pages:>6} pages"
        f"  {release.changed:>6} changed{back}{live}"
    )


def _list_removals(releases: Releases) -> int:
    removals = releases.removals()
    if not removals:
        print("Nothing that was public has been removed.")
    for each in removals:
        when = _in_local(datetime.fromisoformat(each.at))
        print(
            f"{each.public_id}  {when}  {len(each.blobs)} files gone, from {len(each.releases)}"
            f" releases; {each.scanned} files searched, in {each.seconds:g} s"
        )
        for path in each.still_said:
            print(f"    the live page /{path} still says something of it")
    return 0


def _roll_back(settings: PressSettings, arguments: argparse.Namespace) -> int:
    releases = open_releases(settings)
    if arguments.lift:
        is_lifted = releases.lift_hold()
        print(
            "The rollback has ended; the press prints with the theme in place."
            if is_lifted
            else "No rollback is in force."
        )
        return 0
    release = releases.roll_back(arguments.number)
    bring_web_root(settings, releases)
    print(
        f"Release {release.number} is live: {release.changed} files are as in release"
        f" {arguments.number}. The press prints the rest in the same look; where none runs, do so"
        " with `plein build`."
    )
    return 0


def _verify(settings: PressSettings, arguments: argparse.Namespace) -> int:  # noqa: ARG001 - as the others
    if not list_releases(settings):
        raise PleinError(NO_RELEASE)
    found = open_releases(settings).inspect()
    print(
        f"Looked at {found.files} files of the live release, {found.blobs} kept files and"
        f" {found.variants} compressed ones: {len(found.faults)} faults."
    )
    for fault in found.faults[:SHOWN_FAULTS]:
        print(f"    {fault.path}: {fault.reason}")
    if found.faults:
        print(
            f"Stop Plein, move {settings.home} aside and start it again: everything is fetched and"
            " printed anew. Then remove what you moved: the newsroom no longer reaches it."
        )
    return 1 if found.faults else 0


def _export(settings: PressSettings, arguments: argparse.Namespace) -> int:
    folder = Path(arguments.directory).resolve()
    count = export(settings, folder, audiences=arguments.audience)
    print(f"{count} files are in {folder}.")
    return 0


def _in_local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"
