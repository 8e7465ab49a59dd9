import re

import jinja2
import pytest

from tests.unit.themes.theme import TEMPLATES, THEME

FOLDER = THEME / "partials" / "strings"
ASSEMBLED = {"scheme_light", "scheme_dark", "scheme_auto"}
ASSEMBLED |= {"normal", "larger", "largest"}
ASSEMBLED |= {"announcement_important", "announcement_information"}
SUBJECTS = ("theme", "department", "goal")
ASSEMBLED |= {f"{said}_{kind}" for said in ("subject", "people_of") for kind in SUBJECTS}


def strings(language: str) -> dict[str, str | list[str]]:
    environment = jinja2.Environment()  # noqa: S701 - nothing is rendered for a reader
    module = environment.from_string((FOLDER / f"{language}.html").read_text(encoding="utf-8"))
    found: dict[str, str | list[str]] = vars(module.module)["strings"]
    return found


DUTCH, ENGLISH = strings("nl"), strings("en")
TOLD_TO_A_SCRIPT = r'data-hub-[a-z-]+="\{\{ words\.(\w+) \}\}"'
SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in THEME.glob("assets/js/*.js"))
FILLED_BY_SCRIPTS = set(re.findall(r"[{,] (\w+)(?=[:,} ])", SCRIPTS))


def places(text: str | list[str]) -> list[set[str]]:
    forms = text if isinstance(text, list) else [text]
    return [set(re.findall(r"\{(\w+)\}", form)) - {"n"} for form in forms]


def test_both_languages_know_the_same_words() -> None:
    assert list(DUTCH) == list(ENGLISH)


@pytest.mark.parametrize("key", DUTCH)
def test_a_word_has_the_same_places_and_numbers_in_both_languages(key: str) -> None:
    assert places(DUTCH[key]) == places(ENGLISH[key])


@pytest.mark.parametrize("key", DUTCH)
def test_a_number_has_a_singular_and_a_plural(key: str) -> None:
    for found in (DUTCH[key], ENGLISH[key]):
        assert isinstance(found, str) or (len(found) == 2 and "{n}" in found[1])


def test_every_word_is_used_and_every_used_word_exists() -> None:
    templates = [path for path in TEMPLATES if path.parent != FOLDER]
    source = "".join(path.read_text(encoding="utf-8") for path in templates)
    asked = set(re.findall(r"\bwords\.(\w+)", source))
    asked |= set(re.findall(r"\bwords\[[\"'](\w+)[\"'] if", source))
    asked |= set(re.findall(r"\bwords\[[^\]]*? else [\"'](\w+)[\"']\]", source))

    assert asked - set(DUTCH) == set()
    assert set(DUTCH) - asked - ASSEMBLED == set()


def test_no_word_is_named_like_a_method_of_a_dictionary() -> None:
    assert not [key for key in DUTCH if hasattr(dict, key)]


def test_every_place_of_a_word_is_filled_where_it_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    told = re.findall(TOLD_TO_A_SCRIPT, source)
    used = re.findall(
        r"\bwords\.(\w+)(\[[^\]]*\])?(.*?)(?=\bwords\.| if | else |%}|}})",
        re.sub(TOLD_TO_A_SCRIPT, "", source),
    )

    assert used
    assert told
    told_places = set().union(*(place for key in told for place in places(DUTCH[key])))
    assert told_places <= FILLED_BY_SCRIPTS
    for key, counted, rest in used:
        filled = set(re.findall(r"replace\(\"\{(\w+)\}\"", rest))
        assert bool(counted) == isinstance(DUTCH[key], list)
        assert filled == set().union(*places(DUTCH[key])) | ({"n"} if counted else set())


def test_nothing_on_the_hub_is_called_planned() -> None:
    assert "gepland" not in str(DUTCH).lower()
