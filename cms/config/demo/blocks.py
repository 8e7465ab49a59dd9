"""The demo's blocks, from how its files write them to how Wagtail takes them."""

from collections.abc import Callable
from typing import Any

from cms.config.demo.organisation import Facts, Organisation


class Blocks:
    """Makes the blocks of an item out of what the organisation has."""

    def __init__(self, organisation: Organisation, page_of: Callable[[int], Any]) -> None:
        """Take what blocks refer to.

        Args:
            organisation: Its pictures, files and people.
            page_of: Gives an item that was loaded before by its number.
        """
        self._organisation = organisation
        self._page_of = page_of

    def block(self, facts: Facts) -> tuple[str, Any]:
        """Return a block as a stream field takes it.

        Raises:
            ValueError: No story can hold a block of this type.
        """
        kind = facts["type"]
        make = getattr(self, f"_{kind}", None)
        if make is None:
            message = f"The demo has a block of type {kind}, which no story can hold."
            raise ValueError(message)
        return kind, make(facts)

    def _paragraph(self, facts: Facts) -> Any:
        return facts["html"]

    def _heading(self, facts: Facts) -> Any:
        return {"text": facts["text"]}

    def _image(self, facts: Facts) -> Any:
        image = self._organisation.image(facts["file"])
        image.decorative = False
        image.contextual_alt_text = facts["alt"]
        return {"image": image, "caption": facts.get("caption") or ""}

    def _pull_quote(self, facts: Facts) -> Any:
        speaker = self._organisation.people.get(facts.get("speaker") or "")
        return {"text": facts["text"], "speaker": speaker}

    def _question_answer(self, facts: Facts) -> Any:
        return {"question": facts["question"], "answer": facts.get("answer_html") or ""}

    def _call_out(self, facts: Facts) -> Any:
        return {"title": facts["title"], "body": facts["body_html"]}

    def _gallery(self, facts: Facts) -> Any:
        images = [self._image(picture) for picture in facts["images"]]
        return {"title": facts.get("title") or "", "images": images}

    def _table(self, facts: Facts) -> Any:
        columns = [
            {"type": "number" if column.get("number") else "text", "heading": column["text"]}
            for column in facts["columns"]
        ]
        rows = [{"values": [str(cell) for cell in row]} for row in facts["rows"]]
        table = {"columns": columns, "rows": rows, "caption": facts["caption"]}
        return {"table": table, "row_headings": True}

    def _code(self, facts: Facts) -> Any:
        return {"text": facts["text"], "caption": facts.get("caption") or ""}

    def _button(self, facts: Facts) -> Any:
        return {"text": facts["text"], "page": self._page_of(facts["item"]), "address": ""}

    def _document(self, facts: Facts) -> Any:
        return {"file": self._organisation.file(facts["file"], facts["title"]), "title": ""}

    def _video(self, facts: Facts) -> Any:
        title = facts["title"]
        return {
            "file": self._organisation.file(facts["file"], title),
            "title": title,
            "poster": self._organisation.image(facts["poster"]),
            "captions": self._organisation.file(facts["captions"], f"Ondertitels: {title}"),
            "captions_language": "nl",
            "transcript": facts["transcript_html"],
            "is_silent": False,
        }
