"""A request in a row of a list: how far it is, and how late, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.planning.models import Assignment
from cms.planning.standing import Stage, Standing, standings_of


@dataclass(frozen=True)
class Row:
    """One request and how it stands."""

    assignment: Assignment
    standing: Standing

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
