"""What somebody types in the editor is kept, also when she is quicker than Wagtail's script."""

from playwright.sync_api import Response, expect

from tests.end_to_end import deciding, writing
from tests.end_to_end.conftest import PHONE, OpenPage
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
