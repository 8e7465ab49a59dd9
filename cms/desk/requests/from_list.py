"""Several requests from a list: first what it would ask, then asking it."""

import hashlib
from dataclasses import fields

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from cms.accounts.importing.reading import Reading
from cms.desk.screens.items import person_of
from cms.planning.actions import Wish, ask
from cms.planning.errors import PlanningError
from cms.planning.lists import MOST_BYTES, NAMES, Asked, read_requests

SALT = "plein.requests.list"
KEPT_SECONDS = 3600
WRONG = 422


class RequestList(View):
    """Takes a list, shows what it would ask, and asks exactly that."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _start(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        upload = request.FILES.get("file")
        if upload is not None:
            content = upload.read(MOST_BYTES + 1)
            return _shown(request, content, read_requests(content))
        content = _kept(request)
        if content is None:
            messages.warning(request, _("That list is no longer here. Choose the file again."))
            return redirect("desk:request_list")
        reading = read_requests(content)
        if reading.faults or request.POST.get("seen") != _seen_as(reading):
            return _shown(request, content, reading, is_stale=not reading.faults)
        return _asked(request, content, reading)


def _asked(request: HttpRequest, content: bytes, reading: Reading[Asked]) -> HttpResponse:
    """Ask all of it or nothing."""
    try:
        with transaction.atomic():
            for row in reading.rows:
                ask(row.wish, by=person_of(request))
    except PlanningError as error:
        messages.error(request, str(error))
        return _shown(request, content, read_requests(content), is_stale=True)
    number = len(reading.rows)
    words = ngettext("%(n)s request was made.", "%(n)s requests were made.", number)
    messages.success(request, words % {"n": number})
    return redirect("desk:requests")


def _seen_as(reading: Reading[Asked]) -> str:
    """Return what stands for what would be asked: something else has another."""
    told = [
        (row.line, *(str(getattr(row.wish, each.name)) for each in fields(Wish)))
        for row in reading.rows
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _kept(request: HttpRequest) -> bytes | None:
    """Return the list that was shown; it waits in the page itself, signed, for an hour."""
    try:
        text = signing.loads(request.POST.get("list", ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    return str(text).encode()


def _shown(
    request: HttpRequest, content: bytes, reading: Reading[Asked], *, is_stale: bool = False
) -> HttpResponse:
    context = {"reading": reading, "is_stale": is_stale}
    if not reading.faults:
        text = content.decode("utf-8-sig")
        context["list"] = signing.dumps(text, salt=SALT, compress=True)
        context["seen"] = _seen_as(reading)
    status = WRONG if reading.faults else 200
    return render(request, "desk/requests/difference.html", context, status=status)


def _start(request: HttpRequest) -> HttpResponse:
    columns: dict[str, list[str]] = {}
    for word, column in NAMES.items():
        columns.setdefault(column, []).append(word)
    return render(request, "desk/requests/list.html", {"columns": list(columns.values())})
