"""Turn the catalogues people edit into the ones Django reads."""

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cms.config.home import CHECKOUT

CATALOGUES = CHECKOUT / "cms" / "locale"


def compile_catalogues(folder: Path = CATALOGUES) -> None:
    """Compile every catalogue that changed since it was last compiled."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        packed = BytesIO()
        write_mo(packed, catalogue)
        draft = compiled.with_suffix(".draft")
        draft.write_bytes(packed.getvalue())
        draft.replace(compiled)
