"""What a writer hears of what she handed in, at her own desk and by her own link."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from cms.accounts.models import User
from cms.desk.screens.accept_edit import AcceptEdit
from cms.desk.screens.answer import Answer
from cms.desk.write.doors import at_the_desk, contribution_or_404, writer_of
from cms.stories.models import EditorialPage


class OwnStory(View):
    """A screen about an item, opened under the name that it has at its writer's desk."""

    def item(self, **named: Any) -> EditorialPage:
        """Return the draft underneath; where no question was answered yet, nothing comes back."""
        item = contribution_or_404(self.request, named["name"]).item
        if item is None:
            raise Http404
        written: EditorialPage = item.specific
        return written

    def writer(self) -> User:
        return writer_of(self.request)

    def surroundings(self) -> dict[str, Any]:
        return {"is_at_desk": True, "is_by_link": self.writer() != self.request.user}


@at_the_desk
class Back(OwnStory, Answer):
    """Why it came back, and two ways on."""

    def onward(self, _item: EditorialPage) -> str:
        return reverse("write:form", kwargs=self.kwargs)

    def not_back(self, _item: EditorialPage) -> HttpResponse:
        return redirect("write:story", name=self.kwargs["name"])


@at_the_desk
class Edited(OwnStory, AcceptEdit):
    """What an editor made of it, before and after."""

    def afterwards(self) -> HttpResponse:
        return redirect("write:story", name=self.kwargs["name"])

    def not_waiting(self, _item: EditorialPage) -> HttpResponse:
        return self.afterwards()
