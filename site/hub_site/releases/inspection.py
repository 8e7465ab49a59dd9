"""Everything about the releases that can be checked, checked: what `plein verify` does."""

import gzip
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from hub_site.releases.blobs import BlobStore
from hub_site.releases.manifest import Manifest
from hub_site.releases.verify import Fault, faults_in_all

_NAMED = """SELECT blob FROM entry WHERE blob IS NOT NULL UNION SELECT blob FROM file
UNION SELECT blob FROM look_file"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """How much was looked at, and what is wrong; `path` of a fault may be a hash."""

    files: int
    blobs: int
    variants: int
    faults: tuple[Fault, ...]


def inspect(manifest: Manifest, blobs: BlobStore) -> Inspection:
    """Hash all bytes that a kept release needs, follow all links of the live one."""
    with manifest.reading() as database:
        files = dict(database.execute("SELECT path, blob FROM file ORDER BY path").fetchall())
        named = [blob for (blob,) in database.execute(_NAMED).fetchall()]
        faults = list(_faults_in_database(database))
    live = manifest.live_number()
    if live is not None and manifest.files(live) != files:
        faults.append(Fault("manifest", "the live release is not what its history says"))
    variants = 0
    for blob in named:
        found, has_variant = _look_at(blobs, blob)
        variants += has_variant
        faults += found
    faults += faults_in_all(files, blobs) if live is not None else []
    return Inspection(
        files=len(files), blobs=len(named), variants=variants, faults=tuple(dict.fromkeys(faults))
    )


def _faults_in_database(database: sqlite3.Connection) -> Iterator[Fault]:
    for (line,) in database.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield Fault("manifest", str(line))


def _look_at(blobs: BlobStore, blob: str) -> tuple[list[Fault], bool]:
    digest = hashlib.sha256()
    try:
        for piece in blobs.pieces(blob):
            digest.update(piece)
    except OSError as error:
        return [Fault(blob, f"its bytes can't be read: {error.strerror}")], False
    if digest.hexdigest() != blob:
        return [Fault(blob, "its bytes are not those that its hash promises")], False
    variant = blobs.compressed_file(blob)
    if not variant.is_file():
        return [], False
    try:
        is_same = gzip.decompress(variant.read_bytes()) == blobs.read(blob)
    except (OSError, EOFError, zlib.error):
        is_same = False
    fault = Fault(blob, "its compressed variant is of something else")
    return ([] if is_same else [fault]), True
