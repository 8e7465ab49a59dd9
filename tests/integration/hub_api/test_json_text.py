"""What is written already is told as it stands, whatever is in it."""

import json
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from hub_api.json_text import JsonText, encoded

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=4), VALUES)
def test_an_answer_holds_what_its_texts_say(documents: list[object], beside: object) -> None:
    texts = [JsonText(json.dumps(document)) for document in documents]
    answer = {"feed": [{"document": text, "seq": number} for number, text in enumerate(texts)]}

    said = json.loads(encoded({**answer, "beside": beside}))

    assert [entry["document"] for entry in said["feed"]] == documents
    assert [entry["seq"] for entry in said["feed"]] == [*range(len(documents))]
    assert said["beside"] == beside


def test_what_django_can_write_is_written() -> None:
    assert encoded({"id": UUID(int=1)}) == '{"id":"00000000-0000-0000-0000-000000000001"}'
