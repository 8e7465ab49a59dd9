"""The organisation's own sign-in, as the environment describes it."""

from urllib.parse import urlsplit

from cms.accounts.provider import ClaimNames, LinkBy, Provider
from cms.config import environment
from cms.config.doors import is_loopback
from cms.config.errors import WrongUseError

SCOPES = ["openid", "profile", "email"]


def provider_of_environment() -> Provider | None:
    """Return the provider; None where this installation has none.

    Raises:
        WrongUseError: Half of it is told, or it would be asked without TLS.
    """
    issuer = environment.text("PLEIN_OIDC_ISSUER")
    if not issuer:
        return None
    _refuse_without_tls(issuer)
    usual = ClaimNames()
    return Provider(
        issuer=issuer,
        client_id=_needed("PLEIN_OIDC_CLIENT_ID"),
        client_secret=_needed("PLEIN_OIDC_CLIENT_SECRET"),
        name=environment.text("PLEIN_OIDC_NAME", urlsplit(issuer).hostname or issuer),
        scopes=tuple(dict.fromkeys(["openid", *environment.listed("PLEIN_OIDC_SCOPES", SCOPES)])),
        claims=ClaimNames(
            number=environment.text("PLEIN_OIDC_CLAIM_NUMBER", usual.number),
            department=environment.text("PLEIN_OIDC_CLAIM_DEPARTMENT", usual.department),
            location=environment.text("PLEIN_OIDC_CLAIM_LOCATION", usual.location),
            groups=environment.text("PLEIN_OIDC_CLAIM_GROUPS", usual.groups),
        ),
        groups=dict(_pair(word) for word in environment.listed("PLEIN_OIDC_GROUPS", [])),
        link_by=LinkBy(environment.one_of("PLEIN_OIDC_LINK", [str(way) for way in LinkBy])),
        trusts_email=environment.flag("PLEIN_OIDC_TRUST_EMAIL"),
        makes_accounts=environment.flag("PLEIN_OIDC_NEW_ACCOUNTS", default=True),
        hours=_hours(),
    )


def _hours() -> int:
    hours = environment.number("PLEIN_OIDC_HOURS", usual := 12)
    if 0 < hours <= usual:
        return hours
    message = f"PLEIN_OIDC_HOURS is {hours}; give whole hours, from 1 to {usual}."
    raise WrongUseError(message)


def _refuse_without_tls(issuer: str) -> None:
    parts = urlsplit(issuer)
    if not parts.hostname or parts.query or parts.fragment:
        message = f"PLEIN_OIDC_ISSUER is {issuer!r}; give what the provider calls itself."
        raise WrongUseError(message)
    if parts.scheme != "https" and not is_loopback(parts.hostname):
        message = f"PLEIN_OIDC_ISSUER is {issuer!r}; a provider is only asked over https."
        raise WrongUseError(message)


def _needed(name: str) -> str:
    value = environment.text(name)
    if value:
        return value
    message = f"PLEIN_OIDC_ISSUER is set, so {name} is needed too; the provider gives it."
    raise WrongUseError(message)


def _pair(word: str) -> tuple[str, str]:
    theirs, separator, ours = word.partition("=")
    if separator and theirs.strip() and ours.strip():
        return theirs.strip(), ours.strip()
    message = f"PLEIN_OIDC_GROUPS: {word!r} is no pair; write their-group=Community managers."
    raise WrongUseError(message)
