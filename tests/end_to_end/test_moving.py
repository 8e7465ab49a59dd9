"""An item moves to another audience: who saw it sees it no more, who did not does."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.end_to_end import deciding, writing
from tests.end_to_end.conftest import OpenPage, RunningPlein
from tests.end_to_end.public_bytes import Stranger, found_in, live_release, reader
from tests.end_to_end.test_accessibility import axe_faults
from tests.end_to_end.writing import Text

WITHIN = 30.0
TEXT = Text.about("de verhuiswagen")
AUDIENCES = "/newsroom/snippets/audiences/audience/"
ONE, OTHER = "dagdienst", "nachtdienst"


def add_audience(editor: Page, name: str, *people: str) -> None:
    form = {"name": name.capitalize(), "purpose": "", "people": "\n".join(people)}
    answer = writing.post(editor, f"{AUDIENCES}add/", {**form})
    assert answer.status == 302, answer.text()[:2000]


def bring_out(editor: Page, number: int) -> None:
    deciding.open_approval(editor, number)
    deciding.approve_now(editor)


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + WITHIN
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.2)


def reads(colleague: Stranger, audience: str) -> bool:
    return colleague.get(f"/a/{audience}{TEXT.path}")[0] == 200


def test_an_item_moves_from_one_audience_to_another(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    writer, editor = open_page("ambassador"), open_page("manager")
    here, there = open_page("employee"), open_page("ambassador2")
    before, after = reader(running_plein, here), reader(running_plein, there)
    add_audience(editor, ONE, "ambassador", "employee")
    add_audience(editor, OTHER, "ambassador", "ambassador2")
    for path in (AUDIENCES, f"{AUDIENCES}add/"):
        editor.goto(path)
        assert list(axe_faults(editor, {})) == []
    reason = {"audience_reason": "Alleen voor wie dan werkt"}
    number = writing.submit_story(writer, TEXT, audience=ONE, **reason)
    bring_out(editor, number)
    wait_for(lambda: reads(before, ONE))
    here.goto(f"/a/{ONE}{TEXT.path}")
    expect(here.get_by_role("heading", name=TEXT.title, level=1)).to_be_visible()
    assert not reads(after, ONE)

    moved = {"audience": OTHER, **reason, "action-submit": "1"}
    assert writing.change_story(writer, number, TEXT, **moved).status == 302
    bring_out(editor, number)

    wait_for(lambda: reads(after, OTHER))
    there.goto(f"/a/{OTHER}{TEXT.path}")
    expect(there.get_by_role("heading", name=TEXT.title, level=1)).to_be_visible()
    nothing = before.get(f"/a/{ONE}/nooit-geweest/")
    for path in (f"/a/{ONE}{TEXT.path}", f"/a/{OTHER}{TEXT.path}"):
        status, answer = before.get(path)
        assert (status, body_of(answer)) == (nothing[0], body_of(nothing[1]))
    here.goto("/")
    expect(here.get_by_role("link", name=TEXT.title)).to_have_count(0)
    wait_for(
        lambda: "Niet meer voor ‘Dagdienst’." in editor.request.get("/newsroom/status/").text()
    )
    # Search is written after the pages, and what was purged is told after search.
    said_in = [path for path, body in live_release(running_plein).items() if found(body)]
    assert said_in
    assert all(path.startswith(f"a/{OTHER}/") for path in said_in)
    editor.goto("/newsroom/status/")
    gone = editor.get_by_role("region", name="Van de hub, en wat er mee verdween")
    expect(gone.get_by_role("listitem").filter(has_text=TEXT.title)).to_contain_text("Weg:")


def body_of(answer: bytes) -> bytes:
    return answer.partition(b"<!doctype")[2]


def found(body: bytes) -> bool:
    return bool(found_in([("", body)], ["verhuiswagen"]))
