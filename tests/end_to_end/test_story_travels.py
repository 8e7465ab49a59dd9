"""A story from an ambassador's first word to a colleague's screen, and away again."""

import io
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.end_to_end import deciding, writing
from tests.end_to_end.conftest import PHONE, OpenPage, RunningPlein, sign_in
from tests.end_to_end.public_bytes import (
    Stranger,
    everything_public,
    found_in,
    graph,
    live_release,
    press,
    reader,
)
from tests.end_to_end.writing import RUBRIC_PATH, Text

ON_THE_HUB_WITHIN = 5.0
SLACK = 5.0
"""What a busy machine may take on top; idle, changes are there within a second or two."""
ROOM_TO_APPROVE = 25


def seconds_until(claim: Callable[[], object], *, within: float) -> float:
    began = time.monotonic()
    while not claim():
        assert time.monotonic() - began < within, "it did not happen in time"
        time.sleep(0.1)
    return time.monotonic() - began


def is_there(employee: Stranger, text: Text) -> bool:
    return employee.get(text.path)[0] == 200


def test_from_the_first_word_on_a_phone_to_the_hub(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    text = Text.about("de kanariebank")
    colleague = open_page("employee", viewport=PHONE)
    employee = reader(running_plein, colleague)
    writer = open_page(path="/login/", viewport=PHONE)
    sign_in(writer, "ambassador")

    writing.begin_story(writer)
    writing.write(writer, text)
    number = writing.saved_item(writer)

    assert found_in(everything_public(running_plein, employee, [number]), ["kanariebank"]) == []

    writing.submit(writer)
    writing.sign_out(writer)

    assert found_in(everything_public(running_plein, employee, [number]), ["kanariebank"]) == []

    editor = open_page("manager", "/newsroom/")
    deciding.open_waiting(editor, text.title)
    shown = deciding.preview(editor)
    expect(shown.get_by_role("heading", name=text.title, level=1)).to_be_visible()
    expect(shown.get_by_text(text.paragraph)).to_be_visible()
    expect(shown.get_by_role("navigation", name="Wegwijzer")).to_have_count(1)
    assert not is_there(employee, text)
    deciding.approve_now(editor)

    seconds_until(lambda: is_there(employee, text), within=ON_THE_HUB_WITHIN + SLACK)
    desktop = open_page("employee", text.path)
    colleague.goto(text.path)
    for window in (colleague, desktop):
        expect(window.get_by_role("heading", name=text.title, level=1)).to_be_visible()
        expect(window.get_by_text(text.paragraph)).to_be_visible()
        expect(window.get_by_role("main").get_by_text("Magda Kowalczyk").first).to_be_visible()
    assert found_in(graph(employee), ["kanariebank"])


def test_live_at_its_moment_and_gone_at_its_end(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    coming, going = Text.about("de wachtvogel"), Text.about("de eendagsvlieg")
    employee = reader(running_plein, open_page("employee"))
    writer, editor = open_page("ambassador"), open_page("manager")
    moment = next_whole_minute()
    end = f"{moment.astimezone(deciding.HUB_ZONE):%Y-%m-%d %H:%M}"
    waits = writing.submit_story(writer, coming)
    ends = writing.submit_story(writer, going, expire_at=end)

    deciding.open_approval(editor, ends)
    deciding.approve_now(editor)
    deciding.open_approval(editor, waits)
    deciding.approve_at(editor, moment)

    assert time.time() < moment.timestamp(), "the machine was too slow for this test"
    seconds_until(lambda: is_there(employee, going), within=ON_THE_HUB_WITHIN + SLACK)
    assert found_in(everything_public(running_plein, employee, [waits]), ["wachtvogel"]) == []
    while time.time() < moment.timestamp():
        asked_at = time.time()
        assert not is_there(employee, coming) or asked_at >= moment.timestamp()
        time.sleep(0.2)
    seconds_until(lambda: is_there(employee, coming), within=ON_THE_HUB_WITHIN + SLACK)
    seconds_until(lambda: not is_there(employee, going), within=ON_THE_HUB_WITHIN + SLACK)
    # What is searched follows the pages, in the press's next turn.
    seconds_until(
        lambda: not found_in(everything_public(running_plein, employee, [ends]), ["eendagsvlieg"]),
        within=ON_THE_HUB_WITHIN + SLACK,
    )


def next_whole_minute() -> datetime:
    """Return the first whole minute that leaves time to approve something for it."""
    soon = datetime.now(deciding.HUB_ZONE) + timedelta(seconds=ROOM_TO_APPROVE)
    return soon.replace(second=0, microsecond=0) + timedelta(minutes=1)


def test_sent_back_with_a_kind_sentence_and_handed_in_again(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    text = Text.about("de boemerang")
    kind = "Mooi begin! Zeg je er nog bij op welke dag de balie open is?"
    writer, editor = open_page("ambassador", viewport=PHONE), open_page("manager")
    number = writing.submit_story(writer, text)

    deciding.open_approval(editor, number)
    deciding.send_back(editor, reason="Er mist iets", sentence=kind)

    writer.goto("/newsroom/")
    way_on = writer.get_by_role("link", name=f"Pas aan of antwoord: {text.title}")
    row = writer.get_by_role("listitem").filter(has=way_on).first
    expect(row).to_contain_text(kind)
    expect(row).to_contain_text("Noor Hiemstra: Er mist iets")
    row.get_by_role("link", name=f"Pas aan of antwoord: {text.title}").click()
    expect(writer.locator("#main")).to_contain_text(kind)
    writer.get_by_role("link", name="Ga verder met schrijven").click()
    writing.go_on_writing(writer, " De balie is op dinsdag open.")
    writing.submit(writer)

    deciding.open_approval(editor, number)
    expect(editor.locator("#main")).to_contain_text("De balie is op dinsdag open.")
    deciding.approve_now(editor)
    employee = reader(running_plein, open_page("employee"))
    seconds_until(lambda: is_there(employee, text), within=ON_THE_HUB_WITHIN + SLACK)


def test_who_rewrote_it_approves_only_after_the_writer_said_yes(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    text = Text.about("de rode pen")
    better = Text(text.title, text.summary, "Wie de rode pen zoekt, vindt hem bij Esra in de la.")
    employee = reader(running_plein, open_page("employee"))
    writer, editor = open_page("ambassador", viewport=PHONE), open_page("manager")
    number = writing.submit_story(writer, text)
    writing.change_story(editor, number, better)

    deciding.open_approval(editor, number)
    deciding.press_approve_now(editor)

    expect(deciding.refusal(editor)).to_contain_text("Eerst zegt Magda Kowalczyk er ja op")
    assert not is_there(employee, text)

    writer.goto("/newsroom/")
    writer.get_by_role("link", name=f"Kijk ernaar: {text.title}").click()
    expect(writer.get_by_role("deletion").first).to_be_visible()
    expect(writer.get_by_role("insertion").first).to_be_visible()
    writer.get_by_role("button", name="Ja, dit mag zo").click()
    writer.wait_for_url(re.compile(r"/newsroom/$"))
    assert not is_there(employee, text)

    deciding.open_approval(editor, number)
    deciding.approve_now(editor)
    seconds_until(lambda: is_there(employee, text), within=ON_THE_HUB_WITHIN + SLACK)
    assert b"bij Esra in de la" in employee.get(text.path)[1]


def test_what_changed_since_the_approver_looked_is_not_approved(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    text = Text.about("de goochelaar")
    other = Text(text.title, text.summary, "Wie knippert, ziet ineens het konijn.")
    employee = reader(running_plein, open_page("employee"))
    editor, deputy = open_page("manager"), open_page("deputy")
    number = writing.submit_story(open_page("ambassador"), text)
    deciding.open_approval(editor, number)

    writing.change_story(deputy, number, other)
    deciding.press_approve_now(editor)

    expect(deciding.refusal(editor)).to_be_visible()
    expect(editor.locator("#main")).to_contain_text("Farid Benhaddou")
    expect(editor.get_by_role("insertion").first).to_contain_text("knippert")
    assert not is_there(employee, text)
    assert found_in(graph(employee), ["goochelaar", "konijn"]) == []
    assert found_in(live_release(running_plein).items(), ["goochelaar"]) == []

    deciding.open_approval(editor, number)
    deciding.send_back(editor, reason="Klopt niet", sentence="Schrijf jij nog even mee, Magda?")


def test_taken_offline_and_deleted_it_is_gone_everywhere(
    running_plein: RunningPlein, open_page: OpenPage
) -> None:
    text = Text.about("de verdwijntruc")
    employee = reader(running_plein, open_page("employee"))
    writer, editor = open_page("ambassador"), open_page("manager")
    picture = add_picture(writer, "verdwijntruc")
    number = writing.submit_story(
        writer, text, lead_image=picture, lead_image_alt="Een doek", tags="verdwijntruc"
    )
    hidden = picture_in(deciding.pictured(editor, number))
    assert press(running_plein).get(f"/graphql/media/{hidden}")[0] == 404
    deciding.approve_now(editor)
    seconds_until(lambda: is_there(employee, text), within=ON_THE_HUB_WITHIN + SLACK)
    assert employee.get("/onderwerp/verdwijntruc/")[0] == 200
    assert press(running_plein).get(f"/graphql/media/{hidden}")[0] == 200
    pictures = pictures_on(employee, text)
    assert pictures
    assert all(employee.get(path)[0] == 200 for path in pictures)
    assert found_in([("rubric", employee.get(RUBRIC_PATH)[1])], ["verdwijntruc"])

    deciding.take_offline(editor, number, reason="Het doek viel.")

    seconds_until(lambda: not is_there(employee, text), within=ON_THE_HUB_WITHIN + SLACK)
    # What is searched follows the pages, in the press's next turn.
    seconds_until(
        lambda: is_gone_everywhere(running_plein, employee, number),
        within=ON_THE_HUB_WITHIN + SLACK,
    )
    assert [path for path in pictures if employee.get(path)[0] != 404] == []
    assert press(running_plein).get(f"/graphql/media/{hidden}")[0] == 404
    assert employee.get("/onderwerp/verdwijntruc/")[0] == 404

    editor.goto(f"/newsroom/pages/{number}/delete/")
    editor.get_by_role("button", name="Ja, verwijder").click()
    editor.wait_for_url(re.compile(r"/newsroom/"))
    assert editor.request.get(f"/newsroom/pages/{number}/edit/").status == 404
    assert is_gone_everywhere(running_plein, employee, number)


def is_gone_everywhere(plein: RunningPlein, employee: Stranger, number: int) -> bool:
    return not found_in(everything_public(plein, employee, [number]), ["verdwijntruc"])


def add_picture(window: Page, title: str) -> int:
    """Upload a picture by the newsroom's form; its sizes are made in the background."""
    file = io.BytesIO()
    Image.linear_gradient("L").resize((1000, 700)).convert("RGB").save(file, "JPEG")
    content = {"name": f"{title}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
    answer = writing.post_file(
        window,
        "/newsroom/images/add/",
        {"title": title, "file": content, "description": "Een doek dat valt", "rights": "own"},
    )
    assert answer.status == 302, answer.text()[:3000]
    found = window.request.get("/newsroom/images/").text()
    return max(int(number) for number in re.findall(r"/newsroom/images/(\d+)/", found))


def picture_in(image: Locator) -> str:
    source = str(image.get_attribute("src"))
    found = re.search(r"[0-9a-f]{64}", source)
    assert found, source
    return found[0]


def pictures_on(employee: Stranger, text: Text) -> list[str]:
    """Return the files of the story's own picture; those of related stories stay where they are."""
    page = employee.get(text.path)[1].decode()
    own = "".join(re.findall(r'<img[^>]*alt="Een doek"[^>]*>', page))
    return [f"/{name}" for name in set(re.findall(r"assets/[\w/.-]+\.(?:webp|jpg)", own))]
