"""What an installation is told of its organisation's own sign-in (OpenID Connect)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class LinkBy(StrEnum):
    """By what somebody's first sign-in finds an account that is there already."""

    EMAIL = "email"
    NUMBER = "number"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class ClaimNames:
    """Under which names the provider tells what we keep; an empty name is not asked for."""

    number: str = ""
    department: str = "department"
    location: str = "location"
    groups: str = "groups"


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One provider: Entra ID, Google, Keycloak or any other.

    Attributes:
        issuer: As the provider calls itself; its configuration is asked below this address.
        name: On the button: 'Sign in with <name>'.
        groups: From what stands in the groups claim to our group's name. Groups that are not a
            target here stay as they were given by hand.
        trusts_email: The provider gives verified addresses only, and does not say so itself.
        hours: After so many the provider is asked again who somebody is; at most twelve.
        makes_accounts: Whoever the provider lets in gets an account, if they have none yet.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    claims: ClaimNames = field(default_factory=ClaimNames)
    groups: Mapping[str, str] = field(default_factory=dict)
    link_by: LinkBy = LinkBy.EMAIL
    trusts_email: bool = False
    makes_accounts: bool = True
    hours: int = 12
