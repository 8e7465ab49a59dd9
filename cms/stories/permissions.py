from cms.accounts import roles
from cms.core.permissions import HubPagePermissionTester
from cms.stories.policy import may_see


class FramePermissionTester(HubPagePermissionTester):
    """The hub, its rubrics and sections: kept by who sees everything, written in by others."""

    def can_edit(self) -> bool:
        return not self.page_is_root and roles.sees_everything(self.user)

    def can_add_subpage(self) -> bool:
        if not self.user.is_active or not self._holds_something():
            return False
        return roles.sees_everything(self.user) or self.page.is_open_to(self.user)

    def can_reorder_children(self) -> bool:
        return roles.sees_everything(self.user)

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's
        if not roles.sees_everything(self.user):
            return False
        return super().can_delete(ignore_bulk=ignore_bulk)

    def can_view_revisions(self) -> bool:
        return self.can_edit()

    def _holds_something(self) -> bool:
        kinds = self.page.specific_class.creatable_subpage_models()
        return any(kind.can_create_at(self.page) for kind in kinds)


class ItemPermissionTester(HubPagePermissionTester):
    """An item: its author's and the newsroom's, nobody else's."""

    def can_edit(self) -> bool:
        return may_see(self.user, self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's
        if self.page.live or self.page.workflow_in_progress or not self.can_edit():
            return False
        if roles.sees_everything(self.user):
            return super().can_delete(ignore_bulk=ignore_bulk)
        return self.page.first_published_at is None

    def can_copy(self) -> bool:
        # A copy would be open to the newsroom from its first moment.
        return roles.sees_everything(self.user) and not self.page.is_confidential

    def can_move(self) -> bool:
        return roles.sees_everything(self.user) and self.can_edit() and super().can_move()

    def can_lock(self) -> bool:
        return roles.sees_everything(self.user) and self.can_edit()

    def can_unlock(self) -> bool:
        return self.user_has_lock() or self.can_lock()

    def can_reorder_children(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return self.can_edit() and bool(super().can_submit_for_moderation())

    def can_view_revisions(self) -> bool:
        return self.can_edit()
