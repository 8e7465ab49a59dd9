from hashlib import sha256
from typing import Any

from django.db import migrations


def hash_kept_files(apps: Any, _schema_editor: Any) -> None:
    """Note the hash of files from before items could hand them out."""
    document = apps.get_model("media", "Document")
    for kept in document.objects.filter(content_hash="").iterator():
        try:
            with kept.file.open("rb") as file:
                digest = sha256(file.read()).hexdigest()
        except FileNotFoundError:
            continue
        document.objects.filter(pk=kept.pk).update(content_hash=digest)


class Migration(migrations.Migration):
    dependencies = [("media", "0003_document_content_hash")]

    operations = [migrations.RunPython(hash_kept_files, migrations.RunPython.noop)]
