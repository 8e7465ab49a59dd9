"""What other generators print for the benchmarks is what our own press prints."""

from pathlib import Path

from tests.benchmarks.peers.corpus import write_corpus
from tests.unit.hub_site import samples


def test_peers_get_every_block_there_is(tmp_path: Path) -> None:
    corpus = write_corpus(samples.sample_hub(stories=2), tmp_path)

    page = (tmp_path / "dagje-mee" / "vijf-uur-veertig.md").read_text(encoding="utf-8")
    assert corpus.stories == len(list(tmp_path.rglob("*/*.md")))
    for written in ("| Kolom 0 |", "![", "```", "](", "**"):
        assert written in page
