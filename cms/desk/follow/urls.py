"""The address of a reader's own links, /follow/."""

from django.urls import path

from cms.desk.follow.screen import Follow

app_name = "follow"
urlpatterns = [path("", Follow.as_view(), name="follow")]
