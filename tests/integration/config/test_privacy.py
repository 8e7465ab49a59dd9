"""Nothing about a person is kept that is not declared, and what is declared is what people read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, Model

from cms.accounts.models import Person, User
from cms.config import logs, privacy
from cms.config.home import CHECKOUT, current_home
from cms.config.nginx import TEMPLATE

PAGES: tuple[tuple[privacy.Language, Path], ...] = (
    ("nl", CHECKOUT / "content" / "pages" / "privacy.md"),
    ("en", CHECKOUT / "content" / "pages" / "privacy-in-english.md"),
)


def personal_fields() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, Field) and is_about_somebody(model, field):
                yield f"{model._meta.label}.{field.name}"


def is_about_somebody(model: type[Model], field: "Field[object, object]") -> bool:
    related = field.related_model
    return privacy.is_personal(
        model._meta.label,
        field.name,
        points_at_person=isinstance(related, type) and issubclass(related, User | Person),
        kind=field.get_internal_type(),
    )


def test_every_field_about_somebody_is_declared() -> None:
    undeclared = [field for field in personal_fields() if not privacy.is_declared(field)]

    assert undeclared == [], "declare these in cms/config/privacy.py, or keep less"


def test_test_sees_what_is_about_somebody() -> None:
    found = set(personal_fields())

    assert {
        "accounts.User.email",
        "accounts.Person.pronouns",
        "workflow.Yes.person",
        "publishing.Publication.approved_by",
        "sessions.Session.session_key",
        "wagtailcore.PageLogEntry.user",
    } <= found
    for name in ("birth_date", "last_seen_at", "ip_address", "read_by", "gender", "user_agent"):
        assert privacy.is_personal("x.Y", name, points_at_person=False, kind="CharField")
        assert not privacy.is_declared(f"x.Y.{name}")


def test_every_word_of_every_log_line_is_declared_or_about_nobody() -> None:
    undeclared = [
        field
        for field in privacy.fields_of_logs()
        if field.rpartition(".")[2] not in privacy.IMPERSONAL_IN_LOGS
        and not privacy.is_declared(field)
    ]
    line = logs.logging_settings(current_home())["formatters"]["line"]["format"]

    assert undeclared == []
    assert set(re.findall(r"{(\w+)", line)) <= privacy.IMPERSONAL_IN_LOGS
    assert set(re.findall(r"access_log \S+ (\w+);", TEMPLATE.read_text())) <= {
        "plein_hub",
        "plein_rest",
    }


def test_nothing_ties_somebody_to_what_was_read() -> None:
    for field in privacy.fields_of_logs():
        log = field.split(".")[1]
        names = {each.split(".")[2] for each in privacy.fields_of_logs() if f".{log}." in each}
        assert not (names & {"uri", "path"} and names & {"account", "by", "address", "cookie"})


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_privacy_page_holds_all_that_is_declared(language: privacy.Language, page: Path) -> None:
    table = privacy.table(language)

    assert table in page.read_text(encoding="utf-8"), f"put this into {page.name}:\n{table}"
    for each in privacy.DECLARATIONS:
        assert all(each.nl)
        assert all(each.en)
