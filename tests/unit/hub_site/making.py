"""Makes single documents as the newsroom would send them, as JSON, so that tests parse too."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

type Json = dict[str, object]

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WIDTHS = (480, 800, 1200, 1600)
ROLES = {
    "Magda Kowalczyk": "teamleider lakstraat",
    "Sietse Wiersma": "lasser",
    "Esra Y\u0131ld\u0131r\u0131m": "HR-adviseur",
    "Tijn Dijkstra": "leerling-lasser",
    "Oleksandra Bondarenko": "CNC-operator",
    "Priya Raghunathan": "constructeur",
    "Hennie te Velde": "meubelmaker, voorzitter ondernemingsraad",
}
SLUGS = {name: name.lower().replace("\u0131", "i").replace(" ", "-") for name in ROLES}


def identity(name: str) -> str:
    """A stable id for a name."""
    digits = hashlib.sha256(name.encode()).hexdigest()
    return f"01990000-{digits[:4]}-7{digits[4:7]}-8{digits[7:10]}-{digits[10:22]}"


def picture_hash(name: str, form: str, width: int) -> str:
    """The hash under which the sample's picture of this size is known."""
    return hashlib.sha256(picture_bytes(name, form, width)).hexdigest()


def picture_bytes(name: str, form: str, width: int) -> bytes:
    """What stands for a picture where nobody looks at it."""
    head = b"RIFF\x00\x00\x00\x00WEBP" if form == "webp" else b"\xff\xd8\xff\xe0"
    return head + f"{name} {form} {width}".encode()


def moment(*, days: float = 0, hours: float = 0) -> str:
    """A moment relative to the sample's own now."""
    return f"{NOW + timedelta(days=days, hours=hours):%Y-%m-%dT%H:%M:%SZ}"


def document(kind: str, name: str, **keys: object) -> Json:
    """A document of any kind with the keys that every document has."""
    base: Json = {
        "format": 1,
        "id": identity(f"{kind} {name}"),
        "kind": kind,
        "language": "nl",
        "audience": "everyone",
        "path": None,
        "title": name,
    }
    return base | keys


def audience(key: str, name: str) -> Json:
    """What the press itself makes of an audience that the feed names."""
    return document("audience", key, audience=key, path="", title=name) | {"id": f"audience-{key}"}


def person_ref(name: str, role: str = "", *, has_page: bool = True) -> Json:
    return {
        "person": identity(f"person {name}") if has_page else None,
        "name": "" if has_page else name,
        "role": "" if has_page else role or "collega",
    }


def image_ref(name: str, *, alt: str = "", caption: str = "", decorative: bool = False) -> Json:
    return {
        "image": identity(f"image {name}"),
        "alt": "" if decorative else alt or f"Foto: {name}",
        "decorative": decorative,
        "caption": caption,
    }


def block(kind: str, number: int, **value: object) -> Json:
    return {"type": kind, "id": identity(f"block {kind} {number}"), "value": value}


def paragraphs(*texts: str) -> list[Json]:
    return [block("paragraph", i, html=f"<p>{text}</p>") for i, text in enumerate(texts)]


def item(kind: str, title: str, *, path: str, days: float, **keys: object) -> Json:
    """A story, interview or announcement that went live that many days ago (negative: to come)."""
    base: Json = {
        "path": path,
        "title": title,
        "summary": f"Waarom {title.lower()} meer is dan je denkt, en wat jij eraan hebt.",
        "lead_image": None,
        "rubric": None,
        "section": None,
        "authors": [],
        "people": [],
        "tags": [],
        "departments": [],
        "connection": "each-other",
        "goal": None,
        "core_value": None,
        "translation_of": None,
        "theme": None,
        "placement": None,
        "placed_until": None,
        "published_at": moment(days=-days),
        "updated_at": None,
        "expires_at": None,
        "body": paragraphs("Het begon op een dinsdag.", "En daarna nooit meer."),
    }
    if kind == "interview":
        base |= {"interviewee": None}
    if kind == "announcement":
        base |= dict.fromkeys(("prominent_until", "valid_from", "valid_until", "replaced_by"))
        base |= {"importance": "information", "replaces": []}
    return document(kind, path, **(base | _OF_KIND.get(kind, {}) | keys))


_OF_KIND: dict[str, Json] = {
    "event": {
        "place": "",
        "link": None,
        "organiser": None,
        "meant_for": "",
        "is_cancelled": False,
        "cancellation": "",
    },
    "community_action": {"asked": "", "effort": "", "until": None, "result": None},
}


def file(name: str, extension: str) -> Json:
    """A file that items hand out; its bytes are those of a picture, for nobody looks at them."""
    return document(
        "file",
        name,
        hash=picture_hash(name, extension, 0),
        extension=extension,
        bytes=212_000,
    )


def alert(title: str, *, hours: float, **keys: object) -> Json:
    """What everyone has to know for so many hours from the sample's own now."""
    base: Json = {
        "text": "Ga rustig naar buiten en wacht bij de vlag.",
        "importance": "danger",
        "target": None,
        "changed_at": moment(hours=-1),
        "expires_at": moment(hours=hours),
    }
    return document("alert", title, **(base | keys))


def logo(name: str, *, width: int = 384, height: int = 128, ground: str = "light") -> Json:
    """What a house style says of a logo; `name` is all there is of its bytes."""
    return {
        "hash": picture_hash(name, "webp", 0),
        "format": "webp",
        "width": width,
        "height": height,
        "bytes": len(picture_bytes(name, "webp", 0)),
        "ground": ground,
    }


def image(
    name: str, *, width: int = 1600, height: int = 1067, focal: Iterable[float] = (0.5, 0.47)
) -> Json:
    jpegs = [("jpeg", w) for w in (800, 1200) if w <= width]
    webps = [("webp", w) for w in WIDTHS if w <= width]
    renditions = [
        {"hash": picture_hash(name, form, w), "format": form, "width": w, "bytes": w * 40}
        for form, w in [*webps, *jpegs]
    ]
    return document(
        "image",
        name,
        width=width,
        height=height,
        focal_point=list(focal),
        alt=f"Tekening: {name}",
        credit="Plein, CC0",
        renditions=renditions,
    )
