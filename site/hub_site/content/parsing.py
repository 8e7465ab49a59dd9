"""JSON of the contract becomes documents here; what the press can't use is set aside and named."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hub_site.content.documents import Document, Language, SetAside
from hub_site.content.fields import DocumentError, Fields
from hub_site.content.kinds import KINDS, Base
from hub_site.trees import EVERYONE, KEY, MENTIONED

FORMAT = 1
RESERVED = frozenset(
    (
        *("a", "newsroom", "graphql", "write", "w", "ask", "f", "follow", "login", "logout"),
        *("media", "static", "assets", "healthz", "metrics", "preview"),
    )
)
_LANGUAGES: dict[str, Language] = {"nl": "nl", "en": "en"}
PATH = re.compile(r"(?:[a-z0-9]+(?:-+[a-z0-9]+)*/){1,6}")
_ITEMS = {"story", "interview", "announcement", "event", "community_action"}
_FOR_SOME = _ITEMS | {"redirect", "audience"}
_BY_MENTION = {"image", "tag", "file"}
_AT_A_ROOT = {"hub", "audience"}
_PAGELESS = {"location", "core_value", "image", "file", "front", "alert", "style"}
_MAYBE_PAGELESS = {"department", "goal"}
"""Had no page before these had one: a newsroom from then sends no address."""


@dataclass(frozen=True, slots=True)
class Parsed:
    documents: tuple[Document, ...]
    set_aside: tuple[SetAside, ...]


def parse(raw: Mapping[str, object]) -> Document:
    """Read one document, or say in one sentence why it can't be used."""
    fields = Fields(raw)
    kind = fields.text("kind")
    if fields.number("format") > FORMAT:
        raise DocumentError(f"Format {fields.number('format')} is newer than this press knows.")
    if kind not in KINDS:
        raise DocumentError(f"This press does not know the kind '{kind}'.")
    return KINDS[kind](fields, _base(fields, kind))


def parse_all(raws: Iterable[tuple[str, Mapping[str, object]]]) -> Parsed:
    """Read every document; one that can't be used never stands in the way of the others."""
    documents: list[Document] = []
    set_aside: list[SetAside] = []
    for public_id, raw in raws:
        try:
            documents.append(parse_as(public_id, raw))
        except DocumentError as error:
            set_aside.append(SetAside(public_id, str(error)))
    return Parsed(tuple(documents), tuple(set_aside))


def parse_as(public_id: str, raw: Mapping[str, object]) -> Document:
    document = parse(raw)
    if document.id != public_id:
        raise DocumentError(f"The document calls itself '{document.id}'.")
    return document


def _base(fields: Fields, kind: str) -> Base:
    return Base(
        id=fields.identity("id"),
        kind=kind,
        language=fields.one_of("language", _LANGUAGES),
        audience=_audience(fields, kind),
        path=_path(fields, kind),
        title=fields.text("title"),
    )


def _audience(fields: Fields, kind: str) -> str:
    """Who may read it; an odd one is read by nobody, so it is not taken for everyone's."""
    audience = fields.text("audience")
    if audience == MENTIONED:
        is_fitting = kind in _BY_MENTION
    elif audience == EVERYONE:
        is_fitting = kind != "audience"
    else:
        is_fitting = kind in _FOR_SOME and KEY.fullmatch(audience) is not None
    if not is_fitting:
        raise DocumentError(f"This press can't keep the kind '{kind}' for '{audience}' alone.")
    return audience


def _path(fields: Fields, kind: str) -> str | None:
    path = fields.text_or_none("path")
    if kind in _PAGELESS:
        return None
    if kind in _AT_A_ROOT:
        return ""
    if path is None and kind in _MAYBE_PAGELESS:
        return None
    if path is None or not PATH.fullmatch(path):
        raise DocumentError(f"'path' should be lower-case segments that each end in '/': {path!r}.")
    if path.split("/", 1)[0] in RESERVED:
        raise DocumentError(f"The address '/{path}' is kept for Plein itself.")
    return path
