from dataclasses import dataclass, field

import strawberry
from django.http import HttpRequest, HttpResponse

from hub_api.callers import Caller
from hub_api.errors import ForbiddenError
from hub_api.limits import Budget


@dataclass
class Context:
    """What a resolver may know: who asks, and how much of the request's budget is left."""

    request: HttpRequest
    response: HttpResponse
    caller: Caller
    budget: Budget = field(default_factory=Budget)

    def require_press(self) -> None:
        """Let only the press pass.

        Raises:
            ForbiddenError: for everybody else.
        """
        if not self.caller.is_press:
            message = "Only the press may ask for this."
            raise ForbiddenError(message)


type Info = strawberry.Info[Context, None]
