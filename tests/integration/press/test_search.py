"""Search holds what the pages of a tree say now, no more and no less, and never holds them up."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

import pytest

from hub_site.build import Builder, open_releases
from hub_site.client import Newsroom
from hub_site.errors import PressError
from hub_site.press import Press, build_once
from hub_site.search.shards import INDEX
from hub_site.settings import PressSettings
from hub_site.status import StatusFile, Step
from hub_site.trees import root_of, tree_of
from tests.integration.press.newsroom import FakeNewsroom
from tests.integration.press.test_withdrawal import canary_story, holders_of
from tests.unit.hub_site import samples, some_only
from tests.unit.hub_site.samples import Json

STORY = "dagje-mee/vijf-uur-veertig/"


def quiet(_sentence: str) -> None:
    pass


@pytest.fixture
def newsroom() -> FakeNewsroom:
    """No more than one story needs around it."""
    kept = {"hub", "section", "person", "tag", "rubric", "image", "department"}
    fake = FakeNewsroom()
    held = [each for each in samples.sample_hub(0) if each["kind"] in kept]
    fake.publish(*held, samples.full_story())
    return fake


def search_files(press: PressSettings) -> dict[str, bytes]:
    releases = open_releases(press)
    return {
        path: releases.blobs.read(blob)
        for path, blob in releases.live_files().items()
        if "assets/search/" in path
    }


def searched(press: PressSettings, tree: str = "everyone") -> dict[str, set[str]]:
    """The words by which each page of a tree is found, read as a browser reads them."""
    files, root = search_files(press), root_of(tree)
    index = json.loads(files[f"{root}{INDEX}"])
    found: dict[str, set[str]] = {}
    for told in index["shards"]:
        head = json.loads(files[f"{root}{told['file']}"])
        coded = head["words"].split("\n")
        words = list(accumulate(coded, lambda before, line: before[: int(line[0], 36)] + line[1:]))
        words = [each if number else each[1:] for number, each in enumerate(words)]
        here: list[set[str]] = [set() for _ in head["cards"]]
        for word, line in zip(words, head["postings"].split("\n"), strict=True):
            for number in accumulate(int(mark, 36) // 8 for mark in line.split(",")):
                here[number].add(word)
        for (_, path, _), words_here in zip(head["cards"], here, strict=True):
            assert path not in found, "in two shards"
            found[path] = words_here
    return found


def changed(story: Json, **keys: object) -> Json:
    return {**story, **keys}


def test_pages_are_found_by_what_they_say_now(press: PressSettings, newsroom: FakeNewsroom) -> None:
    build_once(press, report=quiet)
    before = searched(press)
    [person] = [
        document
        for _, document in newsroom.changes.values()
        if document and document["title"] == "Magda Kowalczyk"
    ]

    newsroom.publish(changed(person, title="Magda Nowak"))
    newsroom.publish(changed(samples.full_story(), title="De strooiwagen was op tijd"))
    newsroom.publish(changed(hub_document(), synonyms=[["fiets", "rijwiel"]]))
    build_once(press, report=quiet)

    assert {"collegas/magda-kowalczyk/", "over/", "hulp/"} <= before.keys()
    assert before[STORY] - searched(press)[STORY] >= {"kowalczyk"}
    assert searched(press)[STORY] - before[STORY] >= {"nowak", "strooiwagen"}
    assert json.loads(search_files(press)[INDEX])["synonyms"] == [["fiets", "rijwiel"]]


def hub_document() -> Json:
    [hub] = [each for each in samples.sample_hub(0) if each["kind"] == "hub"]
    return hub


def test_what_is_withdrawn_is_in_no_shard_that_is_kept(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    story = canary_story()
    newsroom.publish(story)
    build_once(press, report=quiet)
    assert "kanariepietpapegaai" in searched(press)[str(story["path"])]

    newsroom.remove(story["id"])
    build_once(press, report=quiet)

    assert str(story["path"]) not in searched(press)
    assert holders_of(press, "kanariepietpapegaai") == []


def test_what_is_for_some_is_searched_by_them_alone(
    press: PressSettings, newsroom: FakeNewsroom
) -> None:
    build_once(press, report=quiet)
    everyones = search_files(press)

    newsroom.audiences = {some_only.KEY: some_only.NAME}
    newsroom.publish(*some_only.published())
    build_once(press, report=quiet)

    files = search_files(press)
    assert {path: body for path, body in files.items() if tree_of(path) == "everyone"} == everyones
    own = searched(press, some_only.KEY)
    assert f"a/{some_only.KEY}/dagje-mee/andere-kamer/" in own
    assert all(path.startswith(f"a/{some_only.KEY}/") for path in own)


def test_search_depends_on_what_there_is_and_not_on_how_it_came(
    press: PressSettings, newsroom: FakeNewsroom, tmp_path: Path
) -> None:
    """Also where a month is over, and where the newest month goes as it came."""
    later = samples.moment(days=45)
    news = changed(samples.full_story(), id="0199-1", path="dagje-mee/een/", published_at=later)
    expired = {"published_at": samples.moment(days=-200), "id": "0199-2", "path": "dagje-mee/oud/"}
    build_once(press, report=quiet)
    before = search_files(press)

    newsroom.publish(changed(samples.full_story(), **expired))
    with_older = built(press)
    newsroom.publish(news)
    newsroom.remove("0199-2")
    built(press, as_of=datetime.fromisoformat(later))
    newsroom.publish(changed(samples.full_story(), **expired))
    newsroom.remove("0199-1")

    assert built(press) == with_older
    newsroom.remove("0199-2")
    assert built(press) == before
    assert built(replace(press, home=tmp_path / "fresh")) == before


def built(press: PressSettings, as_of: datetime = samples.NOW) -> dict[str, bytes]:
    with Newsroom(press) as client:
        builder = Builder(press, client, report=quiet)
        builder.documents.apply(client.feed(builder.documents.position()))
        builder.build(as_of=as_of)
        builder.search.follow()
    return search_files(press)


@pytest.fixture
def working(press: PressSettings) -> Iterator[Press]:
    with Newsroom(press) as newsroom:
        builder = Builder(press, newsroom, report=quiet)
        yield Press(newsroom, builder, StatusFile(press.status_file), quiet)


def test_search_that_fails_is_told_of_and_holds_nothing_up(
    press: PressSettings, newsroom: FakeNewsroom, working: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = canary_story()
    newsroom.publish(story)
    working.turn()
    assert searched(press)

    def fails(*_given: object) -> bool:
        raise PressError("The disk of search is full.")

    with monkeypatch.context() as patched:
        patched.setattr(working.builder.search, "follow", fails)
        newsroom.remove(story["id"])
        working.turn()
        files = open_releases(press).live_files()
        problems = working.status.status.problems

        assert f"{story['path']}index.html" not in files
        assert "The disk of search is full." in problems[Step.SEARCH]
        assert search_files(press) == {}, "better nothing than what was withdrawn"
        while working.builder.documents.removed():
            working.turn()
        assert holders_of(press, "kanariepietpapegaai") == []

    working._research.regain()
    working.turn()

    assert searched(press)
    assert working.status.status.problem is None


def test_a_release_of_search_is_no_news_to_the_newsroom(
    press: PressSettings, newsroom: FakeNewsroom, working: Press
) -> None:
    working.turn()
    working.turn()

    [told] = newsroom.releases
    live = open_releases(press).manifest.live()
    assert live is not None
    assert (told["number"], live.number) == (1, 2)
    assert live.as_of <= datetime.now(UTC)
