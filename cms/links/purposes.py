"""What a personal link can be for. The part of Plein that owns a purpose registers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from cms.links.models import PersonalLink


@dataclass(frozen=True)
class Purpose:
    """One thing that can be done by link.

    Attributes:
        word: Short, and kept with every link: `write`, `answer`, `agree`.
        leads_to: Gives the path of the page that a link of this purpose opens. That page asks
            `link_of` again; the path itself opens nothing.
        kept: How long a link is good where nobody says until when.
        besides: Other pages about the same thing, by the word behind `&at=` in an address.
    """

    word: str
    leads_to: Callable[[PersonalLink], str]
    kept: timedelta = timedelta(days=30)
    besides: Mapping[str, Callable[[PersonalLink], str]] = field(default_factory=dict)

    def path_for(self, link: PersonalLink, at: str = "") -> str:
        """Return the page that a link opens, or another one about the same thing."""
        return self.besides.get(at, self.leads_to)(link)


_known: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Make a purpose known, in an app's `ready()`; the same word again takes its place."""
    _known[purpose.word] = purpose


def purpose_of(word: str) -> Purpose:
    """Return a purpose by its word.

    Raises:
        LookupError: Nothing of that name is done by link.
    """
    return _known[word]


def is_known(word: str) -> bool:
    return word in _known
