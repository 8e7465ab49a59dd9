"""The writing desk at `/write/`: for who writes, phone first, outside Wagtail's admin."""
