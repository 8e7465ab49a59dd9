"""Refusals that look the same whatever the reason behind them."""

from django.http import JsonResponse


def refusal(status: int, code: str, *, message: str) -> JsonResponse:
    """Return a refusal in the shape of a GraphQL error."""
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return JsonResponse(body, status=status, headers={"Cache-Control": "private, no-store"})


def stranger() -> JsonResponse:
    """Return what everybody gets who isn't known here."""
    response = refusal(401, "UNAUTHENTICATED", message="Sign in, or send a valid token.")
    response["WWW-Authenticate"] = "Bearer"
    return response
