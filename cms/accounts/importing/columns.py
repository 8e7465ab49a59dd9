"""Which columns a list of accounts may have, and why others are refused.

Refused, not skipped: what is never read can't be kept by mistake, and whoever made the list learns
that this hub wants less.
"""

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NUMBER, USERNAME, FIRST_NAME, LAST_NAME = "number", "username", "first_name", "last_name"
EMAIL, DEPARTMENT, LOCATION, STARTED, GROUPS, ACTIVE = (
    *("email", "department", "location"),
    *("started", "groups", "active"),
)

NAMES: dict[str, str] = {
    **dict.fromkeys(["number", "personnel number", "personeelsnummer", "nummer"], NUMBER),
    **dict.fromkeys(["username", "user name", "gebruikersnaam"], USERNAME),
    **dict.fromkeys(["first name", "voornaam"], FIRST_NAME),
    **dict.fromkeys(["last name", "achternaam"], LAST_NAME),
    **dict.fromkeys(["email", "e mail", "mail", "e mailadres", "mailadres"], EMAIL),
    **dict.fromkeys(["department", "afdeling"], DEPARTMENT),
    **dict.fromkeys(["location", "locatie", "vestiging"], LOCATION),
    **dict.fromkeys(["started", "start month", "startmaand", "in dienst sinds"], STARTED),
    **dict.fromkeys(["groups", "groepen"], GROUPS),
    **dict.fromkeys(["active", "actief"], ACTIVE),
}
"""By the words in the first line, in either language."""

_SPECIAL = _("It says something about a person that no hub needs, and that the law protects.")
_BOND = _("What somebody agreed with the employer is no business of colleagues.")
_DAY = _("A date of birth or an exact day is not needed; the month somebody started is enough.")
_PRIVATE = _("Where and how to reach people at home stays at home.")

REASONS: tuple[tuple[str, Promise], ...] = (
    (r"sex|gender|geslacht|m/?v|aanhef|salutation", _SPECIAL),
    (r"nationalit\w*|birth ?place|geboorteplaats|geboorteland|country of birth", _SPECIAL),
    (r"religion|geloof|union|vakbond\w*|ethnic\w*|disabilit\w*|handicap|marital\w*", _SPECIAL),
    (r"burgerlijke staat|partner|children|kinderen|bsn|ssn|passport|paspoort", _SPECIAL),
    (r"absen\w*|sick\w*|verzuim\w*|ziek\w*|health|leave|verlof", _SPECIAL),
    (r"age|leeftijd|birth ?da\w*|date of birth|geboortedatum|verjaardag", _DAY),
    (r"start date|date of hire|hire date|datum in dienst|indiensttreding", _DAY),
    (r"contract\w*|fte|hours|uren|salar\w*|loon|scale|schaal|dienstverband", _BOND),
    (r"end date|einddatum|uit dienst|manager|leidinggevende|assessment|beoordeling", _BOND),
    (r"address|adres|street|straat|post ?code|zip|city|woonplaats|phone|telefoon\w*", _PRIVATE),
    (r"mobile|mobiel\w*|iban|bank\w*|photo|foto|private e ?mail", _PRIVATE),
)


def column_of(heading: str) -> str | None:
    """Return which column a heading of the list names, or None."""
    return NAMES.get(plain_heading(heading))


def why_refused(heading: str) -> Promise:
    """Return why a list may not have this column."""
    plain = plain_heading(heading)
    for words, reason in REASONS:
        if re.search(rf"(?:^| )(?:{words})(?: |$)", plain):
            return reason
    return _("We don't know this column. Leave out what is not asked for.")


def plain_heading(heading: str) -> str:
    """Return a heading without capitals, accents and signs."""
    bare = unicodedata.normalize("NFKD", heading.casefold())
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9/]+", " ", letters).split())
