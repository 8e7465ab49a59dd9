"""What a plain `mkdocs build` of a staged tree makes of it."""

import subprocess
import sys
from pathlib import Path

import material

MATERIAL = Path(material.__file__).parent / "templates"


def plain_build(folder: Path, *, theme: Path) -> dict[str, bytes]:
    """Build the tree in `folder`: every file but those that no page of this theme asks for.

    MkDocs copies the scripts and styles of Material's own pages along; ours load none of them.
    """
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(folder / "mkdocs.yml")],
        check=True,
        env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""},
    )
    site = folder / "site"
    found = {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }
    unasked = {
        path for path in found if (MATERIAL / path).is_file() and not (theme / path).is_file()
    }
    return {path: body for path, body in found.items() if path not in unasked}
