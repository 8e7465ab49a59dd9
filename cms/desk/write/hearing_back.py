"""What a writer hears of what she handed in, at her own desk and by her own link."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms.accounts.models import User
from cms.desk.screens.accept_edit import AcceptEdit
from cms.desk.screens.answer import Answer
from cms.desk.write.doors import at_the_desk, contribution_or_404, writer_of
from cms.stories.models import EditorialPage


@at_the_desk
class Back(Answer):
    """Why it came back, and two ways on."""

    def item(self, **named: Any) -> EditorialPage:
        return _written(self.request, **named)

    def writer(self) -> User:
        return writer_of(self.request)

    def onward(self, _item: EditorialPage) -> str:
        return reverse("write:form", kwargs=self.kwargs)

    def surroundings(self) -> dict[str, Any]:
        return _around(self.request)

    def not_back(self, _item: EditorialPage) -> HttpResponse:
        return redirect("write:story", name=self.kwargs["name"])


@at_the_desk
class Edited(AcceptEdit):
    """What an editor made of it, before and after."""

    def item(self, **named: Any) -> EditorialPage:
        return _written(self.request, **named)

    def writer(self) -> User:
        return writer_of(self.request)

    def afterwards(self) -> HttpResponse:
        return redirect("write:story", name=self.kwargs["name"])

    def surroundings(self) -> dict[str, Any]:
        return _around(self.request)

    def not_waiting(self, _item: EditorialPage) -> HttpResponse:
        return self.afterwards()


def _written(request: HttpRequest, **named: Any) -> EditorialPage:
    """Return the draft underneath; where no question was answered yet, nothing comes back."""
    item = contribution_or_404(request, named["name"]).item
    if item is None:
        raise Http404
    written: EditorialPage = item.specific
    return written


def _around(request: HttpRequest) -> dict[str, Any]:
    return {"is_at_desk": True, "is_by_link": writer_of(request) != request.user}
