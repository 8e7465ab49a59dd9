import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

Facts = dict[str, Any]

WANTED = {*range(1, 46)}
REQUIRED_KEYS = {
    "number", "kind", "state", "language", "title", "slug", "summary", "connection", "goal",
    "core_value", "authors", "people", "tags", "departments", "lead_image", "body",
}  # fmt: skip
ANNOUNCEMENT_KEYS = {"valid_from", "valid_until", "prominent_until", "importance", "replaces"}
OWN_KEYS = {
    "announcement": ANNOUNCEMENT_KEYS,
    "event": {"starts_at", "ends_at", "place", "organiser", "meant_for"},
    "community_action": {"asked", "effort", "until", "result"},
}
SECTIONS = {"announcement": "mededelingen", "event": "agenda", "community_action": "doe-mee"}
OPTIONAL_KEYS = {
    "cancelled",
    "rubric", "section", "interviewee", "agreed_by", "published", "due", "changed", "updates",
    "expires", "withdrawn", "deadline", "anchored", "translation_of", "confidential", "circle",
    "submitted_by", "approved_by", "placed_by", "sent_back_by", "sent_back_reason",
    "dates_in_text", "ranges_in_text", "months_in_text", "theme", "placement", "placed_until",
}  # fmt: skip
BEEN_LIVE = {"live", "lapsed", "expired", "withdrawn"}
MOMENT_OF_STATE = {
    **dict.fromkeys(BEEN_LIVE, "published"),
    "scheduled": "due",
    **dict.fromkeys(("submitted", "sent-back", "draft"), "changed"),
}
OWN_MOMENTS = ("starts_at", "ends_at", "until")
FINISHED = BEEN_LIVE | {"scheduled"}
CONNECTIONS = {"organisation", "work", "each-other", "practical"}
BLOCKS = {
    "paragraph": {"html"},
    "heading": {"text"},
    "image": {"file", "alt", "caption"},
    "pull_quote": {"text", "speaker"},
    "question_answer": {"question", "answer_html"},
    "call_out": {"title", "body_html"},
    "gallery": {"title", "images"},
    "table": {"caption", "columns", "rows"},
    "code": {"text", "caption"},
    "button": {"text", "item"},
    "document": {"file", "title"},
    "video": {"file", "title", "poster", "captions", "transcript_html"},
}
LIMITS = {("heading", "text"): 120, ("call_out", "title"): 80, ("pull_quote", "text"): 280}
ALLOWED_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SEND_BACK_REASONS = {"missing", "too-hard", "no-consent", "tone", "incorrect"}


def _people_named(item: Facts) -> Iterator[str]:
    for key in ("authors", "people", "agreed_by", "circle"):
        yield from item.get(key) or []
    for key in (
        "interviewee",
        "organiser",
        "submitted_by",
        "approved_by",
        "placed_by",
        "sent_back_by",
    ):
        if item.get(key):
            yield item[key]
    for block in item["body"]:
        if block.get("speaker"):
            yield block["speaker"]


def _moments(item: Facts) -> Iterator[str]:
    for key in ("published", "due", "changed", "expires", "withdrawn", "deadline"):
        if item.get(key):
            yield item[key]
    for key in (*OWN_MOMENTS, "valid_from", "valid_until", "prominent_until"):
        if item.get(key):
            yield item[key]
    yield from item.get("updates") or []


def _markup(item: Facts) -> Iterator[str]:
    for block in item["body"]:
        yield from (block[key] for key in ("html", "answer_html", "body_html") if block.get(key))


def _words(item: Facts) -> int:
    titles = (block.get("text") or block.get("question") or "" for block in item["body"])
    text = " ".join([*_markup(item), *titles])
    return len(re.sub(r"<[^>]+>", " ", text).split())


def _images(item: Facts) -> Iterator[Facts]:
    if item["lead_image"]:
        yield item["lead_image"]
    yield from (block for block in item["body"] if block["type"] == "image")
    for block in item["body"]:
        yield from block.get("images", ())


class _Tags(HTMLParser):
    """Remembers which elements were used and which are still open."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.used: set[str] = set()
        self.open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "a" or not attrs
        self.used.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_item_of_the_demo_is_there(items: dict[int, Facts]) -> None:
    assert set(items) == WANTED


def test_items_have_only_known_keys(items: dict[int, Facts]) -> None:
    for number, item in items.items():
        required = REQUIRED_KEYS | OWN_KEYS.get(item["kind"], set())
        assert required <= set(item), number
        assert set(item) <= required | OPTIONAL_KEYS, number
        assert ("rubric" in item) != ("section" in item), number


def test_items_stand_where_their_kind_belongs(items: dict[int, Facts], organisation: Facts) -> None:
    rubrics = {rubric["id"] for rubric in organisation["rubrics"]}
    sections = {section["slug"] for section in organisation["sections"]}

    for number, item in items.items():
        assert item.get("rubric", "spotlight") in rubrics, number
        assert item.get("section", "mededelingen") in sections, number
        assert item.get("section") == SECTIONS.get(item["kind"]) or "rubric" in item, number


def test_files_are_there_and_buttons_lead_to_items_that_were_loaded_before(
    items: dict[int, Facts], content: Path
) -> None:
    kept = {path.name for path in (content / "demo" / "files").iterdir()}
    blocks = [(number, block) for number, item in items.items() for block in item["body"]]
    handed = {block[key] for _n, block in blocks for key in ("file", "captions") if key in block}

    assert kept == {name for name in handed if "/" not in name}
    assert all(block["item"] < number for number, block in blocks if block["type"] == "button")


def test_every_table_has_as_many_cells_as_columns(items: dict[int, Facts]) -> None:
    blocks = [block for item in items.values() for block in item["body"]]
    tables = [block for block in blocks if block["type"] == "table"]

    assert tables
    assert all(len(row) == len(table["columns"]) for table in tables for row in table["rows"])


def test_every_block_there_is_tells_something_in_the_demo(items: dict[int, Facts]) -> None:
    used = {block["type"] for item in items.values() for block in item["body"]}

    assert used == set(BLOCKS) - {"image"}


def test_references_resolve(
    items: dict[int, Facts], organisation: Facts, people: dict[str, Facts]
) -> None:
    goals = {goal["code"] for goal in organisation["goals"]} | {None}
    values = {value["code"] for value in organisation["core_values"]} | {None}
    departments = {entry["slug"] for entry in organisation["departments"]}
    themes = {theme["slug"] for theme in organisation["themes"]} | {None}

    for number, item in items.items():
        assert set(_people_named(item)) <= set(people), number
        assert item["goal"] in goals, number
        assert item["core_value"] in values, number
        assert item.get("theme") in themes, number
        assert item["connection"] in CONNECTIONS, number
        assert set(item["departments"]) <= departments, number
        assert {item.get("translation_of", 1), *item.get("replaces", [])} <= set(items), number


def test_slugs_are_ascii_and_unique_in_their_rubric(items: dict[int, Facts]) -> None:
    places = [(item.get("rubric") or item["section"], item["slug"]) for item in items.values()]

    assert len(places) == len(set(places))
    assert all(SLUG.fullmatch(slug) for _place, slug in places)


def test_pictures_exist_and_are_described_in_the_language_of_the_item(
    items: dict[int, Facts], pictures: dict[str, Facts]
) -> None:
    used = {image["file"] for item in items.values() for image in _images(item)}

    for number, item in items.items():
        for image in _images(item):
            assert image["alt"] == pictures[image["file"]]["alt"][item["language"]], number
    assert {file for file in pictures if file.startswith("scenes/")} <= used


def test_blocks_are_of_known_types_and_fit_their_fields(items: dict[int, Facts]) -> None:
    for number, item in items.items():
        for block in item["body"]:
            assert set(block) - {"type"} <= BLOCKS[block["type"]], number
            for (kind, key), limit in LIMITS.items():
                if block["type"] == kind:
                    assert 0 < len(block[key]) <= limit, number
        assert len(item["title"]) <= 255, number
        assert len(item["summary"]) <= 300, number


def test_markup_is_simple_and_closed(items: dict[int, Facts]) -> None:
    for number, item in items.items():
        for markup in _markup(item):
            tags = _Tags(markup)
            assert tags.used <= ALLOWED_TAGS, number
            assert tags.open == [], number


def test_moments_parse_and_stand_on_the_right_side_of_the_reference_day(
    items: dict[int, Facts], organisation: Facts
) -> None:
    end_of_day = datetime.fromisoformat(f"{organisation['reference_day']}T23:59")

    for number, item in items.items():
        assert all(datetime.fromisoformat(moment) for moment in _moments(item)), number
        moment = datetime.fromisoformat(item[MOMENT_OF_STATE[item["state"]]])
        assert (moment > end_of_day) == (item["state"] == "scheduled"), number


def test_lapsed_and_expired_are_past_and_live_is_not(
    items: dict[int, Facts], organisation: Facts
) -> None:
    today = organisation["reference_day"]

    for number, item in items.items():
        if item["kind"] == "announcement" and item["valid_until"]:
            assert (item["valid_until"] < today) == (item["state"] in {"lapsed", "expired"}), number
            assert item["valid_from"] < item["valid_until"], number
        assert bool(item.get("expires")) == (item["state"] == "expired"), number


@pytest.mark.parametrize(("kind", "least"), [("story", 200), ("interview", 200)])
def test_finished_items_are_worth_the_click(items: dict[int, Facts], kind: str, least: int) -> None:
    finished = [i for i in items.values() if i["kind"] == kind and i["state"] in FINISHED]

    assert all(least <= _words(item) <= 700 for item in finished)


def test_announcements_are_short_but_complete(items: dict[int, Facts]) -> None:
    announcements = [item for item in items.values() if item["kind"] == "announcement"]

    assert len(announcements) == 8
    assert all(60 <= _words(item) <= 200 for item in announcements)


def test_the_demo_has_events_and_calls_in_every_state(
    items: dict[int, Facts], organisation: Facts
) -> None:
    events = [item for item in items.values() if item["kind"] == "event"]
    calls = [item for item in items.values() if item["kind"] == "community_action"]
    today = organisation["reference_day"]

    assert (len(events), len(calls)) == (6, 4)
    assert all(event["starts_at"] < event["ends_at"] for event in events)
    assert [event["number"] for event in events if "cancelled" in event] == [22]
    assert {event["starts_at"] > today for event in events} == {True, False}
    assert {call["until"] > today for call in calls} == {True, False}


def test_finished_items_have_a_summary_an_author_and_tags(items: dict[int, Facts]) -> None:
    for number, item in items.items():
        if item["state"] in FINISHED:
            assert item["summary"], number
            assert item["authors"], number
            assert 1 <= len(item["tags"]) <= 4, number


def test_tag_pages_have_something_to_list(items: dict[int, Facts]) -> None:
    tags = [tag for item in items.values() for tag in item["tags"]]

    assert [tag for tag in set(tags) if tags.count(tag) < 2] == []


def test_two_different_people_said_yes(items: dict[int, Facts]) -> None:
    for number, item in items.items():
        if item["state"] in FINISHED:
            assert item["submitted_by"] != item["approved_by"], number
        else:
            assert "approved_by" not in item, number


def test_interviews_ask_the_questions_of_their_rubric(
    items: dict[int, Facts], rubrics: dict[str, Facts]
) -> None:
    for number, item in items.items():
        rubric = rubrics.get(item.get("rubric", ""))
        if item["kind"] != "interview" or rubric is None:
            continue
        asked = [block["question"] for block in item["body"] if block["type"] == "question_answer"]
        standard = {question["nl"]["ask"] for question in rubric["questions"]}
        assert len(set(asked) & standard) >= 4 or item["state"] == "draft", number
        assert 5 <= len(asked) <= 7 or item["state"] == "draft", number


def test_a_quoted_title_was_really_said(items: dict[int, Facts]) -> None:
    for number, item in items.items():
        if item["title"].startswith("‘"):
            answers = " ".join(block.get("answer_html") or "" for block in item["body"])
            said = re.sub(r"\s+", " ", answers).lower()
            assert item["title"].strip("‘’").lower() in said, number


def test_a_sent_back_item_carries_a_kind_reason(items: dict[int, Facts]) -> None:
    for item in items.values():
        assert ("sent_back_reason" in item) == (item["state"] == "sent-back")
        if item["state"] == "sent-back":
            assert item["sent_back_reason"]["reason"] in SEND_BACK_REASONS
            assert len(item["sent_back_reason"]["sentence"].split()) > 10
