"""Lists of colleagues: refused whole when something is wrong, done as the difference told."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms.accounts import roles
from cms.accounts.activation import make_slips
from cms.accounts.importing.applying import apply
from cms.accounts.importing.difference import Difference, difference_of
from cms.accounts.importing.reading import TOLD_FAULTS, read_list
from cms.accounts.models import ActivationCode, Department, Location, User
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "personeelsnummer;voornaam;achternaam;e-mail;afdeling;vestiging;startmaand"
GERDA = "10482;Gerda;Lubbers;;Werkplaats;Oss;2019-03"
BRAM = "10483;Bram;van der Kolk;bram@example.test;Kantoor;Meppel;2024-11"


def difference(*lines: str, head: str = HEAD, complete: bool = False) -> Difference:
    return difference_of(read_list("\n".join([head, *lines]).encode()), complete=complete)


def bring(*lines: str, head: str = HEAD, complete: bool = False) -> Difference:
    found = difference(*lines, head=head, complete=complete)
    apply(found)
    return found


def faults(content: str | bytes) -> list[str]:
    raw = content if isinstance(content, bytes) else content.encode()
    with translation.override("en"):
        found = difference_of(read_list(raw))
        return [f"{fault.line}: {fault.sentence}" for fault in found.faults]


def test_new_colleagues_wait_for_a_letter() -> None:
    bring(GERDA, BRAM)

    gerda = User.objects.get(personnel_number="10482")
    assert (gerda.username, gerda.display_name, gerda.email) == ("10482", "Gerda Lubbers", "")
    assert (str(gerda.department), str(gerda.location)) == ("Werkplaats", "Oss")
    assert gerda.started == "2019-03"
    assert not gerda.has_usable_password()
    assert not gerda.groups.exists()


def test_looking_changes_nothing() -> None:
    found = difference(GERDA, BRAM)

    assert [row.number for row in found.new] == ["10482", "10483"]
    assert (found.departments, found.locations) == (["Kantoor", "Werkplaats"], ["Meppel", "Oss"])
    assert not User.objects.filter(personnel_number="10482").exists()
    assert not Department.objects.exists()


def test_the_same_list_twice_changes_nothing() -> None:
    bring(GERDA, BRAM)

    again = difference(GERDA, BRAM)

    assert again.is_empty
    assert again.same == 2


def test_what_differs_is_told_and_done() -> None:
    bring(GERDA)

    found = bring(GERDA.replace("Werkplaats", "Planning").replace("Lubbers", "Smit"))

    (change,) = found.changed
    assert change.fields == {
        "last_name": ("Lubbers", "Smit"),
        "department": ("Werkplaats", "Planning"),
    }
    changed = User.objects.get(personnel_number="10482")
    assert (changed.last_name, str(changed.department)) == ("Smit", "Planning")


def test_a_column_that_is_not_there_leaves_what_is() -> None:
    bring(GERDA)

    bring("10482;nieuw@example.test", head="nummer;email")

    gerda = User.objects.get(personnel_number="10482")
    assert (gerda.email, gerda.display_name) == ("nieuw@example.test", "Gerda Lubbers")
    assert str(gerda.department) == "Werkplaats"


def test_an_account_found_by_its_name_gets_its_number() -> None:
    editor = factories.user(username="gerda")

    bring("10482;gerda", head="number;username")

    editor.refresh_from_db()
    assert editor.personnel_number == "10482"


def test_who_left_is_closed_with_every_session_and_letter() -> None:
    bring(GERDA, BRAM)
    before = User.objects.get(personnel_number="10482")
    make_slips([before])

    found = bring(f"{GERDA};nee", f"{BRAM};ja", head=f"{HEAD};actief")

    after = User.objects.get(personnel_number="10482")
    assert [change.user for change in found.closing] == [before]
    assert not after.is_active
    assert after.get_session_auth_hash() != before.get_session_auth_hash()
    assert not ActivationCode.objects.exists()
    assert User.objects.get(personnel_number="10483").is_active


def test_of_a_complete_list_whoever_is_not_on_it_left() -> None:
    bring(GERDA, BRAM)
    editor = factories.user(username="zonder-nummer")
    root = factories.user(personnel_number="1", is_superuser=True)

    partial, complete = difference(BRAM), bring(BRAM, complete=True)

    assert partial.is_empty
    assert [change.user.personnel_number for change in complete.closing] == ["10482"]
    assert User.objects.filter(pk__in=[editor.pk, root.pk], is_active=True).count() == 2


def test_who_comes_back_is_opened_again() -> None:
    bring(GERDA)
    bring(f"{GERDA};0", head=f"{HEAD};active")

    found = bring(GERDA)

    assert [change.opens for change in found.changed] == [True]
    assert User.objects.get(personnel_number="10482").is_active


def test_groups_are_what_the_list_says() -> None:
    Group.objects.create(name="Ondernemingsraad")
    bring("1;Ambassadors|Ondernemingsraad", "2;", head="number;groups")

    bring("1;Ambassadors", "2;Employees", head="number;groups")

    held = {
        user.username: [group.name for group in user.groups.all()]
        for user in User.objects.exclude(personnel_number=None)
    }
    assert held == {"1": [roles.AMBASSADORS], "2": [roles.EMPLOYEES]}


def test_people_may_swap_what_only_one_can_have() -> None:
    bring("1;a", "2;b", head="number;username")
    User.objects.filter(username="b").update(personnel_number=None)

    found = difference("1;a", "2;b", head="number;username")

    assert [change.fields for change in found.changed] == [{"personnel_number": ("", "2")}]


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("geslacht", "law protects"),
        ("Gender", "law protects"),
        ("M/V", "law protects"),
        ("Nationaliteit", "law protects"),
        ("BSN", "law protects"),
        ("verzuimpercentage", "law protects"),
        ("Sick days", "law protects"),
        ("burgerlijke staat", "law protects"),
        ("Leeftijd", "month somebody started"),
        ("Date of birth", "month somebody started"),
        ("datum in dienst", "month somebody started"),
        ("contracttype", "no business of colleagues"),
        ("FTE", "no business of colleagues"),
        ("Leidinggevende", "no business of colleagues"),
        ("mobiel nummer", "stays at home"),
        ("Postcode", "stays at home"),
        ("schoenmaat", "We don't know this column"),
        ("", "We don't know this column"),
    ],
)
def test_a_column_that_a_hub_does_not_need_is_refused_with_the_reason(
    heading: str, reason: str
) -> None:
    (fault,) = faults(f"nummer;{heading}\n10482;x\n")

    assert fault.startswith(f"1: {heading or '?'}:")
    assert reason in fault


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("10482;A\n10482;B", "3: 10482 stands on line 2 too."),
        ("a1;A\nA1;B", "3: A1 stands on line 2 too."),
        (";A", "2: There is neither a personnel number nor a user name."),
        ("=1+1;A", "2: '=1+1' looks like a formula. Write it as plain text."),
        ("10482;@SUM(A1)", "2: '@SUM(A1)' looks like a formula. Write it as plain text."),
        ("10482;+A", "2: '+A' looks like a formula. Write it as plain text."),
        ("10482;-A", "2: '-A' looks like a formula. Write it as plain text."),
        ("10482;A\u200bB", "2: There are signs here that can't be seen. Type this cell again."),
        ("10482;A;B", "2: This line has more or fewer cells than the first."),
        ("10 482;A", "2: '10 482' is no personnel number: use letters and digits."),
        (f"10482;{'x' * 200}", "2: '" + "x" * 20 + "…' is too long."),
        ('10482;"A', "2: This line can't be read: unexpected end of data."),
    ],
)
def test_what_is_wrong_is_told_by_its_line(lines: str, fault: str) -> None:
    assert fault in faults(f"nummer;achternaam\n{lines}\n")


@pytest.mark.parametrize(
    ("head", "cell", "fault"),
    [
        ("startmaand", "2019-03-14", "is no month"),
        ("startmaand", "2019-13", "is no month"),
        ("email", "gerda", "is no e-mail address"),
        ("actief", "misschien", "write yes or no"),
        ("gebruikersnaam", "g lubbers", "is no user name"),
        ("groepen", "Directie", "There is no group Directie"),
        ("groepen", "Administrators", "made by hand"),
    ],
)
def test_a_cell_that_is_not_what_its_column_holds_is_refused(
    head: str, cell: str, fault: str
) -> None:
    assert any(fault in each for each in faults(f"nummer;{head}\n10482;{cell}\n"))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "0: The file is empty."),
        (b"\n \n", "0: The file is empty."),
        ("nummer;naam\n1;é".encode("cp1252"), "2: There are letters here that are not in UTF-8"),
        ("nummer\n1".encode("utf-16"), "not in UTF-8|no text"),
        (b"PK\x03\x04\x00\x00", "0: This is no text."),
        (b"voornaam\nGerda\n", "1: There is no column with a personnel number or a user name."),
        (b"nummer;number\n1;1\n", "1: number stands there twice."),
    ],
)
def test_a_file_that_is_no_list_is_refused(content: bytes, fault: str) -> None:
    told = " ".join(faults(content))

    assert any(part in told for part in fault.split("|"))


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffnummer;achternaam\r\n10482;Lubbers\r\n",
        "nummer,achternaam\n10482,Lubbers",
        'nummer\tachternaam\n"10482"\tLubbers\n\n',
        "nummer;achternaam\n10482;Lubbers\u00a0\n;\n",
    ],
)
def test_lists_come_as_spreadsheets_write_them(content: str) -> None:
    (row,) = read_list(content.encode()).rows

    assert (row.number, row.last_name) == ("10482", "Lubbers")


def test_a_list_with_one_fault_changes_nothing() -> None:
    found = difference(GERDA, BRAM.replace("2024-11", "november"))

    with pytest.raises(ValueError, match="faults"):
        apply(found)
    assert not User.objects.filter(personnel_number="10482").exists()


def test_faults_without_end_are_counted() -> None:
    found = difference(*[f"{number};=A" for number in range(500)], head="nummer;achternaam")

    assert (len(found.faults), found.untold) == (TOLD_FAULTS, 500 - TOLD_FAULTS)


def test_nobody_gets_the_name_or_number_of_somebody_else() -> None:
    factories.user(username="gerda", personnel_number="1")
    factories.user(username="2")

    told = [
        *faults("nummer;gebruikersnaam\n9;gerda\n"),
        *faults("gebruikersnaam\n1\n"),
        *faults("nummer;gebruikersnaam\n1;2\n"),
    ]

    assert told == [
        "2: The user name gerda is somebody else's.",
        "2: 1 is somebody else's number.",
        "2: The user name 2 is somebody else's.",
    ]


def test_a_superuser_and_the_press_are_not_in_lists() -> None:
    factories.user(username="root", is_superuser=True)
    factories.user(username="press")

    assert "by hand" in faults("gebruikersnaam\nroot\n")[0]
    assert "not for people" in faults("gebruikersnaam\npress\n")[0]


def test_two_colleagues_may_share_an_address() -> None:
    bring("1;hal2@example.test", "2;hal2@example.test", head="nummer;email")

    assert User.objects.filter(email="hal2@example.test").count() == 2


def test_a_longer_list_costs_no_more_questions_per_colleague() -> None:
    def queries(count: int, start: int) -> int:
        lines = [f"{start + number};A;Werkplaats;Ambassadors" for number in range(count)]
        found = difference(*lines, head="nummer;achternaam;afdeling;groepen")
        with CaptureQueriesContext(
            connection,
        ) as made:
            apply(found)
        return len(made)

    queries(1, start=1)

    assert queries(400, start=1000) <= queries(2, start=5000) + 10
    assert Location.objects.count() == 0
