import socket

import pytest

from cms.config import doors
from cms.config.errors import PortTakenError, WrongUseError


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_a_demo_may_listen_on_this_machine(host: str) -> None:
    doors.refuse_open_demo(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "plein.example"])
def test_a_demo_never_listens_beyond_it(host: str) -> None:
    with pytest.raises(WrongUseError, match="won't listen"):
        doors.refuse_open_demo(host)


def test_a_taken_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(PortTakenError, match=f"Port {port} is taken"):
            doors.refuse_taken("127.0.0.1", port)


def test_a_free_port_is_fine() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]

    doors.refuse_taken("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(WrongUseError, match=r"can't listen on 192\.0\.2\.1"):
        doors.refuse_taken("192.0.2.1", 8149)
