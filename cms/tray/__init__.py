"""The tray: what colleagues ask, tip or correct through the one door on every page of the hub."""
