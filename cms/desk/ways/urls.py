"""The addresses of links and codes, below /w/."""

from django.urls import path

from cms.desk.ways.door import NewLink, WayIn
from cms.links.actions import DOOR

urlpatterns = [
    path("", WayIn.as_view(), name=DOOR),
    path("new/", NewLink.as_view(), name="new_way_in"),
    path("<str:code>/", WayIn.as_view(), name="way_in_by_code"),
]
