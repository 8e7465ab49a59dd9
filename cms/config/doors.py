"""Where the hub may be reached: the address it binds and who is let in while it is a demo."""

import errno
import ipaddress
import socket

from cms.config.errors import PortTakenError, WrongUseError


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_open_demo(host: str) -> None:
    """Keep a hub whose password is in the documentation on this machine."""
    if not is_loopback(host):
        message = (
            f"This is the demo, with passwords everybody knows, so it won't listen on {host}. "
            "Unset PLEIN_HOST, or set up a real hub with `plein init`."
        )
        raise WrongUseError(message)


def refuse_taken(host: str, port: int) -> None:
    """Find out before anything starts whether the port is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            raise _refusal(error, host=host, port=port) from error


def _refusal(error: OSError, *, host: str, port: int) -> PortTakenError | WrongUseError:
    if error.errno == errno.EADDRINUSE:
        return PortTakenError(
            f"Port {port} is taken by another program. Stop that one, or choose another port,"
            " as in PLEIN_PORT=8010."
        )
    return WrongUseError(f"Plein can't listen on {host}, port {port}: {error.strerror}.")
