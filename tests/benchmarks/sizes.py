"""How large the hubs are that are measured, as whoever runs `make bench` wants them."""

import os

STORIES = int(os.environ.get("PLEIN_BENCH_STORIES", "1000"))
"""In the newsroom, in the hub and in the peers: everything that depends on size, at this size."""
MORE_STORIES = int(os.environ.get("PLEIN_BENCH_MORE_STORIES", "0"))
"""Of a second and larger hub, to see what a publication costs there; 0 leaves it out."""
FEW = 2_000
"""Up to here a slow peer is measured as often as we are."""


def in_thousands(stories: int) -> str:
    """Say a size as names of figures do: 10,000 is `10k`."""
    return f"{stories / 1000:g}k"
