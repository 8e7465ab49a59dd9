import factory
import wagtail_factories
from wagtail.models import Collection

from cms.media.models import Image


class ImageFactory(wagtail_factories.ImageFactory):
    """A small picture with its description, in the collection everybody chooses from."""

    title = factory.Sequence(lambda number: f"Picture {number}")
    description = "Een monteur bij een fiets"
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.django.ImageField(width=640, height=480, color="teal")

    class Meta:
        model = Image


def image(**fields: object) -> Image:
    """Make a picture; `file__width=…`, `file__color=…` shape it."""
    made: Image = ImageFactory(**fields)
    return made
