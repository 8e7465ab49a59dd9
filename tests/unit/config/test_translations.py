from gettext import GNUTranslations
from pathlib import Path

import pytest

from cms.config.translations import compile_catalogues

CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Sign in"
msgstr "Inloggen"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE)
    return path


def test_a_catalogue_is_compiled(source: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path)

    with source.with_suffix(".mo").open("rb") as file:
        assert GNUTranslations(file).gettext("Sign in") == "Inloggen"


def test_an_unchanged_catalogue_is_left_alone(source: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path)
    first = source.with_suffix(".mo").stat().st_mtime_ns

    compile_catalogues(tmp_path)

    assert source.with_suffix(".mo").stat().st_mtime_ns == first
