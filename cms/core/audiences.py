EVERYONE = "everyone"
"""The audience of whatever has no audience of its own; its tree is the hub's root."""
