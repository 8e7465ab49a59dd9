import re

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.stories.questions.reading import Fault

register = template.Library()

NUMBER = re.compile(r"\w+\[(\d+)\]")
PLACES = {
    "frame.title": gettext_lazy("Title"),
    "frame.summary": gettext_lazy("Summary"),
    "frame.quote": gettext_lazy("Shown large"),
    "frame.lead_image": gettext_lazy("Photo above the text"),
}


@register.filter
def fault_place(fault: Fault) -> str:
    """Name the place of a fault as the screen does; a file has keys instead."""
    number = NUMBER.match(fault.where)
    if number:
        return _("Question %(number)s") % {"number": number[1]}
    return str(PLACES.get(fault.where, _("The questions")))
