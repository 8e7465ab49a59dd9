"""References inside documents: people and images are named by id, never copied."""

from hub_site.content.documents import ImageRef, PersonRef
from hub_site.content.fields import Fields


def person_ref(fields: Fields) -> PersonRef:
    return PersonRef(fields.identity_or_none("person"), fields.text("name"), fields.text("role"))


def image_ref(fields: Fields) -> ImageRef:
    return ImageRef(
        fields.identity("image"),
        fields.text("alt"),
        fields.claim("decorative"),
        fields.text("caption"),
    )
