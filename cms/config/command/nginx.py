"""`plein nginx`: the configuration of an nginx in front of this installation."""

import argparse
from pathlib import Path

from django.conf import settings

from cms.config import environment
from cms.config.errors import WrongUseError
from cms.config.nginx import Front, configuration
from cms.config.press import press_settings
from cms.config.strict_transport import strict_transport

NO_ROOT = (
    "Set PLEIN_WEB_ROOT for Plein, and for this command, to a folder outside its home that nginx"
    " can read and Plein can write, such as /srv/plein-hub: the press keeps the hub's files there."
)


def run(arguments: argparse.Namespace) -> int:
    """Print the configuration, or write it to a file."""
    try:
        text = configuration(_front(arguments))
    except ValueError as error:
        raise WrongUseError(str(error)) from error
    if arguments.out is None:
        print(text, end="")
        return 0
    out = Path(arguments.out)
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{out} can't be written: {error.strerror}."
        raise WrongUseError(message) from error
    print(f"{out} is written. Include it in nginx's http part, then: nginx -t && nginx -s reload")
    return 0


def _front(arguments: argparse.Namespace) -> Front:
    root = press_settings(settings.PLEIN_HOME).web_root
    if root is None:
        raise WrongUseError(NO_ROOT)
    certificate = _certificate(arguments.certificate, arguments.key)
    return Front(
        public_url=settings.PUBLIC_URL,
        hosts=tuple(settings.ALLOWED_HOSTS),
        upstream=f"127.0.0.1:{environment.port()}",
        root=root.resolve(),
        listen=arguments.listen or ("443" if certificate else "80"),
        certificate=certificate,
        cache=Path(arguments.cache),
        log=Path(arguments.logs) / "plein.log",
        error_log=Path(arguments.logs) / "plein-faults.log",
        always=strict_transport(),
    )


def _certificate(certificate: str | None, key: str | None) -> tuple[Path, Path] | None:
    if certificate and key:
        return Path(certificate), Path(key)
    if certificate or key:
        raise WrongUseError("Name both: --certificate and --key.")
    return None
