from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.media.files import LARGEST_FILE, LARGEST_FILM, check_file
from cms.media.intake import READABLE, CleanPicture, take_in


class PictureField(WagtailImageField):
    """A file that is taken in as a picture, or refused in words that say what to do."""

    default_validators: list[Any] = []  # take_in says it better, and in one place

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = lazy(self._what_fits, str)()  # one form serves people of each language
        self.widget.attrs["accept"] = ",".join(f".{extension}" for extension in READABLE)

    def _what_fits(self) -> str:
        words = gettext("JPG, PNG, WebP or HEIC, %(size)s at most.")
        return words % {"size": filesizeformat(self.max_upload_size)}

    def to_python(self, data: Any) -> CleanPicture | None:
        """Return the picture without anything but its pixels."""
        upload = forms.FileField.to_python(self, data)
        if upload is None or upload.file is None:
            return None
        return take_in(upload.file, name=upload.name or "")


class ImageForm(BaseImageForm):
    """The form of an image: what it is of, in words, whose it is and who is in it."""

    file = PictureField(
        label=_("File"),
        widget=BaseImageForm.Meta.widgets["file"],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "rights" in self.fields:
            # Several files at once come without it; the model's default holds until it is set.
            self.fields["rights"].required = False
        if "description" in self.fields:
            self.fields["description"].label = _("What is in the picture")
            self.fields["description"].help_text = _(
                "In a sentence, for who cannot see it. Used wherever the picture is shown."
            )

    def clean_rights(self) -> str:
        """Return what was chosen, else what it was."""
        return str(self.cleaned_data["rights"] or self.instance.rights)


class DocumentForm(BaseDocumentForm):
    """The form of a file to hand out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Several files at once come without it.
        if "file" in self.fields:
            words = _("A film is %(film)s at most, any other file %(file)s.")
            told = {"film": filesizeformat(LARGEST_FILM), "file": filesizeformat(LARGEST_FILE)}
            self.fields["file"].help_text = words % told

    def clean_file(self) -> Any:
        """Look into a new file; one that was kept before passed already."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_file(file, name=file.name)
        return file
