"""What the newsroom sees of agreement: who is in an item, what is awaited, and the register."""
