"""Requests as the newsroom sees them: who is asked what, and what is late."""
