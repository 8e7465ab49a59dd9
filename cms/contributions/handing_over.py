"""A story that becomes somebody else's: who has it, whose name is under it, whose link opens it."""

from django.db import transaction
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.contributions.composing import is_open
from cms.contributions.models import Contribution
from cms.contributions.writers import WRITE
from cms.links.actions import revoke_all
from cms.stories.models import Author, EditorialPage
from cms.workflow.actions import locked_item


@transaction.atomic
def hand_to(contribution: Contribution, *, to: User, by: User | None = None) -> None:
    """Give a contribution to somebody else, who goes on where it is.

    Who wrote some of it stays an author of the draft; who wrote nothing does not.
    """
    before = contribution.author
    if before == to:
        return
    contribution.author = to
    contribution.save(update_fields=["author"])
    revoke_all(contribution.public_id, purpose=WRITE, by=by, but=to)
    if contribution.item_id is not None:
        item = locked_item(contribution.item_id)
        wrote = contribution.answers.filter(saved_by=before).exclude(text="").exists()
        hand_item_to(item, to=to, by=by, instead_of=None if wrote else before)


@transaction.atomic
def hand_item_to(
    item: EditorialPage, *, to: User, by: User | None, instead_of: User | None = None
) -> None:
    """Give an item to somebody else; where it is a draft still, its names follow."""
    item.owner = to
    item.save(update_fields=["owner"])
    log(instance=item, action="contributions.handed_over", user=by, data={"to": to.pk})
    person = getattr(to, "person", None)
    if person is None or not is_open(item):
        return
    page: EditorialPage = item.specific.get_latest_revision_as_object()
    page.owner = to
    gone = getattr(instead_of, "person", None)
    kept = [author for author in page.authors.all() if gone is None or author.person_id != gone.pk]
    if all(author.person_id != person.pk for author in kept):
        kept.append(Author(person=person))
    page.authors.set(kept)
    page.save_revision(user=by, clean=False)
