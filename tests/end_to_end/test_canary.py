"""What is not public stands in no byte that anybody outside the newsroom can get."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from cms.config.home import CHECKOUT
from tests.end_to_end.conftest import OpenPage, RunningPlein, start_plein
from tests.end_to_end.public_bytes import (
    Stranger,
    everything_public,
    found_in,
    graph,
    live_release,
    over_http,
    press,
    reader,
)

HIDDEN = {"draft", "submitted", "sent-back", "scheduled", "expired", "withdrawn"}
MANY = 8
"""Sentences of each item that are looked for: one would do, if it were the right one."""
ITEMS = CHECKOUT / "content" / "demo" / "items"
IS_A_LIST = re.compile(r"assets/(search/|shell\.json)|feed\.(json|atom)|\.ics$|^worker\.js$")
MARKUP = re.compile(r"<[^>]+>")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def demo_items() -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text()) for path in sorted(ITEMS.glob("*.yaml"))]


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in the blocks of an item, without markup."""
    match value:
        case dict():
            for key, inner in value.items():
                if key not in {"type", "file", "speaker"}:
                    yield from texts_in(inner)
        case list():
            for inner in value:
                yield from texts_in(inner)
        case str():
            yield from unescape(MARKUP.sub("\n", value)).split("\n")


def sentences_of(item: dict[str, Any]) -> set[str]:
    """Return what only this item says: long sentences, and without dates, which the demo shifts."""
    found = {str(item["title"]), str(item["summary"] or "")}
    for text in texts_in(item["body"]):
        found.update(SENTENCE_END.split(text.strip()))
    return {sentence for sentence in found if len(sentence) > 30 and not re.search(r"\d", sentence)}


def hidden_sentences() -> dict[str, set[str]]:
    """Return per state what nobody outside the newsroom may read."""
    items = demo_items()
    files = [path.read_text() for path in (CHECKOUT / "content" / "pages").glob("*.md")]
    files += [str(item) for item in items if item["state"] not in HIDDEN]
    public = "".join(files)
    hidden: dict[str, set[str]] = {state: set() for state in HIDDEN}
    for item in items:
        if item["state"] in HIDDEN:
            only_here = [one for one in sentences_of(item) if one not in public]
            hidden[item["state"]].update(sorted(only_here, key=len)[-MANY:])
    return hidden


def test_nothing_hidden_is_in_any_byte_of_the_outside(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    employee = reader(running_plein, open_page("employee"))
    hidden = hidden_sentences()
    words = {sentence for sentences in hidden.values() for sentence in sentences}

    answers = everything_public(running_plein, employee, numbers_of_hidden(open_page("manager")))

    assert all(hidden[state] for state in HIDDEN), "every state has something to look for"
    assert found_in(answers, words) == []


def numbers_of_hidden(editor: Page) -> list[int]:
    """Return the numbers under which the newsroom itself knows the items that are not public."""
    found: set[str] = set()
    for status in ("draft", "submitted", "scheduled", "expired", "withdrawn"):
        answer = editor.request.get(f"/newsroom/items/?status={status}")
        found.update(re.findall(r"/newsroom/pages/(\d+)/edit/", answer.text()))
    assert len(found) >= len(HIDDEN)
    return sorted(map(int, found))


def test_what_is_public_is_found_by_the_same_search(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    employee = reader(running_plein, open_page("employee"))
    live = next(item for item in demo_items() if item["state"] == "live")
    words = sentences_of(live)

    assert found_in(live_release(running_plein).items(), words)
    assert found_in(graph(employee), words)


def words_of(item: dict[str, Any]) -> set[str]:
    """Return the long words of an item that are spelled alike everywhere: search folds the rest."""
    texts = " ".join([str(item["title"]), str(item["summary"] or ""), *texts_in(item["body"])])
    return set(re.findall(r"[a-z]{10,}", texts.lower()))


def test_no_word_that_only_hidden_items_say_is_in_search_feeds_calendars_or_lists_to_keep(
    running_plein: RunningPlein,
) -> None:
    release = live_release(running_plein)
    told = {path: body.lower() for path, body in release.items() if IS_A_LIST.search(path)}
    printed = b"".join(body for path, body in release.items() if path.endswith(".html")).lower()
    everywhere = printed.replace("\u00ad".encode(), b"").decode()
    items = demo_items()
    hidden = {word for each in items if each["state"] in HIDDEN for word in words_of(each)}
    public = {word for each in items if each["state"] == "live" for word in words_of(each)}

    only_hidden = {word for word in hidden - public if word not in everywhere}
    searched = b"".join(body for path, body in told.items() if "/search/" in path)

    assert {Path(path).suffix for path in told} >= {".json", ".ics", ".atom", ".js"}
    assert len(only_hidden) > MANY
    assert [word for word in public if word.encode() in searched]
    found = {path: [w for w in only_hidden if w.encode() in body] for path, body in told.items()}
    assert {path: words for path, words in found.items() if words} == {}


def test_every_file_of_the_release_is_exported_and_sent_as_it_is(
    running_plein: RunningPlein, open_page: OpenPage, tmp_path: Path
) -> None:
    employee = reader(running_plein, open_page("employee"))
    words = {sentence for sentences in hidden_sentences().values() for sentence in sentences}
    exported = tmp_path / "hub"

    process = start_plein(
        running_plein.home, running_plein.port, tmp_path / "log", "export", str(exported)
    )

    assert process.wait(60) == 0
    files = [path for path in exported.rglob("*") if path.is_file()]
    assert found_in(((str(path), path.read_bytes()) for path in files), words) == []
    pages = [f"/{path.relative_to(exported)}" for path in files if path.suffix == ".html"]
    assert found_in(over_http(employee, pages), words) == []


def test_a_stranger_and_an_employee_learn_nothing_from_the_press_s_own_doors(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    employee = reader(running_plein, open_page("employee"))

    for asker in (employee, Stranger(running_plein)):
        assert asker.get("/graphql/")[0] in {401, 405}
        assert asker.get("/preview/")[0] == 403
        assert asker.get(f"/graphql/media/{'0' * 64}")[0] in {401, 404}
        assert asker.get("/media/original_images/")[0] in {302, 403, 404}


@pytest.mark.parametrize("path", ["/press/", "/var/", "/keys/press_token", "/..%2fdb.sqlite3"])
def test_no_file_of_the_home_is_an_address(
    running_plein: RunningPlein, open_page: OpenPage, path: str
) -> None:
    employee = reader(running_plein, open_page("employee"))

    assert employee.get(path)[0] == 404
    assert press(running_plein).get(path)[0] in {302, 404}
