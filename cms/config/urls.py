"""Every address Django answers; the hub itself is the gate's, see `asgi.py`."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csp import csp_override
from django.views.generic import RedirectView
from wagtail.admin import urls as newsroom_urls
from wagtail.documents import urls as document_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.accounts.signing_in import urls as door_urls
from cms.accounts.signing_in.pages import STRICT_POLICY
from cms.accounts.signing_in.views import SignOut
from cms.config.newsroom_files import for_newsroom, newsroom_file
from cms.desk.agree import urls as agree_urls
from cms.desk.ask import urls as ask_urls
from cms.desk.follow import urls as follow_urls
from cms.desk.ways import urls as ways_urls
from cms.desk.write import urls as write_urls
from hub_api import urls as contract_urls


def page_of_the_hub(request: HttpRequest, path: str) -> HttpResponse:  # noqa: ARG001 - Wagtail's shape
    """Give Wagtail the address of a page; the gate, never Django, answers it."""
    raise Http404


documents = decorate_urlpatterns(list(document_urls.urlpatterns), for_newsroom)
contract = decorate_urlpatterns(contract_urls.urlpatterns, csp_override(STRICT_POLICY))

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", include(door_urls)),
    path("logout/", SignOut.as_view(), name="logout"),
    path("newsroom/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("newsroom/", include(newsroom_urls)),
    path("write/agree/", include(agree_urls)),
    path("write/", include(write_urls)),
    path("w/", include(ways_urls)),
    path("ask/", include(ask_urls)),
    path("follow/", include(follow_urls)),
    path("graphql/", include((contract, contract_urls.app_name))),
    path("media/documents/", include(documents)),
    path("media/<path:path>", newsroom_file),
    re_path(r"^((?:[\w\-]+/)*)$", page_of_the_hub, name="wagtail_serve"),
]
