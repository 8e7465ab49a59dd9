"""Every page at the door, below /login/."""

from django.urls import path

from cms.accounts.languages import choose_language
from cms.accounts.signing_in.account_views import Account, ChangePassword
from cms.accounts.signing_in.activation_views import Activate
from cms.accounts.signing_in.forgotten_views import ChooseAnew, Forgotten
from cms.accounts.signing_in.organisation_views import (
    EndedAtOrganisation,
    FromOrganisation,
    LeftOrganisation,
    ToOrganisation,
)
from cms.accounts.signing_in.second_factor_views import NewRecoveryCodes, SecondFactor, SetUp
from cms.accounts.signing_in.views import SignIn

urlpatterns = [
    path("", SignIn.as_view(), name="login"),
    path("language/", choose_language, name="set_language"),
    path("activate/", Activate.as_view(), name="activate"),
    path("forgotten/", Forgotten.as_view(), name="forgotten"),
    path("forgotten/new/", ChooseAnew.as_view(), name="choose_anew"),
    path("code/", SecondFactor.as_view(), name="second_factor"),
    path("organisation/", ToOrganisation.as_view(), name="organisation"),
    path("organisation/back/", FromOrganisation.as_view(), name="organisation_back"),
    path("organisation/ended/", EndedAtOrganisation.as_view(), name="organisation_ended"),
    path("organisation/left/", LeftOrganisation.as_view(), name="organisation_left"),
    path("account/", Account.as_view(), name="account"),
    path("account/password/", ChangePassword.as_view(), name="change_password"),
    path("account/code/", SetUp.as_view(), name="set_up_second_factor"),
    path("account/paper/", NewRecoveryCodes.as_view(), name="new_recovery_codes"),
]
