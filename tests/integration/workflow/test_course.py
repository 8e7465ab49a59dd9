"""There is one workflow, whatever was made of it."""

import pytest
from wagtail.models import Workflow

from cms.workflow import course
from cms.workflow.models import ApprovalTask
from tests import factories

pytestmark = pytest.mark.django_db


def test_making_it_again_makes_no_second_one() -> None:
    course.ensure_workflow()
    course.ensure_workflow()

    assert Workflow.objects.filter(name=course.NAME).count() == 1
    assert ApprovalTask.objects.count() == 1


def test_it_comes_back_when_somebody_removed_it() -> None:
    Workflow.objects.all().delete()
    ApprovalTask.objects.all().delete()

    course.ensure_workflow()

    workflow = factories.story().get_workflow()
    assert workflow.name == course.NAME
    assert [one.specific for one in workflow.tasks] == list(ApprovalTask.objects.all())
