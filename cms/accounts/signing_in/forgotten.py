"""A way back in by mail for who forgot a password. Nobody learns here who has an account."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.accounts.signing_in import attempts
from cms.core.hub_name import hub_name, sender

_MOST_DIGITS = 19  # what the databases' keys hold


@task()
def send_way_back(address: str) -> None:
    """Mail whoever has this address, if anybody has; no account gets more than a few an hour.

    A task, so that asking takes as long whether or not there is an account. Whom Django writes to
    is Django's own rule: open accounts with a password, and an address that is the same also to
    who knows that some letters only look alike.
    """
    for user in PasswordResetForm().get_users(address):
        act = attempts.Act("mail with a way back", str(user.pk), attempts.MAILS_TO_ACCOUNT)
        if attempts.may_try(act):
            _write(user)


def _write(user: User) -> None:
    # Not `get_preferred_language`: that falls back on the language of whoever is at work now.
    language = UserProfile.get_for_user(user).preferred_language or settings.LANGUAGE_CODE
    with override(language):
        place = hub_name()
        send_mail(
            _("A new password for %(hub)s") % {"hub": place},
            "\n\n".join(_lines(user)),
            sender(place),
            [user.email],
        )


def _lines(user: User) -> list[str]:
    # Behind a question mark, because that part of an address stands in no log of ours.
    asked = urlencode({"key": key_for(user)})
    return [
        _("Hello %(name)s,") % {"name": user.display_name},
        _("Somebody, you we hope, asked for a new password. You choose it here, within two hours:"),
        f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('choose_anew')}?{asked}",
        _("Your user name is %(name)s.") % {"name": user.get_username()},
        _("Was it not you? Then do nothing: your password stays as it is."),
    ]


def key_for(user: User) -> str:
    """Return a key that is good until it is used, the password changes or two hours are over."""
    return f"{user.pk}.{default_token_generator.make_token(user)}"


def opened_by(key: str) -> User | None:
    """Return whose password this key changes, while it does."""
    pk, _separator, token = key.partition(".")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < _MOST_DIGITS):
        return None
    user = User.objects.filter(pk=int(pk), is_active=True).first()
    return user if user and default_token_generator.check_token(user, token) else None
