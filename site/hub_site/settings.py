"""What the press must be told, once, by whoever starts it."""

from dataclasses import dataclass
from pathlib import Path

from hub_site.errors import PressError


@dataclass(frozen=True, slots=True, kw_only=True)
class PressSettings:
    """Where things are and how patient the press is."""

    home: Path  # everything the press keeps: documents, images, releases, status
    api_url: str  # the newsroom's GraphQL address, such as http://127.0.0.1:8000/graphql/
    token_file: Path  # holds the bearer token of the press's service user
    config_file: Path  # site/mkdocs.yml
    theme_dir: Path  # themes/hub
    pages_dir: Path  # content/pages, the hand-kept Markdown
    web_root: Path | None = None  # plain files for a web server in front, where there is one
    poll_seconds: float = 0.5
    timeout_seconds: float = 10.0
    feed_page_size: int = 500
    verify_tls: bool = True
    keep_releases: int = 20  # at least so many, however old
    keep_days: int = 14  # after which a release that was superseded may go

    def make_home(self) -> None:
        """Make the press's home.

        Raises:
            PressError: what stands in the way.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PressError(f"The press can't write in {self.home}: {error}.") from error

    @property
    def documents_file(self) -> Path:
        return self.home / "documents.sqlite3"

    @property
    def releases_dir(self) -> Path:
        return self.home / "releases"

    @property
    def looks_dir(self) -> Path:
        return self.home / "looks"

    @property
    def media_dir(self) -> Path:
        return self.home / "media"

    @property
    def staged_dir(self) -> Path:
        return self.home / "staged"

    @property
    def status_file(self) -> Path:
        return self.home / "status.json"
