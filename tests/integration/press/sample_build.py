"""Print the sample hub with the real theme, to look at.

`python -m tests.integration.press.sample_build DIR` writes the tree that a plain `mkdocs build`
reads to DIR/staged and the hub to DIR/site; `--stories N` makes it larger.
"""

import argparse
import sys
import time
from pathlib import Path

from PIL import Image as Pixels

from hub_site.content.parsing import parse_all
from hub_site.handkept import read_pages
from hub_site.pages import compose
from hub_site.render import Renderer
from hub_site.settings import PressSettings
from tests.unit.hub_site import samples
from tests.unit.hub_site.whole_tree import print_tree, stage, write_tree

ROOT = Path(__file__).resolve().parents[3]
DRAWINGS = ROOT / "content" / "demo" / "images"


def pictures(folder: Path) -> dict[str, Path]:
    """Make the sample's pictures from the demo's drawings, once."""
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, Path] = {}
    for source in [*(DRAWINGS / "scenes").glob("*.jpg"), *(DRAWINGS / "portraits").glob("*.jpg")]:
        if source.stem not in (*samples.SCENES, *samples.SLUGS.values()):
            continue
        for form, extension, widths in (
            ("webp", "webp", samples.WIDTHS),
            ("jpeg", "jpg", (800, 1200)),
        ):
            for width in widths:
                digest = samples.picture_hash(source.stem, form, width)
                file = folder / f"{digest}.{extension}"
                if not file.exists():
                    _encode(source, file, width=width)
                made[f"assets/images/{file.name}"] = file
    return made


def _encode(source: Path, file: Path, *, width: int) -> None:
    with Pixels.open(source) as original:
        height = round(original.height * width / original.width)
        original.resize((width, height)).save(file, quality=72)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stories", type=int, default=30)
    parser.add_argument("--theme", type=Path, default=ROOT / "themes" / "hub")
    options = parser.parse_args()

    parsed = parse_all(samples.by_id(samples.sample_hub(options.stories)))
    kept = read_pages(ROOT / "content" / "pages")
    site = compose(parsed.documents, as_of=samples.NOW, kept=kept.pages)
    settings = PressSettings(
        home=options.folder,
        api_url="",
        token_file=options.folder / "token",
        config_file=ROOT / "site" / "mkdocs.yml",
        theme_dir=options.theme,
        pages_dir=ROOT / "content" / "pages",
    )
    tree = stage(site, kept, pictures=pictures(options.folder / "pictures"), settings=settings)
    staged = options.folder / "staged"
    write_tree(tree, staged)
    begun = time.perf_counter()
    renderer = Renderer(staged)
    count = 0
    for printed in print_tree(renderer, tree):
        _write(options.folder / "site" / printed.path, printed.body)
        count += 1
    for path, body in tree.files.items():
        _write(options.folder / "site" / path, body)
    for path, file in {**renderer.assets, **tree.pictures}.items():
        _write(options.folder / "site" / path, file.read_bytes())
    told = [
        f"{count} pages in {time.perf_counter() - begun:.2f} s: {options.folder / 'site'}",
        *kept.errors,
    ]
    told += [f"{each.public_id}: {each.reason}" for each in parsed.set_aside]
    sys.stdout.write("\n".join([*told, ""]))


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


if __name__ == "__main__":
    main()
