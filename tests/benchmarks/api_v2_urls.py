"""Wagtail's own API beside ours, for the benchmark only."""

from django.urls import path
from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from cms.config.urls import urlpatterns as own


class Pages(PagesAPIViewSet):
    renderer_classes = [JSONRenderer]


router = WagtailAPIRouter("api_v2")
router.register_endpoint("pages", Pages)

urlpatterns = [path("api/v2/", router.urls), *own]
