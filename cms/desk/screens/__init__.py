"""Pages outside Wagtail's shell: one thing per screen, one button that matters, phone first."""
