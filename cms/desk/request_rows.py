"""A request in a row of a list: how far it is, and how late, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.planning.models import Assignment
from cms.planning.standing import Stage, Standing, standings_of
from cms.stories.models.confidential import busy_title


@dataclass(frozen=True)
class Row:
    """One request and how it stands.

    Attributes:
        is_hidden: Its draft is a circle's in which who looks is not.
    """

    assignment: Assignment
    standing: Standing
    is_hidden: bool = False

    @property
    def subject(self) -> str:
        return busy_title() if self.is_hidden else self.assignment.subject

    @property
    def words(self) -> str:
        """Say how far it is, in one short line."""
        stands = self.standing
        if stands.stage == Stage.WRITING:
            return _("%(done)s of %(total)s questions done") % {
                "done": stands.done,
                "total": stands.total,
            }
        if stands.stage == Stage.HANDED_IN and stands.status is not None:
            return stands.status.label
        return {
            Stage.FREE: _("Nobody asked yet"),
            Stage.ASKED: _("Asked"),
            Stage.ACCEPTED: _("Said yes"),
            Stage.DECLINED: _("Said no"),
            Stage.CANCELLED: _("Not needed any more"),
        }.get(stands.stage, "")

    @property
    def late_words(self) -> str:
        number = self.standing.days_late
        if not number:
            return ""
        return ngettext("%(n)s day late", "%(n)s days late", number) % {"n": number}


def rows_of(assignments: Sequence[Assignment]) -> list[Row]:
    standings = standings_of(assignments)
    return [Row(each, standings[each.pk]) for each in assignments]
