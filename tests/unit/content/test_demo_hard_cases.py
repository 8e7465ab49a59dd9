"""The demo shows what goes wrong elsewhere; each hard case is really in it."""

from typing import Any

Facts = dict[str, Any]


def test_a_title_of_two_hundred_characters_has_a_plain_summary(items: dict[int, Facts]) -> None:
    assert 190 <= len(items[24]["title"]) <= 255
    assert len(items[24]["summary"].split()) <= 10


def test_a_rule_lapses_at_the_midnight_that_ends_the_year(items: dict[int, Facts]) -> None:
    assert items[10]["valid_until"].endswith("01-01T00:00")
    assert items[10]["anchored"]


def test_an_announcement_lapses_at_a_time_of_day(items: dict[int, Facts]) -> None:
    assert items[28]["valid_until"].endswith("T17:00")
    assert items[28]["rubric"] == "works-council"


def test_the_works_council_approves_and_the_manager_only_places(items: dict[int, Facts]) -> None:
    assert items[28]["approved_by"] == "hennie-te-velde"
    assert items[28]["placed_by"] == "noor-hiemstra"


def test_some_announcements_lapse_and_one_is_gone(items: dict[int, Facts]) -> None:
    assert {number for number, item in items.items() if item["state"] == "lapsed"} == {3, 11, 28}
    assert {number for number, item in items.items() if item["state"] == "expired"} == {19}


def test_an_english_item_has_a_dutch_summary(items: dict[int, Facts]) -> None:
    assert items[17]["language"] == "en"
    assert items[17]["summary"].startswith("Een brug staat stil")


def test_a_translation_hangs_on_its_original_and_waits_for_its_own_approval(
    items: dict[int, Facts],
) -> None:
    translation, original = items[41], items[8]

    assert translation["translation_of"] == original["number"]
    assert translation["language"] != original["language"]
    assert (translation["state"], original["state"]) == ("submitted", "live")


def test_withdrawn_consent_takes_the_item_off_and_leaves_the_author(
    items: dict[int, Facts],
) -> None:
    assert items[16]["state"] == "withdrawn"
    assert items[16]["lead_image"] is None
    assert items[16]["authors"] == ["gerda-lubbers"]


def test_a_search_for_the_withdrawn_item_finds_nothing_else(items: dict[int, Facts]) -> None:
    found = {number for number, item in items.items() if "factu" in str(item).lower()}

    assert found == {16}


def test_an_interview_is_submitted_without_the_agreement_of_who_speaks(
    items: dict[int, Facts],
) -> None:
    assert items[40]["state"] == "submitted"
    assert items[40]["agreed_by"] == []


def test_every_interview_that_goes_live_has_the_agreement_of_who_speaks(
    items: dict[int, Facts],
) -> None:
    for number, item in items.items():
        if item["kind"] == "interview" and item["state"] in {"live", "scheduled"}:
            assert item["interviewee"] in item["agreed_by"], number


def test_children_in_the_pictures_are_why_an_item_came_back(items: dict[int, Facts]) -> None:
    assert items[42]["state"] == "sent-back"
    assert "ruggen" in items[42]["sent_back_reason"]["sentence"]


def test_a_confidential_item_has_a_circle(
    items: dict[int, Facts], people: dict[str, Facts]
) -> None:
    assert [number for number, item in items.items() if item.get("confidential")] == [36]
    assert set(items[36]["circle"]) <= set(people)
    assert items[36]["state"] == "scheduled"


def test_the_sober_item_does_not_shout(items: dict[int, Facts]) -> None:
    assert "!" not in str(items[19])


def test_urgent_news_was_updated_three_times_in_a_day(items: dict[int, Facts]) -> None:
    updates = items[32]["updates"]

    assert len(updates) == 3
    assert {moment[:10] for moment in [*updates, items[32]["published"]]} == {updates[0][:10]}
    assert items[32]["importance"] == "important"


def test_two_answers_wait_on_a_phone_without_signal(items: dict[int, Facts]) -> None:
    answers = [bool(block["answer_html"]) for block in items[44]["body"]]

    assert items[44]["state"] == "draft"
    assert answers == [True, True, False, False, False]


def test_a_nearly_empty_draft_has_no_title(items: dict[int, Facts]) -> None:
    assert items[45]["title"] == ""
    assert len(items[45]["body"]) == 1


def test_some_items_rightly_have_no_goal_and_no_connection(items: dict[int, Facts]) -> None:
    for number in (11, 24, 35):
        assert items[number]["goal"] is None
        assert items[number]["connection"] == "practical"


def test_typography_that_breaks_careless_code_is_there(
    items: dict[int, Facts], people: dict[str, Facts]
) -> None:
    assert "‘" in items[9]["title"]
    assert "½" in items[20]["title"]
    assert "–" in items[20]["title"]
    assert "Y\N{LATIN SMALL LETTER DOTLESS I}ld" in people["esra-yildirim"]["name"]
