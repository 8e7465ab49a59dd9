"""Complete, checked, durable releases of the hub, switched in one step."""

from hub_site.releases.archive import ReleaseFaultsError, Releases
from hub_site.releases.blobs import BlobStore
from hub_site.releases.compression import compressed, is_compressible
from hub_site.releases.disk import Disk
from hub_site.releases.manifest import Manifest, SupersededError, View
from hub_site.releases.records import OF_THE_LOOK, Draft, Release

__all__ = [
    "OF_THE_LOOK",
    "BlobStore",
    "Disk",
    "Draft",
    "Manifest",
    "Release",
    "ReleaseFaultsError",
    "Releases",
    "SupersededError",
    "View",
    "compressed",
    "is_compressible",
]
