"""What is asked is bounded before it costs anything, and refusals say what to do."""

import json
from typing import Any

import pytest
from strawberry.extensions.validation_cache import _get_validate_cache

from hub_api import limits
from tests.factories.api import Asker

pytestmark = pytest.mark.django_db


def message(answer: dict[str, Any]) -> str:
    told: str = answer["errors"][0]["message"]
    return told


def test_questions_by_get_are_refused(reader: Asker) -> None:
    response = reader.client.get("/graphql/", {"query": "{ hub { title } }"})

    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_no_explorer_is_served(reader: Asker) -> None:
    response = reader.client.get("/graphql/", headers={"Accept": "text/html"})

    assert response.status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        "[" * 60_000,
        '{"query": "{ hub { title } }", "variables": {"a": ' + "[" * 30_000 + "]" * 30_000 + "}}",
        '{"a":' * 12_000,
        "{" * 60_000,
    ],
)
def test_nested_lists_are_refused_without_being_parsed(reader: Asker, body: str) -> None:
    response = reader.post(body)

    assert response.status_code in {400, 413}
    assert response.json()["errors"][0]["message"]


@pytest.mark.parametrize("opening", ["{hub", "[", "{", "(a:[", "... on Hub {"])
def test_a_nested_question_is_refused(reader: Asker, opening: str) -> None:
    query = "query { " + opening * (60_000 // len(opening))

    response = reader.post(json.dumps({"query": query}))

    assert response.status_code in {200, 400}
    assert response.json()["errors"][0]["message"]


def test_a_question_nested_just_within_the_tokens_is_refused(reader: Asker) -> None:
    nested = "{ a(b: " + "[" * 450 + "]" * 450 + ") }"

    response = reader.post(json.dumps({"query": nested}))

    assert response.status_code in {200, 400}
    assert "errors" in response.json()


def test_a_large_body_is_refused(reader: Asker) -> None:
    response = reader.post(json.dumps({"query": "{ hub { title } }" + " " * limits.LARGEST_BODY}))

    assert response.status_code == 413
    assert "64 KB" in message(response.json())


@pytest.mark.parametrize(
    "body", ["", "nonsense", "[]", '"text"', "3", "null", '{"query": 3}', "{}"]
)
def test_what_is_no_question_gets_a_400(reader: Asker, body: str) -> None:
    assert reader.post(body).status_code == 400


def test_another_content_type_is_refused(reader: Asker) -> None:
    response = reader.client.post("/graphql/", "query=x", content_type="text/plain")

    assert response.status_code == 400


def test_deep_questions_are_refused(reader: Asker) -> None:
    query = "{ rubrics { keeper { person { portrait { image { renditions { hash } } } } } } }"
    assert "errors" not in reader.ask(query)

    deep = "{ a " * 20 + "}" * 20

    assert "depth" in json.dumps(reader.ask(deep))


def test_many_aliases_are_refused(reader: Asker) -> None:
    query = "{" + " ".join(f"a{number}: hub {{ title }}" for number in range(16)) + "}"

    assert "16 aliases" in message(reader.ask(query))


def test_many_tokens_are_refused(reader: Asker) -> None:
    query = "{ hub { " + "title " * 1100 + "} }"

    assert "1000 tokens" in message(reader.ask(query))


def test_lists_share_one_budget(reader: Asker) -> None:
    query = "{" + " ".join(
        f"a{number}: people(first: 100) {{ nodes {{ id }} }}" for number in range(6)
    )

    answer = reader.ask(query + "}")

    assert "500" in message(answer)


@pytest.mark.parametrize("first", [0, -1, 101, 2_000_000])
def test_a_list_has_a_maximum(reader: Asker, first: int) -> None:
    answer = reader.ask(
        "query($first: Int!) { stories(first: $first) { nodes { id } } }", first=first
    )

    assert "1 to 100" in message(answer)


@pytest.mark.parametrize("first", [0, 501])
def test_the_feed_has_a_maximum(press: Asker, first: int) -> None:
    answer = press.ask("query($first: Int!) { feed(first: $first) { cursor } }", first=first)

    assert "1 to 500" in message(answer)


@pytest.mark.parametrize(
    "query", ["{ __schema { types { name } } }", '{ __type(name: "Hub") { name } }']
)
def test_the_schema_is_not_told(reader: Asker, query: str) -> None:
    assert "introspection" in message(reader.ask(query)).lower()


def test_a_misspelt_field_gets_no_suggestion(reader: Asker) -> None:
    answer = reader.ask("{ hub { titel } }")

    assert "titel" in message(answer)
    assert "Did you mean" not in message(answer)


@pytest.mark.parametrize(
    "arguments",
    [
        'after: "nonsense"',
        'after: "W10="',
        'after: "WyJhIiwgImIiXQ=="',
        'rubric: "nonsense"',
        'period: "2026-13"',
        'period: "2026-1"',
    ],
)
def test_an_argument_that_means_nothing_is_named(reader: Asker, arguments: str) -> None:
    answer = reader.ask(f"{{ stories({arguments}) {{ nodes {{ id }} }} }}")

    assert answer["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


def test_a_fault_of_ours_is_not_told(reader: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_keys: object) -> object:
        raise RuntimeError("secret")

    monkeypatch.setattr("hub_api.queries.Graph", fails)

    answer = reader.ask("{ hub { title } }")

    assert "secret" not in json.dumps(answer)
    assert "went wrong" in message(answer)


def test_a_question_that_was_validated_is_known_the_next_time(reader: Asker) -> None:
    validated: Any = _get_validate_cache(128)
    before = validated.cache_info()

    for _time in range(2):
        answer = reader.post(json.dumps({"query": "{ askedNowhereElse: hub { title } }"}))
        assert answer.status_code == 200

    after = validated.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (1, 1)
