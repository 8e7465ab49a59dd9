"""The register: who agreed to what, for who looks after everything; and one person's part of it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import View

from cms.accounts.models import Person
from cms.agreement.export import COLUMNS, records_of, row_of
from cms.agreement.models import Answer, Entry
from cms.core.spreadsheets import lines
from cms.desk.screens.items import person_of, screen
from cms.stories.ownership import about_hidden

ON_A_PAGE = 50


class Register(View):
    """Every yes, newest first; that somebody said no stands in it for nobody."""

    def get(self, request: HttpRequest) -> HttpResponse:
        entries = Entry.objects.filter(answer=Answer.YES).exclude(
            about_hidden(person_of(request), page="item_id_kept")
        )
        sought = " ".join(request.GET.get("q", "").replace("\x00", "").split())
        if sought:
            entries = entries.filter(person_name__icontains=sought)
        pages = Paginator(entries.select_related("item", "taken_down_by"), ON_A_PAGE)
        people = Person.objects.filter(pk__in=entries.values("person"))
        context = {
            "entries": pages.get_page(request.GET.get("page")),
            "sought": sought,
            "people": people.filter(name__icontains=sought)[:10] if sought else [],
            "number": pages.count,
        }
        return screen(request, "agreements/register", context)


class RegisterOfOne(View):
    """One person's part of the register, as a file."""

    def get(self, request: HttpRequest, person_id: int) -> HttpResponseBase:
        kind = "json" if request.GET.get("as") == "json" else "csv"
        person = get_object_or_404(Person, pk=person_id)
        records = records_of(person, reader=person_of(request))
        name = f"{_('register')}-{person.slug}.{kind}"
        response: HttpResponseBase
        if kind == "json":
            response = JsonResponse(
                list(records), safe=False, json_dumps_params={"ensure_ascii": False, "indent": 2}
            )
        else:
            rows = (row_of(record) for record in records)
            response = StreamingHttpResponse(lines(COLUMNS, rows), content_type="text/csv")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        patch_cache_control(response, no_store=True, private=True)
        return response
