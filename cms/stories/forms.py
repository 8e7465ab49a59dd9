from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.audiences.names import name_of, open_to
from cms.core.audiences import EVERYONE
from cms.core.forms import FramePageForm, HubPageForm


class ItemForm(HubPageForm):
    """An item for everyone, unless its writer chooses one of the audiences open to her."""

    audience = forms.ChoiceField(label=_("For whom"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "audience" in self.fields:
            self.fields["audience"].choices = [*self._audiences().items()]

    def _audiences(self) -> dict[str, str]:
        """Return what there is to choose from; what was chosen stays, whoever edits now."""
        chosen = self.instance.audience
        found = open_to(self.for_user)
        return found if chosen in found else {**found, chosen: name_of(chosen)}

    def clean_audience(self) -> str:
        return self.cleaned_data.get("audience") or EVERYONE


class SectionForm(FramePageForm):
    """What a section holds is chosen while it holds nothing yet: its items could stand nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "holds" in self.fields and self.instance.pk and self.instance.numchild:
            self.fields["holds"].disabled = True
