"""The addresses of the pages about one's own part in an item, below /write/agree/."""

from django.urls import path

from cms.desk.agree.page import Agree, OwnPicture, PutBack

app_name = "agree"
urlpatterns = [
    path("<uuid:name>/", Agree.as_view(), name="party"),
    path("<uuid:name>/put-back/", PutBack.as_view(), name="put_back"),
    path("<uuid:name>/picture/<uuid:picture>/", OwnPicture.as_view(), name="picture"),
]
