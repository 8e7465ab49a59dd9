"""What a rubric asks, edited in the newsroom: every saving is a version of its own."""
