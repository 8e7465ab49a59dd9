"""The house rules by which an item goes back to its author: a list that the newsroom keeps."""

from cms.workflow.models import OWN_WORDS, Reason


def in_use() -> list[tuple[str, str]]:
    """Return the reasons to choose from, by key, in the order of the house."""
    return [(reason.key, str(reason)) for reason in Reason.objects.filter(is_used=True)]


def is_in_use(key: str) -> bool:
    return Reason.objects.filter(key=key, is_used=True).exists()


def words_of(key: str) -> str:
    """Return a reason in the words of the house; one that is out of use has its words still."""
    return all_words().get(key, key)


def all_words() -> dict[str, str]:
    """Return every reason there ever was, by key, in the language that is active."""
    own = {key: str(words) for key, words in OWN_WORDS.items()}
    return own | {reason.key: str(reason) for reason in Reason.objects.all()}
