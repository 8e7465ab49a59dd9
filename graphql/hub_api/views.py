"""The one address of the contract: bounded before it is parsed, known before it is answered."""

from typing import Any

from cross_web import HTTPException
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from strawberry.django.views import GraphQLView

from hub_api.answers import refusal, stranger
from hub_api.callers import caller_of
from hub_api.context import Context
from hub_api.json_text import encoded
from hub_api.limits import LARGEST_BODY, is_too_deep


class HubView(GraphQLView):
    """Answers questions asked by POST; whoever asks is known, whatever they ask is bounded."""

    def dispatch(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """Refuse cheaply what can't be answered, then answer."""
        refused = _refused_for_shape(request)
        if refused is not None:
            return refused
        caller = caller_of(request)
        if caller is None:
            return stranger()
        request.hub_caller = caller  # type: ignore[attr-defined]
        try:
            response = self.run(request=request)
        except HTTPException as error:
            return refusal(error.status_code, "BAD_REQUEST", message=error.reason)
        response["Cache-Control"] = "private, no-store"
        return response

    def parse_json(self, data: str | bytes) -> Any:
        """Take one question at a time, and nothing that isn't one."""
        parsed = super().parse_json(data)
        if not isinstance(parsed, dict):
            raise HTTPException(400, "Send one JSON object with a `query`.")
        return parsed

    def encode_json(self, data: object) -> str:
        return encoded(data)

    def get_context(self, request: HttpRequest, response: HttpResponse) -> Any:
        return Context(request=request, response=response, caller=request.hub_caller)  # type: ignore[attr-defined]


def _refused_for_shape(request: HttpRequest) -> HttpResponseBase | None:
    if request.method != "POST":
        refused = refusal(405, "METHOD_NOT_ALLOWED", message="Ask by POST.")
        refused["Allow"] = "POST"
        return refused
    body = _body(request)
    if body is None:
        message = f"A question is at most {LARGEST_BODY // 1024} KB."
        return refusal(413, "TOO_LARGE", message=message)
    if is_too_deep(body):
        return refusal(400, "TOO_DEEP", message="This nests deeper than any question needs to.")
    return None


def _body(request: HttpRequest) -> bytes | None:
    """Return what was sent, None when it is longer than a question may be."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return None
    try:
        body = request.body
    except RequestDataTooBig:
        return None
    return body if len(body) <= LARGEST_BODY else None
