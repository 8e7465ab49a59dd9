"""Complete, checked, durable releases of the hub, switched in one step."""

from hub_site.releases.archive import Put, ReleaseFaultsError, Releases
from hub_site.releases.blobs import BlobStore
from hub_site.releases.compression import compressed, is_compressible
from hub_site.releases.disk import Disk
from hub_site.releases.manifest import Manifest, SupersededError, View
from hub_site.releases.records import OF_THE_LOOK, Draft, Release
from hub_site.releases.removals import Removal, Withdrawn
from hub_site.releases.rollback import Hold, RollbackRefusedError
from hub_site.releases.web_root import WebRoot

__all__ = [
    "OF_THE_LOOK",
    "BlobStore",
    "Disk",
    "Draft",
    "Hold",
    "Manifest",
    "Put",
    "Release",
    "ReleaseFaultsError",
    "Releases",
    "Removal",
    "RollbackRefusedError",
    "SupersededError",
    "View",
    "WebRoot",
    "Withdrawn",
    "compressed",
    "is_compressible",
]
