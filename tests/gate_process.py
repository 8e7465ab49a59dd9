"""The hub's gate as an application of its own, for processes that tests start."""

import os
from pathlib import Path

from cms.config.doorway import Doorway
from hub_site.readers_on_disk import ReadersOnDisk
from hub_site.serve import gate
from hub_site.settings import PressSettings
from tests.serving import People

people = People(Path(os.environ["PLEIN_TEST_PEOPLE"]))
releases = Path(os.environ["PLEIN_TEST_RELEASES"])
home = releases.parent


async def audiences_of(cookie: str) -> frozenset[str] | None:
    return people.audiences_of(cookie)


settings = PressSettings(
    home=home,
    api_url="http://127.0.0.1:1/graphql/",
    token_file=home / "token",
    config_file=home / "mkdocs.yml",
    theme_dir=home,
    pages_dir=home,
)
kept = ReadersOnDisk(people.file.with_name("readers.sqlite3"), b"only for tests")
application = Doorway(
    houses={},
    otherwise=gate(settings, audiences_of, disk=kept),
    wrong=list,
    hosts=["127.0.0.1", "localhost"],
)
