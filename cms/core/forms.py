from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from cms.core import addresses


class HubPageForm(WagtailAdminPageForm):
    """Saves every half-finished draft; asks for a title and a good address from whoever submits."""

    first_segment = False
    """Whether the slug is the first part of an address, where Plein keeps some for itself."""

    def clean_title(self) -> str:
        title = str(self.cleaned_data.get("title") or "").strip()
        if title and (self.is_deferred_validation or title != _("Untitled")):
            return title
        if self.is_deferred_validation:
            return _("Untitled")
        raise forms.ValidationError(_("Give it a title."), code="title")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data.get("slug") or "")
        is_chosen = bool(slug) and self.first_segment
        if self.is_deferred_validation and not self.instance.first_published_at and not is_chosen:
            return self._free_slug(slug)
        problem = problem_with(slug, first_segment=self.first_segment)
        if problem:
            raise forms.ValidationError(problem, code="slug")
        return slug

    def _free_slug(self, slug: str) -> str:
        """Return a slug a draft can be saved under: no draft is lost over its address."""
        title = slugify(self.cleaned_data.get("title") or _("Untitled"))
        if not slug or slug.startswith(slugify(_("Untitled"))):
            slug = title
        wanted = slugify(slug)[:240] or "item"
        if problem_with(wanted, first_segment=self.first_segment):
            wanted = f"{wanted}-1"
        candidate, number = wanted, 1
        while not Page._slug_is_available(candidate, self.parent_page, self.instance):  # noqa: SLF001 - Wagtail's own rule
            number += 1
            candidate = f"{wanted}-{number}"
        return candidate


class FramePageForm(HubPageForm):
    """For a rubric or a section, whose slug is the first part of an address."""

    first_segment = True


def problem_with(slug: str, *, first_segment: bool) -> str | None:
    """Say in words what is wrong with a slug; None when nothing is."""
    if not addresses.is_plain(slug):
        return _("Use small letters, digits and hyphens in the address.")
    if addresses.is_year(slug):
        return _("An address of four digits belongs to the archives. Add a word.")
    if first_segment and addresses.is_reserved(slug):
        return _("Plein uses this address itself. Choose another one.")
    return None
