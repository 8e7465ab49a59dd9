"""From a page or snippet to its document: pure, one function per kind."""

from cms.documents.builders.documents import build, document_for, documents_for

__all__ = ["build", "document_for", "documents_for"]
