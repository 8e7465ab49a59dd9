"""Which removals the newsroom knows of: each is told once it answers, after any crash."""

from hub_site.releases.manifest import Manifest
from hub_site.releases.removals import Removal, removals_in

_UNTOLD = """
SELECT public_id, at FROM removal AS done
WHERE NOT EXISTS (SELECT 1 FROM told WHERE public_id = done.public_id AND at = done.at)
"""


def untold_in(manifest: Manifest) -> list[Removal]:
    """The reports that the newsroom has not got yet, the newest first."""
    with manifest.reading() as database:
        untold = set(database.execute(_UNTOLD).fetchall())
    if not untold:
        return []
    return [each for each in removals_in(manifest) if (each.public_id, each.at) in untold]


def mark_told(manifest: Manifest, removal: Removal) -> None:
    """Note that the newsroom has this report."""
    with manifest.writing() as database:
        database.execute(
            "INSERT OR REPLACE INTO told (public_id, at) VALUES (?, ?)",
            (removal.public_id, removal.at),
        )
