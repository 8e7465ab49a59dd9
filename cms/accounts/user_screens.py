"""Wagtail's own screens for accounts, with what an account has here."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from cms.accounts import roles
from cms.accounts.models import User

EXTRA = {"personnel_number", "department", "location", "started"}


class _WithoutMailbox:
    """Colleagues may lack a mailbox, and a password that others choose for them."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "first_name", "password1", "password2"):
            if name in self.fields:
                self.fields[name].required = False
        roles.offer_in_words(self)  # type: ignore[arg-type]  # a mixin of forms


class AccountCreationForm(_WithoutMailbox, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | EXTRA

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - Django's shape
        """Keep who got no password from signing in until there is a letter."""
        if not self.cleaned_data.get("password1"):
            self.instance.set_unusable_password()
        saved: User = super().save(commit=commit)
        return saved


class AccountEditForm(_WithoutMailbox, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | EXTRA


def _limit(form: forms.Form, request: HttpRequest) -> forms.Form:
    """Let only somebody with all rights give all rights."""
    if not request.user.is_superuser:
        form.fields.pop("is_superuser", None)
    return form


class AccountCreateView(CreateView):
    def get_form(self, form_class: Any = None) -> forms.Form:
        return _limit(super().get_form(form_class), self.request)


class AccountEditView(EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep an account with all rights, and its password, from who has fewer."""
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied

    def get_form(self, form_class: Any = None) -> forms.Form:
        return _limit(super().get_form(form_class), self.request)


class AccountViewSet(UserViewSet):
    """Accounts: Wagtail's list, with the fields of ours."""

    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    create_template_name = "accounts/newsroom/user_create.html"
    edit_template_name = "accounts/newsroom/user_edit.html"

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: FBT001, FBT002 - Wagtail's shape
        return AccountEditForm if for_update else AccountCreationForm
