"""The addresses of the writing desk, below /write/."""

from django.urls import path

from cms.desk.write.answering import Answering, Settling
from cms.desk.write.form import Form
from cms.desk.write.overview import Overview
from cms.desk.write.photos import Photo, Photos
from cms.desk.write.starting import About, Start
from cms.desk.write.story import Story, TakeBack

app_name = "write"
urlpatterns = [
    path("", Overview.as_view(), name="overview"),
    path("start/<uuid:rubric>/", Start.as_view(), name="start"),
    path("<uuid:name>/", Form.as_view(), name="form"),
    path("<uuid:name>/about/", About.as_view(), name="about"),
    path("<uuid:name>/answer/", Answering.as_view(), name="answer"),
    path("<uuid:name>/settle/", Settling.as_view(), name="settle"),
    path("<uuid:name>/photo/", Photos.as_view(), name="photos"),
    path("<uuid:name>/photo/<int:number>/", Photo.as_view(), name="photo"),
    path("<uuid:name>/story/", Story.as_view(), name="story"),
    path("<uuid:name>/take-back/", TakeBack.as_view(), name="take_back"),
]
