"""What a writer does: at the screen as a person would, or faster by the same forms."""

import re
from dataclasses import dataclass

from playwright.sync_api import APIResponse, Page, expect
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

RUBRIC = "Goed geregeld"
RUBRIC_PATH = "/goed-geregeld/"


@dataclass(frozen=True)
class Text:
    """The words of a story; all of them hold the word that a test looks for."""

    title: str
    summary: str
    paragraph: str

    @classmethod
    def about(cls, canary: str) -> "Text":
        return cls(
            title=f"Dit gaat over {canary}",
            summary=f"In twee zinnen staat hier {canary}. Meer is het niet.",
            paragraph=f"Wie vraagt naar {canary}, krijgt antwoord aan de balie.",
        )

    @property
    def path(self) -> str:
        """Its address on the hub."""
        return f"{RUBRIC_PATH}{self.title.lower().replace(' ', '-')}/"


def begin_story(window: Page, rubric: str = RUBRIC) -> None:
    window.goto("/newsroom/")
    start = window.get_by_role("region", name="Begin een verhaal")
    # The rubrics she wrote in last come first; the others are a tap away.
    for more in start.locator("summary").all():
        more.click()
    start.get_by_role("link", name=f"Verhaal: {rubric}").click()
    window.get_by_role("heading", name="Nieuw: Verhaal").wait_for()


def write(window: Page, text: Text) -> None:
    """Fill in a story key by key, and say what it connects with."""
    window.get_by_role("textbox", name="Titel*").press_sequentially(text.title)
    window.get_by_role("tab", name="Waarvoor").click()
    window.get_by_role("radio", name="Elkaar").check()
    window.get_by_role("tab", name="Tekst").click()
    window.get_by_role("textbox", name="Samenvatting").press_sequentially(text.summary)
    window.get_by_role("button", name="Blok invoegen").last.click()
    window.get_by_role("option", name="Alinea").click()
    go_on_writing(window, text.paragraph)


def go_on_writing(window: Page, words: str) -> None:
    """Type at the end of the text; wait, as slow as a hand, until the form knows of it."""
    window.locator("[contenteditable=true]").last.click()
    window.keyboard.press("Control+End")
    window.keyboard.type(words)
    kept = window.locator("input[name^=body-][name$=-value]").last
    expect(kept).to_have_value(re.compile(re.escape(words.strip())))


def saved_item(window: Page) -> int:
    """Wait until the newsroom kept it by itself; return its number."""
    window.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    return number_in(window.url)


def number_in(address: str) -> int:
    found = re.search(r"/pages/(\d+)/", address)
    assert found, address
    return int(found[1])


def submit(window: Page) -> None:
    window.get_by_role("button", name="Stuur in").click()
    window.get_by_text("Je hoort wat ermee gebeurt.").wait_for()


def sign_out(window: Page) -> None:
    window.goto("/logout/")
    window.get_by_role("button", name="Uitloggen").click()
    window.wait_for_url(re.compile("/login/"))


def form_of(text: Text, **more: object) -> dict[str, object]:
    """Return what the editor's screen would post."""
    posted: dict[str, object] = nested_form_data(
        {
            "title": text.title,
            "slug": "",
            "summary": text.summary,
            "language": "nl",
            "connection": "each-other",
            "goal": "",
            "core_value": "",
            "lead_image": "",
            "lead_image_alt": "",
            "lead_image_caption": "",
            "tags": "",
            "expire_at": "",
            "translation_of": "",
            "body": streamfield([("paragraph", rich_text(f"<p>{text.paragraph}</p>"))]),
            "authors": inline_formset([]),
            "people": inline_formset([]),
            "comments": inline_formset([]),
            **more,
        }
    )
    return posted


def post(window: Page, path: str, form: dict[str, object] | None = None) -> APIResponse:
    """Send a form as the person of this window, without opening its page."""
    fields: dict[str, str | float | bool] = {
        name: str(value) for name, value in (form or {}).items()
    }
    answer = window.request.post(path, form=fields, headers=_proof(window), max_redirects=0)
    assert "Deze pagina stond te lang open" not in answer.text(), "refused before it was tried"
    return answer


def post_file(window: Page, path: str, form: dict[str, object]) -> APIResponse:
    return window.request.post(
        path,
        multipart=form,  # type: ignore[arg-type]
        headers=_proof(window),
        max_redirects=0,
    )


def _proof(window: Page) -> dict[str, str]:
    tokens = [one["value"] for one in window.context.cookies() if one["name"] == "plein_csrf"]
    return {"X-CSRFToken": tokens[0]}


def add_story(window: Page, text: Text, **fields: object) -> int:
    """Write a draft by the editor's form; return its number."""
    door = f"/newsroom/pages/add/stories/story/{rubric_number(window)}/"
    answer = post(window, door, form_of(text, **fields))
    assert answer.status == 302, answer.text()[:2000]
    return number_in(answer.headers["location"])


def rubric_number(window: Page) -> int:
    """Return what Today leads a writer to, and the explorer an editor."""
    today = window.request.get("/newsroom/").text()
    found = re.search(rf'/story/(\d+)/" aria-label="Verhaal: {RUBRIC}"', today)
    if found:
        return int(found[1])
    slug = RUBRIC_PATH.strip("/")
    listed = window.request.get(f"/newsroom/api/main/pages/?slug={slug}").json()
    return int(listed["items"][0]["id"])


def change_story(window: Page, number: int, text: Text, **fields: object) -> APIResponse:
    form = form_of(text, slug=text.path.split("/")[-2], **fields)
    return post(window, f"/newsroom/pages/{number}/edit/", form)


def submit_story(window: Page, text: Text, **fields: object) -> int:
    """Write a story and hand it in."""
    number = add_story(window, text, **fields)
    answer = change_story(window, number, text, **fields, **{"action-submit": "1"})
    assert answer.headers["location"] == "/newsroom/"
    return number
