"""At most two reminders, never in quiet hours, and none once it is done."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cms.contributions.actions import hand_in
from cms.contributions.forwarding import finish
from cms.contributions.models import Forwarding
from cms.planning import actions
from cms.planning.models import Assignment, PlanningSettings
from cms.planning.quiet import is_quiet, within
from cms.planning.reminders import MOST, remind, working_days_before
from tests import factories
from tests.factories.contributions import answer, contribution, fill
from tests.factories.links import forwarded
from tests.factories.planning import assignment, due, fresh
from tests.integration.contributions.test_drafts import TIP
from tests.integration.workflow.outbox import all_mails, mails_to

HUB = ZoneInfo("Europe/Amsterdam")
FRIDAY = date(2027, 1, 15)


def at(day: date, hour: int = 10, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=HUB).replace(fold=fold)


def asked(day: date = FRIDAY) -> Assignment:
    """Make a request that is due on a day, given long before it."""
    made = due(assignment(to=factories.ambassador()), day)
    Assignment.objects.filter(pk=made.pk).update(given_at=at(day - timedelta(days=30)))
    return fresh(made)


def every_two_hours(start: date, end: date) -> list[datetime]:
    number = int((at(end) - at(start)) / timedelta(hours=2))
    return [at(start) + timedelta(hours=2 * each) for each in range(number)]


@pytest.mark.django_db
def test_two_reminders_in_all_by_day_at_the_right_days() -> None:
    made = asked()
    assert made.assignee is not None
    before = len(mails_to(made.assignee))

    sent = [
        now.astimezone(HUB)
        for now in every_two_hours(FRIDAY - timedelta(days=5), FRIDAY + timedelta(days=2))
        if remind(now)
    ]

    assert [moment.date() for moment in sent] == [FRIDAY - timedelta(days=3), FRIDAY]
    assert all(time(7, 30) <= moment.time() < time(18) for moment in sent)
    assert len(mails_to(made.assignee)) == before + 2


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["handed in", "declined", "cancelled", "account closed"])
def test_no_reminder_once_it_is_done(end: str) -> None:
    made = asked()
    writer, manager = made.assignee, made.made_by
    assert writer is not None
    assert manager is not None
    assert made.contribution is not None
    if end == "handed in":
        fill(made.contribution, TIP)
        made.contribution.refresh_from_db()
        hand_in(made.contribution, by=writer)
    elif end == "declined":
        actions.decline(made, by=writer, reason="Vrij")
    elif end == "cancelled":
        actions.cancel(made, by=manager)
    else:
        type(writer).objects.filter(pk=writer.pk).update(is_active=False)

    assert remind(at(FRIDAY)) == 0


@pytest.mark.django_db
def test_who_was_asked_today_is_not_reminded_today() -> None:
    made = asked()
    Assignment.objects.filter(pk=made.pk).update(given_at=at(FRIDAY, 8))

    assert remind(at(FRIDAY, 17)) == 0


@pytest.mark.django_db
def test_a_reminder_says_how_far_she_is() -> None:
    made = asked()
    assert made.contribution is not None
    assert made.assignee is not None
    answer(made.contribution, "moment", "Je verhuist.")

    remind(at(FRIDAY))

    body = str(mails_to(made.assignee)[-1].body)
    assert "1 van de" in body
    assert "Ga verder" in body


@pytest.mark.django_db
def test_who_was_given_questions_is_reminded_twice_and_not_after_she_is_done() -> None:
    one, _url = forwarded(contribution(starter="spotlight"))
    other, _other_url = forwarded(
        contribution(starter="new-here"), name="Bas Smit", email="bas@example.test"
    )
    start = timezone.now()
    finish(other.contribution, by=other.link)
    before = len(all_mails())

    days = [start.astimezone(HUB).date() + timedelta(days=number) for number in range(30)]
    sent = [remind(at(day)) for day in days]

    assert sum(sent) == MOST
    assert {tuple(mail.to) for mail in all_mails()[before:]} == {("kees@example.test",)}
    one.refresh_from_db()
    assert one.reminded == MOST
    assert Forwarding.objects.get(pk=other.pk).reminded == 0


@pytest.mark.django_db
def test_quiet_hours_can_be_turned_off_and_are_on_by_default() -> None:
    night = at(FRIDAY, 23)
    assert is_quiet(night)

    kept = PlanningSettings.load()
    kept.keeps_quiet = False
    kept.save()

    assert not is_quiet(night)


@pytest.mark.django_db
@pytest.mark.parametrize("night", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_nights_on_which_the_clock_changes_are_quiet_as_well(night: date) -> None:
    start = at(night - timedelta(days=1), 18)
    moments = [start + timedelta(minutes=10 * number) for number in range(6 * 16)]

    quiet = [moment for moment in moments if is_quiet(moment)]

    last = max(quiet).astimezone(HUB)
    assert (last.date(), last.hour, last.minute) == (night, 7, 20)
    assert quiet == moments[: len(quiet)], "once the day has begun it stays day"


@given(start=st.times(), end=st.times(), moment=st.times())
def test_a_moment_is_in_one_half_of_the_day_or_the_other(
    start: time, end: time, moment: time
) -> None:
    if start != end:
        assert within(moment, start, end) != within(moment, end, start)
        assert within(start, start, end)
        assert not within(end, start, end)


def test_working_days_step_over_a_weekend() -> None:
    assert working_days_before(date(2027, 1, 18), 3) == date(2027, 1, 13)
    assert working_days_before(FRIDAY, 3) == date(2027, 1, 12)
