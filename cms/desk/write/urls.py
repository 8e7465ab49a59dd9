"""The addresses of the writing desk, below /write/."""

from django.urls import path

from cms.desk.write.answering import Answering, Settling
from cms.desk.write.asked import Asked, Claim, Planned, Propose
from cms.desk.write.done import Done
from cms.desk.write.form import Form
from cms.desk.write.forwarding import Forward
from cms.desk.write.hearing_back import Back, Edited
from cms.desk.write.overview import Overview
from cms.desk.write.photos import Photo, Photos
from cms.desk.write.starting import About, Start
from cms.desk.write.story import Story, TakeBack

app_name = "write"
urlpatterns = [
    path("", Overview.as_view(), name="overview"),
    path("planned/", Planned.as_view(), name="planned"),
    path("planned/<uuid:assignment>/", Claim.as_view(), name="claim"),
    path("idea/", Propose.as_view(), name="propose"),
    path("start/<uuid:rubric>/", Start.as_view(), name="start"),
    path("<uuid:name>/", Form.as_view(), name="form"),
    path("<uuid:name>/about/", About.as_view(), name="about"),
    path("<uuid:name>/answer/", Answering.as_view(), name="answer"),
    path("<uuid:name>/settle/", Settling.as_view(), name="settle"),
    path("<uuid:name>/photo/", Photos.as_view(), name="photos"),
    path("<uuid:name>/photo/<int:number>/", Photo.as_view(), name="photo"),
    path("<uuid:name>/story/", Story.as_view(), name="story"),
    path("<uuid:name>/request/", Asked.as_view(), name="request"),
    path("<uuid:name>/forward/", Forward.as_view(), name="forward"),
    path("<uuid:name>/back/", Back.as_view(), name="back"),
    path("<uuid:name>/changes/", Edited.as_view(), name="changes"),
    path("<uuid:name>/done/", Done.as_view(), name="done"),
    path("<uuid:name>/take-back/", TakeBack.as_view(), name="take_back"),
]
