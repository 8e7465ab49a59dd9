"""Starter rubrics: loaded into a hub, renewed, or refused with file, key and remedy."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from cms.config.errors import WrongUseError
from cms.config.starter_rubrics import load_rubrics, read_rubrics, starter_rubrics
from cms.stories.models import QuestionSet, Rubric
from cms.stories.question_versions import add_version
from tests import factories

pytestmark = pytest.mark.django_db


def file_in(folder: Path, **changed: Any) -> Path:
    rubric = {**starter_rubrics()["spotlight"], **changed}
    path = folder / "spotlight.yaml"
    path.write_text(yaml.safe_dump(rubric, allow_unicode=True), encoding="utf-8")
    return path


def test_a_hub_gets_every_rubric_with_its_questions_once() -> None:
    hub = factories.hub_page()

    first = load_rubrics(hub, starter_rubrics())
    again = load_rubrics(hub, starter_rubrics())

    assert len(first.added) == len(starter_rubrics()) == QuestionSet.objects.count()
    assert (again.added, again.renewed, again.kept) == ([], [], [])


def test_a_rubric_from_before_gets_its_questions() -> None:
    hub = factories.hub_page()
    old = factories.rubric(parent=hub, title="Op de praatstoel", slug="op-de-praatstoel")

    loaded = load_rubrics(hub, {"spotlight": starter_rubrics()["spotlight"]})

    assert (loaded.added, loaded.renewed) == ([], ["Op de praatstoel"])
    assert QuestionSet.objects.get().rubric == old


def test_a_changed_file_is_the_next_version_until_the_newsroom_made_its_own() -> None:
    hub = factories.hub_page()
    file = starter_rubrics()["spotlight"]
    load_rubrics(hub, {"spotlight": file})
    changed = {**file, "questions": [*file["questions"][1:], file["questions"][0]]}

    renewed = load_rubrics(hub, {"spotlight": changed})
    rubric = Rubric.objects.get()
    add_version(rubric, {**changed, "connection": "work"}, by=factories.community_manager())
    kept = load_rubrics(hub, {"spotlight": file})

    assert renewed.renewed == kept.kept == [rubric.title]
    assert QuestionSet.objects.order_by("-number")[0].number == 3


def test_a_fault_names_file_key_and_remedy(tmp_path: Path) -> None:
    file_in(tmp_path, colour="beige", name={"nl": "Praatstoel"}, kind="column")
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")

    with pytest.raises(WrongUseError) as refused:
        read_rubrics(tmp_path)

    told = str(refused.value).splitlines()
    assert [line.partition(": ")[0] for line in told][:2] == ["broken.yaml", "empty.yaml"]
    assert any(line.startswith("spotlight.yaml: colour: Choose one of: teal") for line in told)
    assert any(line.startswith("spotlight.yaml: name.en: Say it in at most 120") for line in told)
    assert any(line.startswith("spotlight.yaml: kind: ") for line in told)


def test_the_files_that_come_along_are_read_as_they_are(tmp_path: Path) -> None:
    file_in(tmp_path)

    assert read_rubrics(tmp_path)["spotlight"] == starter_rubrics()["spotlight"]
