"""Ways to write an address so that who checks it and who opens it might read it differently."""

from collections.abc import Iterator
from itertools import product

WANTED = (
    *("a/hr/", "a/hr/rooster/", "a/hr/rooster/index.html", "a/hr/lijst.json", "a/board/zolder/"),
    "a/hr/assets/newest/",
)
_DOTS = (
    "..",
    "%2e%2e",
    ".%2e",
    "%2E.",
    "%252e%252e",
    "..;",
    "..%00",
    "%c0%ae%c0%ae",
    "\uff0e\uff0e",
)
_SLASHES = ("/", "%2f", "%2F", "//", "\\", "%5c", "%255c", "%252f", "/./", ";/", "%c0%af", "\uff0f")
_FROM = ("fietsen", "assets", "a", "a/everyone", "nergens", "")
_TAILS = (
    *("?", "?x=1", "#", "#x", ";", ";x=1", "%00", "%00.html", "%20", "%09", "%0a", ".", "..", "/."),
    *("/..", "//", "\\", "%2f", "%5c", "~", ".gz", "index.html.gz", "index.html/", "%3f", "%23"),
    *("index.html%00.css", "x.css", "..%2f", "%", "%zz", "%u002e", "\x7f", "&", "*", "$", ":", "@"),
)
_HEADS = (
    *("//", "///", "/./", "/.//", "/%2e/", "/;/", "/%2f", "/%00/", "/\\", "/%5c", "/ ", "/%20"),
    *("/index.html/../", "/fietsen/../", "/assets/..%2f", "/./%2e/../", "/0/..;/", "/..%2f..%2f"),
)


def tricks() -> Iterator[str]:
    """Targets for the request line, as they would be sent."""
    for wanted in WANTED:
        yield from (f"{head}{wanted}" for head in _HEADS)
        yield from (f"/{wanted}{tail}" for tail in _TAILS)
        yield from _spelled(wanted)
    for start, slash, dots in product(_FROM, _SLASHES, _DOTS):
        yield f"/{start}{slash}{dots}{slash}a{slash}hr{slash}rooster/"
    for scheme in ("http://127.0.0.1", "HTTP://127.0.0.1", "http://u@127.0.0.1", "//127.0.0.1"):
        yield f"{scheme}/a/hr/rooster/"
        yield f"{scheme}/fietsen/../a/hr/rooster/"
    yield from ("a/hr/rooster/", "*", "", "/a/?x-plein-audience=hr", "/.plein/ask", "/a/hr")
    yield from ("/404.html/../a/hr/rooster/", "/@folder", "/web/a/a/hr/rooster/", "/live/a/hr/")


def _spelled(wanted: str) -> Iterator[str]:
    yield f"/{wanted.upper()}"
    yield f"/{wanted.title()}"
    yield f"/{wanted.replace('/', '%2f')}"
    yield f"/{wanted.replace('/', '//')}"
    yield f"/{wanted.replace('/', '/./')}"
    yield f"/{wanted.replace('a/', 'a/everyone/../')}"
    yield f"/{wanted.replace('a/', 'a%2f')}"
    yield f"/{wanted.replace('a/', '%61/')}"
    yield f"/{wanted.replace('a/', '%2561/')}"
    yield f"/{wanted.replace('a/', '\u0430/')}"
    yield f"/{wanted.replace('a/', '\uff41/')}"
    yield "/" + "".join(f"%{ord(letter):02x}" for letter in wanted)


HEADERS = (
    {"x_original_url": "/a/hr/rooster/"},
    {"x_rewrite_url": "/a/hr/rooster/"},
    {"x_forwarded_prefix": "/a/hr"},
    {"x_plein_audience": "hr"},
    {"x_plein_audience": "everyone", "x_original_uri": "/a/hr/rooster/"},
    {"x_accel_redirect": "/a/hr/rooster/"},
    {"x_sendfile": "a/hr/rooster/index.html"},
    {"x_forwarded_host": "127.0.0.1", "x_forwarded_for": "127.0.0.1"},
    {"authorization": "Bearer hr"},
    {"x_http_method_override": "GET"},
)
