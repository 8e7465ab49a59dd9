"""`plein accounts`: what an administrator does with lists, and for who can't get in."""

import re
from pathlib import Path

import pytest
from django.test import Client

from cms.accounts.importing.columns import NAMES, column_of
from cms.accounts.models import User
from cms.accounts.signing_in import second_factor
from cms.config.command import accounts
from cms.config.command.parser import COLUMNS, build_parser
from cms.config.errors import PleinError, WrongUseError
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "nummer;achternaam;afdeling\n10482;Lubbers;Werkplaats\n"


def plein(*words: str) -> int:
    return accounts.run(build_parser().parse_args(["accounts", *words]))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "collegas.csv"
    written.write_text(LIST, encoding="utf-8")
    return written


def test_a_dry_run_says_what_would_change_and_does_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plein("import", str(file), "--dry-run") == 0

    told = capsys.readouterr().out
    assert "new department: Werkplaats" in told
    assert "new: 10482" in told
    assert "nothing was changed" in told
    assert not User.objects.filter(personnel_number="10482").exists()


def test_a_column_that_is_none_is_refused_in_the_language_of_the_command(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("nummer;schoenmaat\n10482;43\n", encoding="utf-8")

    with pytest.raises(PleinError):
        plein("import", str(file))
    assert "schoenmaat: We don't know this column" in capsys.readouterr().out


def test_the_help_names_columns_that_a_list_may_have() -> None:
    named = re.sub(r" \(.*?\)", "", COLUMNS.removeprefix("Columns: ").split(". ")[0])

    found = {column_of(name) for name in re.split(r"; |, | or ", named)}

    assert found == set(NAMES.values())


def test_a_list_is_done_and_the_next_changes_what_differs(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plein("import", str(file))
    file.write_text(LIST.replace("Lubbers", "Smit").replace("10482", "10482"), encoding="utf-8")
    plein("import", str(file))
    file.write_text("nummer\n7\n", encoding="utf-8")
    plein("import", str(file), "--complete")

    told = capsys.readouterr().out
    assert "changed: 10482: last_name: Lubbers > Smit" in told
    assert "closed: 10482" in told
    assert not User.objects.get(personnel_number="10482").is_active


def test_a_list_with_faults_ends_with_a_code_and_a_word(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("nummer;geslacht\n1;v\n", encoding="utf-8")

    with pytest.raises(PleinError, match="Nothing was changed"):
        plein("import", str(file))
    assert "line 1: geslacht" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="can't be read"):
        plein("import", str(tmp_path / "none.csv"))


def test_help_ends_sessions_and_takes_the_code_off(client: Client) -> None:
    editor = factories.community_manager(username="gerda", personnel_number="10482")
    second_factor.app_to_set_up(editor)
    client.force_login(editor)
    was_in = client.get("/login/account/").status_code

    plein("sign-out", "gerda")
    plein("without-code", "10482")

    assert (was_in, client.get("/login/account/").status_code) == (200, 302)
    with pytest.raises(WrongUseError, match="no account"):
        plein("sign-out", "nobody")
