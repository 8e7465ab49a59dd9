"""Who is in an item and how it stands, as far as the newsroom may know."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts.models import Person
from cms.agreement.models import Matter, Party, Representative, Sensitive
from cms.agreement.parts import Part, Shown
from cms.agreement.rules import Row, Stand, Standing, standing_of
from cms.desk import times
from cms.stories.models import EditorialPage
from cms.workflow.agreements import addressee_of

WAYS = {
    "account": gettext_lazy("signed in"),
    "link": gettext_lazy("by link"),
    "paper": gettext_lazy("on paper"),
    "phone": gettext_lazy("by telephone"),
}


@dataclass(frozen=True)
class InIt:
    """One person in an item.

    Attributes:
        said: How she stands in a sentence; empty once anybody refused, whoever that was.
        is_missing: Her yes is still needed.
        is_asked: She was asked about exactly this.
        digest: Of her part as it is now.
        has_address: A mail reaches her.
    """

    person: Person
    part: Part
    said: str
    is_missing: bool
    is_asked: bool
    digest: str
    has_address: bool
    represented_by: str = ""

    @property
    def what(self) -> str:
        told = {Matter.WORDS: _("words"), Matter.PICTURE: _("picture")}
        return _(" and ").join(told[matter] for matter in self.part.matters())


@dataclass(frozen=True)
class People:
    """Everybody in an item, with what may be said of all of them together."""

    rows: Sequence[InIt] = ()
    sentence: str = ""
    is_agreed: bool = True
    is_refused: bool = False
    sensitive: str = ""
    pictures: Sequence[Shown] = field(default_factory=list)

    @property
    def can_be_asked(self) -> bool:
        waits = (row.is_missing and row.has_address and not row.is_asked for row in self.rows)
        return not self.is_refused and any(waits)


def people_in(page: EditorialPage) -> People:
    """Return who is in this text and how each stands.

    Once somebody refused nothing is said of anybody: what is said of the others would tell who.
    """
    standing = standing_of(page)
    known = Person.objects.select_related("user").in_bulk(standing.parts)
    parties = {each.person_id: each for each in Party.objects.filter(item=page.pk)}
    rows = [
        _in_it(known[key], standing, parties.get(key)) for key in standing.parts if key in known
    ]
    marked = Sensitive.objects.filter(item=page.pk).first()
    shown = (each for part in standing.parts.values() for each in (*part.pictures, *part.crowds))
    return People(
        rows=rows,
        sentence=_sentence(standing, rows),
        is_agreed=standing.is_agreed,
        is_refused=standing.is_refused,
        sensitive=marked.kind if marked else "",
        pictures=list({each.key: each for each in shown}.values()),
    )


def _in_it(person: Person, standing: Standing, party: Party | None) -> InIt:
    rows = standing.of(person.pk)
    part = standing.parts[person.pk]
    found = Representative.objects.filter(person=person).first()
    return InIt(
        person=person,
        part=part,
        said="" if standing.is_refused else _said(rows, party),
        is_missing=not all(row.stand.is_fine for row in rows),
        is_asked=party is not None and party.digest == part.whole,
        digest=part.whole,
        has_address=bool(addressee_of(person).email),
        represented_by=found.name if found else "",
    )


def _said(rows: Sequence[Row], party: Party | None) -> str:
    stands = {row.stand for row in rows}
    entry = next((row.entry for row in rows if row.entry), None)
    if not rows:
        return _("In a crowd that was told: not asked, taken out on request.")
    if stands == {Stand.BEFORE}:
        return _("Was online like this before Plein kept a register.")
    if all(stand.is_fine for stand in stands):
        return _agreed(entry.said_at, entry.channel) if entry else _("Agrees.")
    if Stand.CHANGE in stands:
        words = {"sentence": entry.sentence if entry else ""}
        return _("Would like something changed: “%(sentence)s”") % words
    return _asked(party, rows[0].part.whole)


def _asked(party: Party | None, digest: str) -> str:
    if party is None or party.asked_at is None:
        return _("Not asked yet.")
    if party.answered_at is not None or party.digest != digest:
        return _("Changed since; not asked again yet.")
    return _("Asked on %(day)s, no answer yet.") % {"day": times.short_moment(party.asked_at)}


def _agreed(at: datetime, channel: str) -> str:
    words = {"moment": times.short_moment(at), "way": str(WAYS[channel])}
    return _("Agreed on %(moment)s, %(way)s.") % words


def _sentence(standing: Standing, rows: Sequence[InIt]) -> str:
    if not standing.parts:
        return _("Nobody is quoted, interviewed or recognisable in this.")
    if standing.is_refused:
        return _("There is no agreement. Like this it can't go online.")
    if standing.is_agreed:
        return _("Everybody in it agrees to exactly this.")
    names = _(" and ").join(row.person.name for row in rows if row.is_missing)
    return _("Waits for %(names)s to agree.") % {"names": names}
