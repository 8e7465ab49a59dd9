"""The header that keeps browsers on https, for answers that Django doesn't make."""

from django.conf import settings


def strict_transport() -> dict[str, str]:
    """Return the header that Django gives for its part; nothing without TLS."""
    seconds = settings.SECURE_HSTS_SECONDS
    if not seconds:
        return {}
    rules = [f"max-age={seconds}"]
    rules += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    rules += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
    return {"strict-transport-security": "; ".join(rules)}
