"""Every address Django answers; the hub itself is the gate's, see `asgi.py`."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as newsroom_urls
from wagtail.documents import urls as document_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("newsroom/", include(newsroom_urls)),
    path("media/documents/", include(document_urls)),
]
