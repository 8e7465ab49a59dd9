import json
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cms.config.errors import WrongUseError
from cms.config.home import Home
from cms.config.logs import (
    JsonFormatter,
    LineFormatter,
    OncePerMinute,
    WithoutPaths,
    WithoutStackOfRefusals,
    logging_settings,
    without_persons,
)


def record(message: str = "no", *, stack: Any = None, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("django.request", logging.WARNING, "", 0, message, None, stack)
    vars(made).update(extra)
    return made


@pytest.mark.parametrize(("status", "keeps_stack"), [(403, False), (404, False), (500, True)])
def test_only_a_fault_of_ours_keeps_its_stack(*, status: int, keeps_stack: bool) -> None:
    refused = record(stack=(ValueError, ValueError("no"), None), status_code=status)

    assert WithoutStackOfRefusals().filter(refused)
    assert (refused.exc_info is not None) is keeps_stack


def test_what_was_asked_for_is_not_told_only_which_screen() -> None:
    screen = SimpleNamespace(view_name="wagtailadmin_pages:edit")
    request = SimpleNamespace(method="GET", resolver_match=screen)
    asked = record("Not Found: /newsroom/pages/12/edit/", request=request, status_code=404)

    assert WithoutPaths().filter(asked)
    assert asked.getMessage() == "GET 404: wagtailadmin_pages:edit"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("{'sam.de-wit+x@bank.example.org': (550)}", "{'(mail address)': (550)}"),
        ("from 192.0.2.17:443", "from (address):443"),
        ("from 2001:db8:0:1::7 came", "from (address) came"),
        ("at 127.0.0.1:8000", "at 127.0.0.1:8000"),
        ("at 2026-11-22 09:18:33,542 version 1.2.3", "at 2026-11-22 09:18:33,542 version 1.2.3"),
    ],
)
def test_persons_and_their_machines_are_taken_out(said: str, kept: str) -> None:
    assert without_persons(said) == kept


def test_a_stack_holds_no_person_either() -> None:
    failed = record(stack=(ValueError, ValueError("sam@example.org"), None))

    for text in (LineFormatter().format(failed), JsonFormatter().format(failed)):
        assert "ValueError" in text
        assert "sam@" not in text


def test_an_event_in_json_has_its_own_keys() -> None:
    event = json.loads(JsonFormatter().format(record("A release is live", release=412, odd=[1])))

    assert event["message"] == "A release is live"
    assert event["level"] == "warning"
    assert event["release"] == 412
    assert "odd" not in event
    assert event["time"].endswith("+00:00")


def test_how_it_is_written_is_chosen_by_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEIN_LOG", "json")
    assert logging_settings(Home(Path("home")))["handlers"]["console"]["formatter"] == "json"

    monkeypatch.setenv("PLEIN_LOG", "xml")
    with pytest.raises(WrongUseError, match="use line or json"):
        logging_settings(Home(Path("home")))


def test_what_fails_every_second_is_told_once_a_minute_and_anything_else_at_once() -> None:
    once = OncePerMinute()

    def tell(second: float, message: str = "Publication 7 failed", fault: type = OSError) -> bool:
        made = record(message, stack=(fault, fault(), None))
        made.created = second
        return once.filter(made)

    assert [second for second in range(130) if tell(second)] == [0, 60, 120]
    assert tell(131, "Publication 8 failed")
    assert tell(131, fault=ValueError)
    assert not tell(132, "Publication 8 failed")


def test_the_clock_is_told_of_in_that_way(tmp_path: Path) -> None:
    told = logging_settings(Home(root=tmp_path))["loggers"]["cms.publishing.clock"]

    assert told["filters"] == ["again"]
