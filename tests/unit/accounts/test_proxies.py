from ipaddress import IPv6Address, ip_address, ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cms.accounts.proxies import TrustedProxies, address_of, neighbourhood_of, reader_behind

OURS = [ip_network("10.0.0.0/8"), ip_network("::1")]


@pytest.mark.parametrize(
    ("told", "reader"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("6.6.6.6, nonsense, 10.0.0.2", "10.0.0.2"),
        ("", "10.0.0.1"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
    ],
)
def test_the_reader_is_the_last_stranger_in_the_chain(told: str, reader: str) -> None:
    assert str(reader_behind(ip_address("10.0.0.1"), told, trusted=OURS)) == reader


@pytest.mark.parametrize("text", ["", "unix:", "10.0.0", "evil.example", "\x00"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert address_of(text) is None


def test_an_old_address_in_new_clothes_is_the_same() -> None:
    assert str(address_of("::ffff:10.0.0.1")) == "10.0.0.1"


@pytest.mark.parametrize(("peer", "is_believed"), [("203.0.113.9", False), ("127.0.0.1", True)])
def test_what_a_stranger_says_of_tls_and_host_is_dropped(peer: str, is_believed: bool) -> None:
    claims = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "evil.example"}
    request = RequestFactory().get("/")
    request.META.update(REMOTE_ADDR=peer, **claims)

    TrustedProxies(lambda _: HttpResponse())(request)

    assert [name in request.META for name in claims] == [is_believed] * 2


def test_who_holds_a_network_is_counted_as_one() -> None:
    addresses = [IPv6Address("2001:db8:1:2::1"), IPv6Address("2001:db8:1:2:ffff::9")]

    asked = [RequestFactory(REMOTE_ADDR=str(one)).get("/") for one in addresses]

    assert len({neighbourhood_of(request) for request in asked}) == 1
