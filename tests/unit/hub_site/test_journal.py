"""What a power cut tears is whole again: here files are torn by hand."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from hub_site.releases import BlobStore, Releases
from hub_site.releases.link_index import LinkIndex
from hub_site.releases.schema import VERSION, bring_up_to_date, version_of

TEXTS = [f"<p>{number}</p>".encode() * 100 for number in range(3)]
OF_LAST_TIME = """
INSERT INTO release VALUES (1, 'e', 'c', '', '', '', 3, 3, '[]', 1, '', NULL, NULL);
INSERT INTO entry (path, release, blob) VALUES ('a/index.html', 1, 'A'), ('b/index.html', 1, 'B');
INSERT INTO address VALUES (7, 'gone/index.html'), (9, 'a/index.html');
INSERT INTO link_set VALUES (4, x'0700000000000000');
INSERT INTO link VALUES (7, 4);
INSERT INTO page VALUES ('A', 4), ('B', 4), ('C', 4)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


def torn(folder: Path) -> list[str]:
    """Put texts, and let a power cut take half of one file, all of another, and keep the third."""
    store = BlobStore(folder)
    digests = [store.put(text) for text in TEXTS]
    store.sync(digests)
    store.file(digests[0]).write_bytes(TEXTS[0][:50])
    store.file(digests[1]).unlink()
    return digests


def test_whoever_reads_after_a_power_cut_reads_what_was_put(folder: Path) -> None:
    digests = torn(folder)

    assert [BlobStore(folder).read(digest) for digest in digests] == TEXTS


def test_the_next_press_mends_the_files_and_empties_the_journal(folder: Path) -> None:
    digests = torn(folder)
    store = BlobStore(folder)

    store.recover()
    store.settle()

    assert [store.file(digest).read_bytes() for digest in digests] == TEXTS
    assert (folder / "journal").read_bytes() == b""


def test_what_comes_after_a_power_cut_is_kept_behind_what_was_there(folder: Path) -> None:
    digests = torn(folder)
    with (folder / "journal").open("ab") as journal:
        journal.write(b"0" * 64 + b" 900\nhalf a record")
    store = BlobStore(folder)

    later = store.put(b"later")
    store.sync([later])
    store.file(later).unlink()

    assert [BlobStore(folder).read(each) for each in (*digests, later)] == [*TEXTS, b"later"]


def test_what_is_removed_is_in_no_journal_and_comes_back_with_none(tmp_path: Path) -> None:
    digests = torn(tmp_path / "blobs")
    releases = Releases(tmp_path, keep=1, keep_for=timedelta(0), grace=timedelta(0))

    releases.blobs.remove(digests[2])
    releases.tend(1.0)

    assert not releases.blobs.has(digests[2])
    assert releases.blobs.has(digests[0])
    assert TEXTS[2] not in (tmp_path / "blobs" / "journal").read_bytes()


def test_more_than_memory_is_meant_for_waits_on_disk(folder: Path) -> None:
    store = BlobStore(folder)
    large, small = bytes(9_000_000), b"small"

    digests = [store.put(large), store.put(small)]
    assert [store.read(digest) for digest in digests] == [large, small]
    assert [file.name for file in (folder / "incoming").iterdir()] == digests[:1]
    store.sync(digests)

    assert [store.file(digest).read_bytes() for digest in digests] == [large, small]


def test_links_of_an_older_manifest_are_still_known() -> None:
    database = sqlite3.connect(":memory:")
    bring_up_to_date(database, 4)
    database.executescript(OF_LAST_TIME)

    bring_up_to_date(database)

    index = LinkIndex(database)
    assert version_of(database) == VERSION
    assert sorted(index.linking_to("gone/index.html")) == ["A", "B"]
    index.forget("A")
    assert index.linking_to("gone/index.html") == ["B"]
    index.remember({"b/index.html": "B2"}, {"b/index.html": {"a/index.html"}}, own={})
    index.forget("B")
    assert index.linking_to("gone/index.html") == []
    assert index.linking_to("a/index.html") == ["B2"]
    database.close()
