"""One door for everyone: a question, a tip or a correction, from any page of the hub."""
