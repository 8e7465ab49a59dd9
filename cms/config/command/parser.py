"""The words of the `plein` command. Each names the module that does the work.

Only that one is imported: a command that needs no Django starts without it.
"""

import argparse

PACKAGE = "cms.config.command"
COLUMNS = (
    "Columns: number or username; first name, last name, email, department, location, started"
    " (2026-03), groups, active. Dutch names do too. A column that is not there leaves things as"
    " they are; any other is refused."
)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every `plein` command."""
    parser = argparse.ArgumentParser(
        prog="plein", description="The employee community hub: run it, set it up, look after it."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_installation(commands)
    _add_hub(commands)
    _add_backups(commands)
    _add_accounts(commands)
    _add_agreements(commands)
    _add_parts(commands)
    return parser


type Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - unnamed in public


def _add(
    commands: Commands, name: str, *, summary: str, **options: object
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary)
    parser.set_defaults(
        **{"module": f"{PACKAGE}.{name}", "needs_models": True, "needs_hub": False, **options}
    )
    return parser


def _add_installation(commands: Commands) -> None:
    _add(commands, "run", summary="run everything; the demo on an empty home", needs_models=False)
    init = _add(commands, "init", summary="set up a hub for colleagues", needs_models=False)
    init.add_argument("--organisation", help="the name of the organisation")
    init.add_argument("--hub", help="the name of the hub", default="Plein")
    init.add_argument("--language", help="of the hub", choices=["nl", "en"], default="nl")
    init.add_argument("--admin", help="the user name of the first administrator")
    init.add_argument("--email", help="the e-mail address of the first administrator")
    init.add_argument(
        "--password-file", help="a file with the administrator's password; - reads standard input"
    )
    for who, whose in (("manager", "the community manager"), ("deputy", "the deputy")):
        init.add_argument(f"--{who}", help=f"the user name of {whose}, who approves")
        init.add_argument(f"--{who}-email", help=f"the e-mail address of {whose}")
    _add(commands, "demo", summary="load the demo organisation into an empty home")
    seed = _add(commands, "seed", summary="fill the hub with invented stories", needs_hub=True)
    seed.add_argument("--stories", type=int, required=True, help="how many to add")
    _add(
        commands,
        "renew-key",
        summary="put a new secret key in use; the one until now goes on opening what it sealed",
        module=f"{PACKAGE}.renew_key",
        needs_models=False,
    )
    summary = "put the starter rubrics and their questions in"
    rubrics = _add(commands, "rubrics", summary=summary)
    rubrics.add_argument("folder", nargs="?", help="with files of your own; Plein's without it")
    rubrics.add_argument("--check", action="store_true", help="only say whether they can be used")
    manage = _add(commands, "manage", summary="run a Django management command", needs_models=False)
    manage.add_argument("words", nargs=argparse.REMAINDER)


def _add_hub(commands: Commands) -> None:
    hub = {"module": f"{PACKAGE}.hub", "needs_models": False}
    _add(commands, "build", summary="build the hub once and put it live", act="build", **hub)
    releases = _add(commands, "releases", summary="list the hub's releases", act="releases", **hub)
    releases.add_argument(
        "--removals", action="store_true", help="list what was withdrawn, and from where it went"
    )
    rollback = _add(
        commands,
        "rollback",
        summary="give the hub the look of an older release; what it says stays as it is now",
        act="rollback",
        **hub,
    )
    goal = rollback.add_mutually_exclusive_group(required=True)
    goal.add_argument("number", type=int, nargs="?", help="of a release that `releases` lists")
    goal.add_argument("--lift", action="store_true", help="end the rollback that is in force")
    _add(
        commands, "verify", summary="check every byte and link of the releases", act="verify", **hub
    )
    export = _add(
        commands, "export", summary="write the live hub as plain files", act="export", **hub
    )
    export.add_argument("directory", help="a folder that does not exist yet, or is empty")
    export.add_argument(
        "--audience",
        action="append",
        default=[],
        metavar="KEY",
        help="also what is for this audience alone; a plain web server shows it to anybody",
    )
    _add_nginx(commands)


def _add_backups(commands: Commands) -> None:
    summary = "copy this hub to a folder, while it runs"
    backup = _add(commands, "backup", summary=summary, needs_models=False)
    backup.add_argument("folder", help="with all backups; each is a folder in it")
    backup.add_argument(
        "--keep", type=int, metavar="N", help="remove older backups until N are left"
    )
    summary = "put a backup back, while the hub does not run"
    restore = _add(commands, "restore", summary=summary, needs_models=False)
    restore.add_argument("backup", help="the folder of one backup")
    restore.add_argument(
        "--replace", action="store_true", help="set aside the hub that is in this home"
    )


def _add_nginx(commands: Commands) -> None:
    nginx = _add(commands, "nginx", summary="write the configuration of an nginx in front")
    nginx.add_argument("out", nargs="?", help="the file to write; standard output without it")
    nginx.add_argument("--listen", help="address and port; 443 with a certificate, 80 without")
    nginx.add_argument("--certificate", help="the file with the certificate, for TLS")
    nginx.add_argument("--key", help="the file with its key")
    nginx.add_argument("--cache", default="/run/plein-nginx", help="a folder that nginx makes")
    nginx.add_argument("--logs", default="/var/log/nginx", help="the folder for its two logs")


def _add_accounts(commands: Commands) -> None:
    summary = "bring a list of colleagues, and help who can't get in"
    accounts = _add(commands, "accounts", summary=summary, needs_hub=True)
    acts = accounts.add_subparsers(required=True, metavar="ACT", dest="act")
    summary = "make, change and close accounts as a CSV file says"
    bring = acts.add_parser("import", help=summary, description=summary, epilog=COLUMNS)
    bring.add_argument("file", help="CSV in UTF-8, with the names of its columns in the first line")
    bring.add_argument("--dry-run", action="store_true", help="only say what would change")
    bring.add_argument(
        "--complete",
        action="store_true",
        help="everybody is in the file: close accounts with a personnel number that is not",
    )
    end = acts.add_parser("sign-out", help="end every session of an account, everywhere")
    end.add_argument("name", help="user name or personnel number")
    open_ = acts.add_parser("without-code", help="take the second factor off an account")
    open_.add_argument("name", help="user name or personnel number")


def _add_agreements(commands: Commands) -> None:
    summary = "write what the register of agreement holds about one person, for that person"
    agreements = _add(commands, "agreements", summary=summary, needs_hub=True)
    agreements.add_argument("person", help="name or slug")
    agreements.add_argument("--csv", action="store_true", help="for a spreadsheet; else JSON")


def _add_parts(commands: Commands) -> None:
    _add(commands, "web", summary="only the web server", needs_models=False)
    _add(commands, "press", summary="only the press", needs_models=False)
    _add(commands, "worker", summary="only the task worker", needs_hub=True)
    _add(commands, "clock", summary="only the clock: due moments, sweep, mail", needs_hub=True)
    _add(commands, "prepare", summary="bring database and assets up to date")
    _add(commands, "found", summary="the half of init that needs the database")
    _add(commands, "restored", summary="the half of restore that needs the database")
