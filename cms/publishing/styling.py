"""The act that gives the hub its logo, colours and letters."""

from django.db import transaction
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.core.models import Logo, Style
from cms.documents.actions import note_cut, refresh
from cms.publishing.placing import may_compose
from cms.workflow.errors import NotAllowed


@transaction.atomic
def dress(style: Style, *, by: User) -> None:
    """Keep the hub's logos, colours and letters; every page is printed anew with them.

    A logo that is replaced stays in earlier releases, one that is taken away goes from those too.

    Args:
        style: what there is with what is to be different; a new logo of it need not be saved.
        by: who decides on it.

    Raises:
        NotAllowed: This person does not decide what the hub looks like.
        ValidationError: A colour can't be read; the message names the nearest that can. Or there
            is a logo for a dark screen alone.
    """
    if not may_compose(by):
        raise NotAllowed
    style.full_clean(exclude=["public_id"])
    is_bared = _takes_a_logo_away(style)
    logos = [each for each in (style.logo, style.logo_dark) if each is not None]
    for logo in logos:
        logo.save()
    style.save()
    # The bytes of one that was replaced are nobody's.
    Logo.objects.exclude(pk__in=[each.pk for each in logos]).delete()
    log(instance=style, action="wagtail.edit", user=by)
    refresh(style)
    if is_bared:
        note_cut(style.public_id)


def _takes_a_logo_away(style: Style) -> bool:
    """Whether nothing comes in its place: that is asked when it should never have been there."""
    before = Style.current()
    return any(getattr(before, name) and not getattr(style, name) for name in ("logo", "logo_dark"))
