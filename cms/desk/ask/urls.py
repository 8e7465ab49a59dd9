"""The addresses of the one door, below /ask/."""

from django.urls import path

from cms.desk.ask.screen import Ask

app_name = "ask"
urlpatterns = [path("", Ask.as_view(), name="ask")]
