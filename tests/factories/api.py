"""Asking the contract as the press or as a colleague does."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from wagtail.models import APIToken

from cms.accounts.models import User

ADDRESS = "/graphql/"
FULL = """
fragment Use on ImageUse {
  alt decorative caption
  image { id alt credit width height focalPoint { x y }
          renditions { hash format width height bytes } }
}
fragment Who on PersonMention {
  name role
  person { id path name pronouns role department { id name } location { id name } started
           portrait { ...Use } askMeAbout aboutHtml email isNewcomerShown }
}
query Stories($first: Int, $after: String, $rubric: ID, $tag: ID, $department: ID, $person: ID,
              $period: String, $kind: ItemKind) {
  stories(first: $first, after: $after, rubric: $rubric, tag: $tag, department: $department,
          person: $person, period: $period, kind: $kind) {
    nodes {
      __typename id path language title summary leadImage { ...Use }
      rubric { id path language title purpose tone cadence keeper { ...Who } colour tile
               introductionHtml order }
      section { id path title introduction }
      authors { ...Who } people { ...Who } tags { id path title } departments { id name }
      connection goal { id code title measure owner { ...Who } } coreValue { id code title motto }
      translationOf publishedAt updatedAt expiresAt
      body {
        __typename id
        ... on ParagraphBlock { html }
        ... on HeadingBlock { text }
        ... on ImageBlock { image { ...Use } }
        ... on PullQuoteBlock { quote: text speaker { ...Who } }
        ... on QuestionAnswerBlock { question answerHtml }
        ... on CallOutBlock { title bodyHtml }
      }
      ... on Interview { interviewee { ...Who } }
      ... on Announcement { importance prominentUntil validFrom validUntil replaces replacedBy }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
"""Everything there is to ask of items."""


@dataclass
class Asker:
    """A caller with a token, a session or nothing."""

    client: Client = field(default_factory=Client)
    token: str = ""

    def post(self, body: bytes | str, **headers: Any) -> Any:
        if self.token:
            headers["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
        return self.client.post(ADDRESS, body, content_type="application/json", **headers)

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Return the whole answer, errors included."""
        response = self.post(json.dumps({"query": query, "variables": variables}))
        answer: dict[str, Any] = response.json()
        return answer

    def data(self, query: str, **variables: Any) -> dict[str, Any]:
        """Return the data of an answer without errors."""
        answer = self.ask(query, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    def picture(self, content_hash: str, *, preview: str = "", part: str = "") -> Any:
        """Ask for a file or a part of it, and read that to its end, which closes it."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"Range": part} if part else {}
        parameters = {"preview": preview} if preview else {}
        response = self.client.get(f"{ADDRESS}media/{content_hash}", parameters, headers=headers)
        if response.streaming:
            vars(response)["body_read"] = response.getvalue()
        return response


def token_asker(user: User) -> Asker:
    _token, plain = APIToken.create_token(user=user, name="test")
    return Asker(token=plain)


def press_asker() -> Asker:
    """Return the press: the one account that reads the feed."""
    account, _is_new = User.objects.get_or_create(username=settings.PLEIN_PRESS_ACCOUNT)
    return token_asker(account)


def session_asker(user: User) -> Asker:
    client = Client()
    client.force_login(user)
    return Asker(client=client)
