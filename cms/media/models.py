from hashlib import file_digest
from typing import Any, ClassVar

from django.conf import settings
from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as StockDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from cms.core.models import PubliclyIdentified
from cms.media.files import extension_of
from cms.media.intake import CleanPicture, take_in

MIDDLE = (0.5, 0.5)


class Rights(models.TextChoices):
    """On what ground a picture may be shown on the hub."""

    OWN = "own", _("made by a colleague")
    AGREED = "agreed", _("used with the maker's permission")
    LICENSED = "licensed", _("bought or licensed")
    FREE = "free", _("free to use (CC0, public domain)")


class Original(WagtailImageFieldFile):
    """The file of an image: whatever door it comes by, it is taken in before it is kept."""

    def save(self, name: str, content: File[bytes], save: bool = True) -> None:  # noqa: FBT001, FBT002 (Django's)
        clean = content if isinstance(content, CleanPicture) else take_in(content, name=name)
        super().save(clean.name, clean, save=save)


class OriginalField(WagtailImageField):
    attr_class = Original


class Image(PubliclyIdentified, AbstractImage):
    """A picture with what the hub must know of it: in words, whose, who is in it."""

    file = OriginalField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    # Wagtail's stock model stays installed: its reverse names are taken, ours need their own.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_images",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail's
    tags = TaggableManager(
        help_text=None, blank=True, verbose_name=_("tags"), related_name="images"
    )

    credit = models.CharField(_("credit"), max_length=120, blank=True)
    rights = models.CharField(_("rights"), max_length=10, choices=Rights, default=Rights.OWN)
    people_shown = models.ManyToManyField(
        "accounts.Person",
        verbose_name=_("people shown"),
        blank=True,
        related_name="pictures",
        help_text=_("Everyone who can be recognised; each of them said yes."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "rights",
        "people_shown",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [
            ("choose_image", "Can choose image"),
        ]

    @property
    def focus(self) -> tuple[float, float]:
        """Where to look, as a part of its width and height; the middle when nobody said."""
        if self.focal_point_x is None or self.focal_point_y is None:
            return MIDDLE
        return (
            round(min(self.focal_point_x / self.width, 1), 4),
            round(min(self.focal_point_y / self.height, 1), 4),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, by whatever door the file came; another file ends the sizes of the old one."""
        file: Any = self.file
        is_another = bool(file) and not file._committed  # noqa: SLF001 (told nowhere else)
        if is_another:
            file.save(file.name, file.file, save=False)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        if is_another:
            self.renditions.all().delete()

    def _set_image_file_metadata(self) -> None:
        """Note size and hash; Wagtail leaves the stored file open after it."""
        super()._set_image_file_metadata()
        if self.file._committed:  # noqa: SLF001 (told nowhere else)
            self.file.close()


class RenditionQuerySet(models.QuerySet["Rendition"]):
    def for_hub(self) -> "RenditionQuerySet":
        """Return the sizes the hub shows; Wagtail's own for its screens have no hash."""
        return self.exclude(content_hash="")


class Rendition(AbstractRendition):
    """One size of a picture, known to the press by the hash of its bytes."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
    content_hash = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    content_size = models.PositiveIntegerField(default=0, editable=False)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_spec"
            )
        ]

    @property
    def format(self) -> str:
        return str(self.filter_spec).rpartition("format-")[2]


class Document(PubliclyIdentified, AbstractDocument):
    """A file to hand out: a form, a leaflet."""

    # Wagtail's stock model stays installed: its reverse names are taken, ours need their own.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_documents",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail's
    tags = TaggableManager(
        help_text=None, blank=True, verbose_name=_("tags"), related_name="documents"
    )

    content_hash = models.CharField(max_length=64, db_index=True, blank=True, editable=False)

    admin_form_fields = StockDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [
            ("choose_document", "Can choose document"),
        ]

    @property
    def extension(self) -> str:
        return extension_of(self.filename)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note by which hash the press knows the bytes, by whatever door the file came."""
        file: Any = self.file
        if file and not file._committed:  # noqa: SLF001 (told nowhere else)
            self._set_document_file_metadata()
            file.seek(0)
            self.content_hash = file_digest(file, "sha256").hexdigest()
            file.seek(0)
        super().save(*args, **kwargs)
