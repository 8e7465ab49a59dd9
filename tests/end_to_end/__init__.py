"""One running Plein and one browser for this package, and for nothing after it.

Playwright keeps an event loop in the thread it runs in: whatever comes later in the same worker
could start none of its own.
"""
