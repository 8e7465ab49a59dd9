"""Where a request begins: at a rubric, or at a colleague."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.accounts import roles
from cms.accounts.models import Person, User
from cms.stories.models import Rubric


def for_rubric(page: Page, user: User) -> Iterator[Button]:
    if isinstance(page.specific_deferred, Rubric) and page.live and roles.sees_everything(user):
        yield _button({"rubric": page.pk}, _("Ask somebody for this rubric"))


def for_person(snippet: Any, user: User) -> Iterator[Button]:
    if isinstance(snippet, Person) and roles.sees_everything(user):
        yield _button({"person": snippet.name}, _("Ask for a story about this colleague"))


def _button(asked: dict[str, Any], label: Any) -> Button:
    url = f"{reverse('desk:new_request')}?{urlencode(asked)}"
    return Button(label, url, icon_name="mail", priority=45)
