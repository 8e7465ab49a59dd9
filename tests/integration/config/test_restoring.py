"""A database of some time ago is made fit to be used now."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from cms.config.dumps import dumps
from cms.config.restoring import begin_again
from cms.documents.models import FeedHead, PublicDocument
from cms.publishing.models import Withdrawal
from cms.stories.models import Story
from tests import factories
from tests.factories import stages
from tests.integration.accounts.doors import is_signed_in


@pytest.mark.django_db
def test_what_was_taken_offline_since_stays_offline(client: Client) -> None:
    manager = factories.community_manager()
    gone = stages.live(title="Wat weg moest")
    stays = stages.live(title="Wat bleef")
    client.force_login(manager)
    epoch = FeedHead.objects.get().epoch

    again = begin_again(removed_since=[str(gone.public_id), str(factories.tag().public_id)])

    assert again.taken_off == ["Wat weg moest"]
    assert not Story.objects.get(pk=gone.pk).live
    assert Story.objects.get(pk=stays.pk).live
    assert not PublicDocument.objects.filter(public_id=gone.public_id).exists()
    assert "reservekopie" in Withdrawal.objects.get(page_id=gone.pk).reason
    assert FeedHead.objects.get().epoch != epoch
    assert not is_signed_in(client)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_database_is_put_back_as_it_was(tmp_path: Path) -> None:
    factories.rubric(title="Voor")
    copy = tmp_path / "database"
    dumps().write(copy)
    factories.rubric(title="Na")
    connection.close()
    is_taken = not dumps().is_empty()

    dumps().put_back(copy)

    assert is_taken
    assert titles() == {"Voor"}


def titles() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM wagtailcore_page WHERE title IN ('Voor', 'Na')")
        return {title for (title,) in cursor.fetchall()}
