"""Where the contract is asked: `/graphql/`, and `/graphql/media/<hash>` for bytes."""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from hub_api.pictures import picture
from hub_api.schema import schema
from hub_api.views import HubView

app_name = "hub_api"

# No cookie makes anything change here: the one mutation wants the press's token, which no other
# site's form can send. So there is nothing to forge.
questions = csrf_exempt(
    HubView.as_view(schema=schema, graphql_ide=None, allow_queries_via_get=False)
)

urlpatterns = [
    path("", questions, name="questions"),
    re_path(r"^media/(?P<content_hash>[0-9a-f]{64})$", picture, name="picture"),
]
