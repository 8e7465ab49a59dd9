"""What the press can't do it says in a sentence that somebody can act on."""

from dataclasses import replace

import pytest

from hub_site.errors import PressError
from hub_site.lock import only_press
from hub_site.press import build_once, export
from hub_site.settings import PressSettings


def quiet(_sentence: str) -> None:
    pass


def test_second_press_on_the_same_home_is_refused(press: PressSettings) -> None:
    with only_press(press.home), pytest.raises(PressError, match="Another press is at work"):
        build_once(press, report=quiet)


def test_home_that_cannot_be_written_is_said_in_a_sentence(press: PressSettings) -> None:
    blocked = press.home / "token" / "press"

    with pytest.raises(PressError, match="can't write"):
        build_once(replace(press, home=blocked), report=quiet)


def test_wrong_token_says_what_to_do(press: PressSettings) -> None:
    press.token_file.write_text("stale")

    with pytest.raises(PressError, match="renew it"):
        build_once(press, report=quiet)


def test_newsroom_that_is_down_is_said_in_a_sentence(bare_press: PressSettings) -> None:
    with pytest.raises(PressError, match="does not answer"):
        build_once(bare_press, report=quiet)


def test_export_refuses_a_folder_with_things_in_it(press: PressSettings) -> None:
    build_once(press, report=quiet)

    with pytest.raises(PressError, match="not an empty folder"):
        export(press, press.pages_dir)


def test_export_before_the_first_release_says_what_to_run(press: PressSettings) -> None:
    with pytest.raises(PressError, match="plein build"):
        export(press, press.home.parent / "out")
