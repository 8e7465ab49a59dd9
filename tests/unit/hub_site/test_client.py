from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from hub_site import client

SCHEMA = Path(__file__).resolve().parents[3] / "graphql" / "schema.graphql"


@pytest.mark.parametrize(
    "query", [client._FEED, client._PREVIEW, client._RECORD, client._RECORD_REMOVAL]
)
def test_queries_fit_the_schema_that_both_sides_share(query: str) -> None:
    schema = build_schema(SCHEMA.read_text(encoding="utf-8"))

    assert validate(schema, parse(query)) == []
