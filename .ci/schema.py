"""Compare the printed schema with the code; `schema.py write` prints it anew."""

import os
import sys
from pathlib import Path

import django

PRINTED = Path(__file__).resolve().parents[1] / "graphql" / "schema.graphql"


def main(argv: list[str]) -> int:
    """Check, or write."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.test")
    django.setup()
    from hub_api.schema import schema  # noqa: PLC0415 - its types read the models

    current = f"{schema.as_str().rstrip()}\n"
    if argv[1:] == ["write"]:
        PRINTED.write_text(current, encoding="utf-8")
    elif PRINTED.read_text(encoding="utf-8") != current:
        print(
            "graphql/schema.graphql is not what the code says. Print it anew: .ci/schema.py write"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
