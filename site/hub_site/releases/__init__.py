"""Complete, checked, durable releases of the hub, switched in one step."""

from hub_site.releases.archive import ReleaseFaultsError, Releases
from hub_site.releases.blobs import BlobStore
from hub_site.releases.manifest import Draft, Manifest, Release

__all__ = ["BlobStore", "Draft", "Manifest", "Release", "ReleaseFaultsError", "Releases"]
