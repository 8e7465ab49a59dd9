import uuid
from typing import ClassVar

from django.db import models

from cms.core.audiences import EVERYONE
from cms.core.public_ids import new_public_id

FORMAT = 1
"""The version of the documents' shape; raised only when a reader of the old one would be wrong."""


class PublicDocument(models.Model):
    """One public thing as the outside may know it. Public means: has a row here."""

    public_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    format = models.PositiveSmallIntegerField(default=FORMAT)
    language = models.CharField(max_length=2)
    audience = models.SlugField(default=EVERYONE)
    path = models.CharField(max_length=600, null=True)  # noqa: DJ001 (no page is not the home page)
    due_at = models.DateTimeField(null=True)  # of items only, and of each of those
    expires_at = models.DateTimeField(null=True)
    epoch = models.UUIDField()
    seq = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    # With which change something was last taken out of it on request.
    cut_seq = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["path"], name="document_path"),
            models.Index(
                fields=["-due_at", "-public_id"],
                name="document_newest",
                condition=models.Q(due_at__isnull=False),
            ),
            models.Index(fields=["kind"], name="document_kind"),
            models.Index(fields=["expires_at"], name="document_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Facet(models.Model):
    """A property that documents are filtered by; in a table, because SQLite can't search JSON."""

    document = models.ForeignKey(PublicDocument, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "value", "document"], name="one_facet")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class Reference(models.Model):
    """A document mentions something: what to look at again when that changes, comes or goes."""

    document = models.ForeignKey(
        PublicDocument, on_delete=models.CASCADE, related_name="references"
    )
    kind = models.CharField(max_length=20)
    target = models.UUIDField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "target"], name="one_reference")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


class Tombstone(models.Model):
    """Something that was public and is no more; the feed says so for as long as it stays away."""

    public_id = models.UUIDField(primary_key=True)
    epoch = models.UUIDField()
    seq = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return str(self.public_id)


class FormerPath(models.Model):
    """An address something used to have; the redirect document it becomes carries `public_id`."""

    public_id = models.UUIDField(primary_key=True, default=new_public_id)
    path = models.CharField(max_length=600, unique=True)
    target = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return self.path


class FeedHead(models.Model):
    """The one row that hands out sequence numbers: who holds it writes, the others wait.

    Its lock makes the order of numbers the order of commits, on SQLite and on PostgreSQL.
    """

    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    epoch = models.UUIDField(default=uuid.uuid4)
    seq = models.BigIntegerField(default=0)
    # How often documents were compared with sources because these may have changed: what was
    # read of them before counts only while this stays the same.
    looks = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"
