"""What the media app tells whoever wants to know."""

from django.dispatch import Signal

renditions_made = Signal()
"""Sent with `instance` when sizes of an image were made, inside the transaction that keeps them."""
