"""Which addresses of the newsroom are whose. Closed unless a row of the table opens it."""
