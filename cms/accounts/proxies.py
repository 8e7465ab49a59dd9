"""Who is really there: addresses told by a proxy count only from a proxy of ours."""

import ipaddress
from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

type Network = ipaddress.IPv4Network | ipaddress.IPv6Network
type Address = ipaddress.IPv4Address | ipaddress.IPv6Address

FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)
PREFIX_OF_ONE = 64
"""How much of an IPv6 address is one customer's: who holds it can change the rest at will."""


class TrustedProxies:
    """Put the reader's own address in the request, and drop what a stranger claims."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trusted = settings.PLEIN_TRUSTED_PROXIES
        peer = address_of(str(request.META.get("REMOTE_ADDR", "")))
        if peer is None or not is_in(peer, trusted):
            for name in FORWARDED:
                request.META.pop(name, None)
        else:
            told = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
            request.META["REMOTE_ADDR"] = str(reader_behind(peer, told, trusted=trusted))
        return self.get_response(request)


def reader_behind(peer: Address, told: str, *, trusted: Sequence[Network]) -> Address:
    """Return the last address in the chain that is not a proxy of ours.

    Args:
        peer: A proxy of ours, which the connection came from.
        told: The X-Forwarded-For header: each proxy adds on the right whom it heard from, so
            what stands left of the first stranger may be invented.
        trusted: The proxies of ours.
    """
    reader = peer
    for word in reversed(told.split(",")):
        if not is_in(reader, trusted):
            break
        address = address_of(word)
        if address is None:
            break
        reader = address
    return reader


def address_of(text: str) -> Address | None:
    """Read an address, with or without a port; None for what is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def neighbourhood_of(request: HttpRequest) -> str:
    """Return what attempts are counted by: an IPv4 address, or the network of an IPv6 one."""
    address = address_of(str(request.META.get("REMOTE_ADDR", "")))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, PREFIX_OF_ONE), strict=False))
    return str(address or "")
