"""The typed graph: the same public documents, field by field."""
