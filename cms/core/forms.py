from collections.abc import Iterator

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.forms import BoundField
from django.utils.text import slugify
from django.utils.translation import gettext as _
from draftjs_exporter.error import ExporterException
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from cms.core import addresses

UNREADABLE = (
    AttributeError,
    ExporterException,
    LookupError,
    TypeError,
    ValidationError,
    ValueError,
)
"""What reading a damaged part of a form raises, somewhere below Wagtail's widgets."""


class DamagedFormError(BadRequest):
    """What was sent cannot be read as this form, not even as far as showing it again needs."""


class HubPageForm(WagtailAdminPageForm):
    """Saves every half-finished draft; asks for a title and a good address from whoever submits."""

    first_segment = False
    """Whether the slug is the first part of an address, where Plein keeps some for itself."""

    def full_clean(self) -> None:
        """Read every part before judging any: rich text and blocks come as structures of their own.

        Raises:
            DamagedFormError: A part of what was sent broke on its way.
        """
        if self.is_bound:
            self._read_all()
        super().full_clean()

    def _read_all(self) -> None:
        try:
            for part in self._parts():
                read(part)
        except UNREADABLE as error:
            message = f"What was sent can't be read: {error}"
            raise DamagedFormError(message) from error

    def _parts(self) -> Iterator[BoundField]:
        yield from self
        for formset in self.formsets.values():
            for form in formset.forms:
                yield from form

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


def read(part: BoundField) -> None:
    """Read one part of a form; a chosen thing must at least have a key, to be shown again."""
    value = part.data
    field = part.field
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        for key in value if isinstance(value, list) else [value or None]:
            field.queryset.model._meta.pk.to_python(key)  # noqa: SLF001 - Django's own name


def problem_with(slug: str, *, first_segment: bool) -> str | None:
    """Say in words what is wrong with a slug; None when nothing is."""
    if not addresses.is_plain(slug):
        return _("Use small letters, digits and hyphens in the address.")
    if addresses.is_year(slug):
        return _("An address of four digits belongs to the archives. Add a word.")
    if first_segment and addresses.is_reserved(slug):
        return _("Plein uses this address itself. Choose another one.")
    return None
