"""Files to hand out: their kind and size in words, and what they are called when kept."""

from hub_site.content.documents import File, Language
from hub_site.pages.titles import anchor_of
from hub_site.pages.views import FileView

_KILO = 1000
_MOST_KILO = 999_500
_KINDS = {"docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint"}
MEDIA_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


def file_view(file: File, path: str, *, title: str, language: Language) -> FileView:
    """What a page says of a file that it leads to at this path."""
    named = title or file.title
    return FileView(
        path=path,
        title=named,
        name=f"{anchor_of(named, set())}.{file.extension}",
        kind=_KINDS.get(file.extension, file.extension.upper()),
        size=size_in_words(file.bytes, language),
    )


def size_in_words(count: int, language: Language) -> str:
    """'212 kB' or '1,4 MB': rounded, and never 0."""
    if count < _MOST_KILO:
        return f"{max(1, round(count / _KILO))} kB"
    mega = f"{count / _KILO / _KILO:.1f}"
    return f"{mega.replace('.', ',') if language == 'nl' else mega} MB"
