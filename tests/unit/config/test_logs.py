import logging

import pytest

from cms.config.logs import WithoutStackOfRefusals


@pytest.mark.parametrize(("status", "keeps_stack"), [(403, False), (404, False), (500, True)])
def test_only_a_fault_of_ours_keeps_its_stack(*, status: int, keeps_stack: bool) -> None:
    stack = (ValueError, ValueError("no"), None)
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "no", None, stack)
    record.status_code = status

    assert WithoutStackOfRefusals().filter(record)
    assert (record.exc_info is not None) is keeps_stack
