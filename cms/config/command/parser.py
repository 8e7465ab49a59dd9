"""The words of the `plein` command. Each names the module that does the work.

Only that one is imported: a command that needs no Django starts without it.
"""

import argparse

PACKAGE = "cms.config.command"


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every `plein` command."""
    parser = argparse.ArgumentParser(
        prog="plein", description="The employee community hub: run it, set it up, look after it."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_installation(commands)
    _add_hub(commands)
    _add_parts(commands)
    return parser


type Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - unnamed in public


def _add(
    commands: Commands, name: str, *, module: str, summary: str, **options: object
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary)
    parser.set_defaults(module=f"{PACKAGE}.{module}", **options)
    return parser


def _add_installation(commands: Commands) -> None:
    _add(commands, "run", module="run", summary="run everything; the demo on an empty home")
    init = _add(commands, "init", module="init", summary="set up a hub for colleagues")
    init.add_argument("--organisation", help="the name of the organisation")
    init.add_argument("--hub", help="the name of the hub", default="Plein")
    init.add_argument("--admin", help="the user name of the first administrator")
    init.add_argument("--email", help="the e-mail address of the first administrator")
    init.add_argument(
        "--password-file", help="a file that holds the administrator's password; - reads it"
    )
    _add(commands, "demo", module="demo", summary="load the demo organisation into an empty home")
    seed = _add(commands, "seed", module="seed", summary="fill the hub with invented stories")
    seed.add_argument("--stories", type=int, required=True, help="how many there must be")
    manage = _add(commands, "manage", module="manage", summary="run a Django management command")
    manage.add_argument("words", nargs=argparse.REMAINDER)


def _add_hub(commands: Commands) -> None:
    _add(commands, "build", module="hub", summary="build the hub once and put it live", act="build")
    _add(commands, "releases", module="hub", summary="list the hub's releases", act="releases")
    export = _add(
        commands, "export", module="hub", summary="write the live hub as plain files", act="export"
    )
    export.add_argument("directory", help="a folder that does not exist yet, or is empty")


def _add_parts(commands: Commands) -> None:
    _add(commands, "web", module="web", summary="only the web server")
    _add(commands, "worker", module="worker", summary="only the task worker")
    _add(commands, "clock", module="clock", summary="only the clock: due moments, sweep, mail")
    _add(commands, "press", module="press", summary="only the press")
    _add(
        commands, "prepare", module="prepare", summary="bring database, keys and assets up to date"
    )
