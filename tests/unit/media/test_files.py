"""What may be handed out: the kinds we know, as their names say, and no larger than is taken in."""

from io import SEEK_END, BytesIO

import pytest
from django.core.exceptions import ValidationError

from cms.media.files import LARGEST_FILE, LARGEST_FILM, check_file

MP4 = b"\x00\x00\x00\x18ftypmp42"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Formulier.PDF", b"%PDF-1.7"),
        ("lijst.xlsx", b"PK\x03\x04rest"),
        ("film.mp4", MP4),
        ("film.webm", b"\x1a\x45\xdf\xa3"),
        ("ondertitels.vtt", "\ufeffWEBVTT\n\nÉén".encode()),
        ("lees-mij.txt", "Één".encode()),
    ],
)
def test_what_is_what_it_says_passes(name: str, content: bytes) -> None:
    upload = BytesIO(content)

    check_file(upload, name=name)

    assert upload.read() == content


def test_a_film_may_be_larger_than_any_other_file_and_has_its_own_most() -> None:
    class Large(BytesIO):
        """As long as it says, for nobody reads more of it than the start."""

        length = LARGEST_FILE + 1

        def seek(self, offset: int, whence: int = 0) -> int:
            return self.length if whence == SEEK_END else super().seek(offset, whence)

    check_file(Large(MP4), name="film.mp4")
    Large.length = LARGEST_FILM + 1
    with pytest.raises(ValidationError, match="500"):
        check_file(Large(MP4), name="film.mp4")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("script.html", b"<script>", "kind"),
        ("plaatje.svg", b"<svg/>", "kind"),
        ("zonder-soort", b"%PDF-", "kind"),
        ("leeg.pdf", b"", "other_kind"),
        ("pagina.pdf", b"<html>%PDF-", "other_kind"),
        ("film.mp4", b"ftypmp42", "other_kind"),
        ("ondertitels.vtt", b"1\n00:00 --> 00:01", "other_kind"),
        ("lees-mij.txt", b"\xff\xfe\x00", "encoding"),
        ("lees-mij.txt", b"a\x00b", "encoding"),
        ("groot.pdf", b"%PDF-" + b" " * LARGEST_FILE, "file_too_large"),
    ],
)
def test_anything_else_is_refused_in_words(name: str, content: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_file(BytesIO(content), name=name)

    assert refused.value.code == code
    assert all(refused.value.messages)
