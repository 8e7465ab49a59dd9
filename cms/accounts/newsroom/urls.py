"""The administrator's screens about accounts, below /newsroom/accounts/."""

from django.urls import path

from cms.accounts.newsroom.letters import LetterFor, Letters
from cms.accounts.newsroom.lists import Accounts, ListDifference
from cms.accounts.newsroom.way_in import WayIn

app_name = "accounts"
urlpatterns = [
    path("", Accounts.as_view(), name="start"),
    path("difference/", ListDifference.as_view(), name="difference"),
    path("letters/", Letters.as_view(), name="letters"),
    path("<int:user_id>/", WayIn.as_view(), name="way_in"),
    path("<int:user_id>/letter/", LetterFor.as_view(), name="letter"),
]
