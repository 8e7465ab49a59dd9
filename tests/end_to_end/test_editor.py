"""What somebody types in the editor is kept, also when she is quicker than Wagtail's script."""

import re

from playwright.sync_api import Response, expect

from tests.end_to_end import deciding, writing
from tests.end_to_end.conftest import PASSWORD, PHONE, OpenPage
from tests.end_to_end.writing import Text

SAVED_WITHIN = 15_000


def is_saving(answer: Response) -> bool:
    """Tell the editor's own saving from its signs of life."""
    return answer.request.method == "POST" and answer.url.rstrip("/").endswith("/edit")


def test_the_first_words_typed_are_saved_by_themselves(open_page: OpenPage) -> None:
    writer = open_page("ambassador", viewport=PHONE)
    writing.begin_story(writer)

    writer.get_by_role("textbox", name="Titel*").fill("Vroege vogel")
    writing.saved_item(writer)
    writer.reload()
    with writer.expect_response(is_saving):
        writer.get_by_role("textbox", name="Samenvatting").fill("Deze zin stond er meteen.")
    writer.reload()

    expect(writer.get_by_role("textbox", name="Samenvatting")).to_have_value(
        "Deze zin stond er meteen.", timeout=SAVED_WITHIN
    )


def test_the_last_words_before_submitting_go_along(open_page: OpenPage) -> None:
    text = Text.about("het slotwoord")
    writer, editor = open_page("ambassador"), open_page("manager")
    writing.begin_story(writer)
    writing.write(writer, text)
    number = writing.saved_item(writer)

    writer.locator("[contenteditable=true]").last.click()
    writer.keyboard.press("Control+End")
    writer.keyboard.type(" Tot besluit.")
    writing.submit(writer)

    deciding.open_approval(editor, number)
    words = deciding.preview(editor).get_by_text("Tot besluit.")
    expect(words).to_be_visible(timeout=SAVED_WITHIN)
    deciding.send_back(editor, reason="Er mist iets", sentence="Dank je, het was maar een proef.")


def test_a_field_is_found_by_its_name_whatever_tab_it_is_on(open_page: OpenPage) -> None:
    writer = open_page("ambassador")
    number = writing.add_story(writer, Text.about("de wegwijzer"))

    writer.goto(f"/newsroom/pages/{number}/edit/#field-connection")

    expect(writer.get_by_role("radio", name="Elkaar")).to_be_in_viewport()
    expect(writer.get_by_role("radio", name="Nog niet gekozen")).to_be_focused()


def test_what_was_typed_stays_with_who_was_signed_out_meanwhile(open_page: OpenPage) -> None:
    writer = open_page("ambassador")
    number = writing.add_story(writer, Text.about("de lange lunch"))
    writer.goto(f"/newsroom/pages/{number}/edit/")
    summary = writer.get_by_role("textbox", name="Samenvatting")
    writer.context.clear_cookies(name="plein_session")
    summary.fill("Dit typte ze na de lunch.")

    writer.get_by_role("button", name="Stuur in").click()
    expect(writer.get_by_role("alert").filter(has_text="Je bent uitgelogd")).to_be_visible()
    expect(summary).to_have_value("Dit typte ze na de lunch.")
    with writer.expect_popup() as opened:
        writer.get_by_role("link", name="Opnieuw inloggen").click()
    door = opened.value
    door.get_by_label("Gebruikersnaam").fill("ambassador")
    door.get_by_label("Wachtwoord").fill(PASSWORD)
    door.get_by_role("button", name="Inloggen", exact=True).click()
    expect(door).to_have_url(re.compile("/login/account/"))
    writing.submit(writer)

    writer.goto(f"/newsroom/pages/{number}/edit/")
    expect(summary).to_have_value("Dit typte ze na de lunch.", timeout=SAVED_WITHIN)
