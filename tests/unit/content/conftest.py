"""What the files in `content/` say, read once; no Django is needed to judge them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

Facts = dict[str, Any]
CONTENT = Path(__file__).parents[3] / "content"


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def content() -> Path:
    return CONTENT


@pytest.fixture(scope="session")
def organisation() -> Facts:
    return dict(_read(CONTENT / "demo" / "organisation.yaml"))


@pytest.fixture(scope="session")
def people() -> dict[str, Facts]:
    return {person["slug"]: person for person in _read(CONTENT / "demo" / "people.yaml")}


@pytest.fixture(scope="session")
def pictures() -> dict[str, Facts]:
    return {picture["file"]: picture for picture in _read(CONTENT / "demo" / "images.yaml")}


@pytest.fixture(scope="session")
def rubrics() -> dict[str, Facts]:
    """Return every starter rubric by the name of its file."""
    return {path.stem: _read(path) for path in sorted((CONTENT / "rubrics").glob("*.yaml"))}


@pytest.fixture(scope="session")
def items() -> dict[int, Facts]:
    """Return every item by its number."""
    read = [_read(path) for path in sorted((CONTENT / "demo" / "items").glob("*.yaml"))]
    return {item["number"]: item for item in read}
