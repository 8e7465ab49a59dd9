"""The doors beside approval, tried over HTTP with the sessions of those who can do most."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end import deciding, writing
from tests.end_to_end.conftest import OpenPage, RunningPlein
from tests.end_to_end.public_bytes import feed, found_in, graph, live_release, press, reader
from tests.end_to_end.writing import Text

type Attempt = Callable[[Page, int, Text], object]

PAGES = "/newsroom/pages"
BULK = "/newsroom/bulk/wagtailcore/page"


def stock_publish(window: Page, number: int, text: Text) -> None:
    writing.change_story(window, number, text, **{"action-publish": "1"})
    writing.change_story(window, number, text, **{"action-publish": "1", "go_live_at": ""})


def workflow_approve(window: Page, number: int, text: Text) -> None:
    button = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    writing.change_story(window, number, text, **button)
    for door in ("action", "collect_action_data"):
        writing.post(
            window, f"{PAGES}/{number}/workflow/{door}/approve/{round_of(window, number)}/"
        )


def bulk_publish(window: Page, number: int, text: Text) -> None:
    writing.post(window, f"{BULK}/publish/?id={number}", {"include_descendants": "on"})


def copy_and_publish(window: Page, number: int, text: Text) -> None:
    parent = window.request.get(f"/newsroom/api/main/pages/{number}/").json()["meta"]["parent"]
    for alias in ("", "on"):
        writing.post(
            window,
            f"{PAGES}/{number}/copy/",
            {
                "new_title": text.title,
                "new_slug": f"kopie{alias}",
                "new_parent_page": parent["id"],
                "publish_copies": "on",
                **({"alias": alias} if alias else {}),
            },
        )


def interfaces(window: Page, number: int, text: Text) -> None:
    for door in ("publish", "copy", "revert_to_page_revision", "convert_alias"):
        writing.post(window, f"/newsroom/api/main/pages/{number}/action/{door}/", {"publish": "on"})
    for version in ("v2", "v3"):
        answer = writing.post(window, f"/api/{version}/pages/{number}/publish/")
        assert answer.status in {302, 404, 405}


def approval_without_looking(window: Page, number: int, text: Text) -> None:
    """Post the approval itself, with a code that was never shown."""
    form = {"digest": "0" * 64, "task_state": round_of(window, number), "read": "on"}
    answer = writing.post(
        window, f"/newsroom/approve/{number}/", {**form, "when": "now", "confirmed": "on"}
    )
    assert answer.status in {302, 409}  # an administrator who approves nothing goes home


def round_of(window: Page, number: int) -> int:
    """Return the number of the round of approval, as the approval page knows it."""
    shown = window.request.get(f"/newsroom/approve/{number}/").text()
    found = re.search(r'name="task_state" value="(\d+)"', shown)
    assert found
    return int(found[1])


ATTEMPTS: list[Attempt] = [
    stock_publish,
    workflow_approve,
    bulk_publish,
    copy_and_publish,
    interfaces,
    approval_without_looking,
]


@pytest.mark.parametrize("account", ["manager", "admin"])
def test_no_other_door_publishes(
    running_plein: RunningPlein, open_page: OpenPage, account: str
) -> None:
    text = Text.about(f"de achterdeur van {account}")
    employee = reader(running_plein, open_page("employee"))
    insider = open_page(account)
    number = writing.submit_story(open_page("ambassador"), text)

    for attempt in ATTEMPTS:
        attempt(insider, number, text)

    status = insider.request.get(f"/newsroom/approve/{number}/").text()
    assert "Wat je kunt doen" in status
    assert found_in(feed(press(running_plein)), [text.title]) == []
    assert found_in(graph(employee), [text.title]) == []
    assert found_in(live_release(running_plein).items(), [text.title]) == []
    tidy(open_page("manager"), number)


def test_nobody_approves_what_she_wrote_herself(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    text = Text.about("de eigen roem")
    manager = open_page("manager")
    number = writing.submit_story(manager, text)

    deciding.open_approval(manager, number)
    deciding.press_approve_now(manager)

    expect(deciding.refusal(manager)).to_contain_text("Farid Benhaddou")
    assert found_in(feed(press(running_plein)), [text.title]) == []
    tidy(open_page("deputy"), number)


def tidy(editor: Page, number: int) -> None:
    """Leave nothing waiting: other tests look at what waits."""
    deciding.open_approval(editor, number)
    deciding.send_back(editor, reason="Klopt niet", sentence="Dit was een proef van de deuren.")


def test_an_autosave_does_not_write_over_what_was_approved(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    text = Text.about("het zegel")
    other = Text(text.title, text.summary, "Het zegel is verbroken en niemand zag het.")
    writer, editor = open_page("ambassador"), open_page("manager")
    employee = reader(running_plein, open_page("employee"))
    number = writing.submit_story(writer, text)
    writer_s_revision = newest_revision(editor, number)
    deciding.open_approval(editor, number)
    deciding.approve_now(editor)

    for window in (writer, editor):
        writing.change_story(window, number, other, overwrite_revision_id=writer_s_revision)

    told = [*feed(press(running_plein)), *graph(employee), *live_release(running_plein).items()]
    assert found_in(told, ["zegel is verbroken"]) == []
    assert found_in(graph(employee), [text.paragraph])


def newest_revision(editor: Page, number: int) -> int:
    editor.goto(f"{PAGES}/{number}/edit/")
    return int(editor.locator("input[name=loaded_revision_id]").first.input_value())
